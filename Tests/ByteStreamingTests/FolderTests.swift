import ByteStreaming
import Foundation
import TestSupport
import Testing

/// A temporary folder whose entries may have any name.
struct TemporaryRoot {
  private let folder = TemporaryFolder()
  var path: Path { Path(folder.path) }
  var url: URL { folder.url }

  func write(_ name: Path, _ text: String = "") throws {
    let file = path.appending(bytes: name.bytes)
    try Folder.make(file.folder)
    try AtomicFile.write(Array(text.utf8), to: file)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// What lies in the folder, as Foundation sees it.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  func makeFIFO(_ name: String) throws {
    guard unsafe mkfifo(url.appendingPathComponent(name).path, 0o600) == 0 else {
      throw FileError(call: "mkfifo", path: Path(name), code: errno)
    }
  }
}

@Suite struct FolderTests {
  private let root = TemporaryRoot()

  private func listing() throws -> [Path] { try Folder.listing(root.path).map(\.relative) }

  @Test func `everything below a folder is listed, by bytes and not by folder`() throws {
    let names: [Path] = ["a-b", "a/b/c", "a/z", "a0", "Z", "é", "e\u{301}", ".hidden"]
    for name in names { try root.write(name) }
    #expect(
      try listing() == [".hidden", "Z", "a-b", "a/b/c", "a/z", "a0", "e\u{301}", "é"])
    #expect(try Folder.listing(root.path).allSatisfy { $0.kind == .file })
    let direct = [".hidden", "Z", "a", "a-b", "a0", "e\u{301}", "é"].map { Array($0.utf8) }
    #expect(try Folder.names(in: root.path) == direct)
  }

  @Test func `names that are odd or no UTF-8 are listed as they are and can be opened`() throws {
    let odd: [[UInt8]] = [
      Array("line\nbreak".utf8), Array("-rf".utf8), Array("%2e%2e".utf8), [0xFF, 0xFE],
      Array("'\"$(x) ".utf8), Array(repeating: 0x61, count: 200),
    ]
    for name in odd { try root.write(Path(bytes: name), "here") }
    let entries = try Folder.listing(root.path)
    #expect(entries.map(\.relative.bytes) == odd.sorted { $0.lexicographicallyPrecedes($1) })
    for entry in entries {
      let file = try InputFile(entry.path)
      #expect(try file.read(upTo: 10) == Array("here".utf8))
    }
  }

  @Test func `links are listed and never followed`() throws {
    let elsewhere = TemporaryRoot()
    try elsewhere.write("secret.csv")
    try AtomicFile.link(root.path.appending("folder"), to: elsewhere.path)
    try AtomicFile.link(root.path.appending("loop"), to: root.path)
    try AtomicFile.link(root.path.appending("nowhere"), to: "missing")
    let entries = try Folder.listing(root.path)
    #expect(entries.map(\.relative) == ["folder", "loop", "nowhere"])
    #expect(entries.allSatisfy { $0.kind == .link })
  }

  @Test func `a pipe is listed as something else than a file`() throws {
    try root.makeFIFO("pipe")
    #expect(try Folder.listing(root.path).map(\.kind) == [.other])
  }

  @Test func `a folder that is not there is empty; a file is no folder`() throws {
    #expect(try Folder.listing(root.path.appending("missing")).isEmpty)
    try root.write("file")
    #expect(throws: FileError.self) { try Folder.listing(root.path.appending("file")) }
  }

  @Test func `a listing has a deepest level`() throws {
    let names = Array(repeating: "d", count: Folder.deepest)
    try root.write(Path(names.joined(separator: "/") + "/file"))
    #expect(try listing().count == 1)
    try root.write(Path(names.joined(separator: "/") + "/d/file"))
    #expect(try Folder.listing(root.path).map(\.kind) == [.folder, .file])
    #expect(try listing().first == Path(names.joined(separator: "/") + "/d"))
  }

  @Test func `a folder is made with those on the way, and making it again changes nothing`() throws
  {
    let deep = root.path.appending("a/b/c")
    try Folder.make(deep)
    try Folder.make(deep)
    #expect(try deep.kind() == .folder)
    try root.write("file")
    #expect(throws: FileError.self) { try Folder.make(root.path.appending("file")) }
    #expect(throws: FileError.self) { try Folder.make(root.path.appending("file/x")) }
  }

  @Test func `removing takes a folder with all in it, but not what a link in it points to`() throws
  {
    let kept = TemporaryRoot()
    try kept.write("kept")
    try root.write("a/b/file")
    try AtomicFile.link(root.path.appending("a/link"), to: kept.path)
    try Folder.remove(root.path.appending("a"))
    #expect(try root.names().isEmpty)
    #expect(try kept.names() == ["kept"])
    try Folder.remove(root.path.appending("a"))
  }

  @Test func `pruning takes empty folders up to the root, and no others`() throws {
    try root.write("kept/file")
    try Folder.make(root.path.appending("kept/a/b"))
    Folder.prune(root.path.appending("kept/a/b"), upTo: root.path)
    #expect(try root.names() == ["kept"])
    #expect(try Folder.names(in: root.path.appending("kept")) == [Array("file".utf8)])
    try Folder.remove(root.path.appending("kept/file"))
    Folder.prune(root.path.appending("kept"), upTo: root.path)
    #expect(try root.names().isEmpty)
    #expect(try root.path.kind() == .folder)
  }
}
