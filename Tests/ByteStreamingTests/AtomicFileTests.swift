import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  private let root = TemporaryRoot()

  private func path(_ name: String) -> Path { root.path.appending(name) }

  // MARK: Writing

  @Test func `a file is written whole and replaced whole, and nothing else stays`() throws {
    try AtomicFile.write(Array("first".utf8), to: path("out.csv"))
    let before = try InputFile(path("out.csv"))
    try AtomicFile.write(Array("second, longer".utf8), to: path("out.csv"))
    #expect(try root.text("out.csv") == "second, longer")
    #expect(try root.names() == ["out.csv"])
    // Who had it open still reads the old one.
    #expect(try before.read(upTo: 100) == Array("first".utf8))
    #expect(try before.status() != InputFile(path("out.csv")).status())
  }

  @Test func `what a killed run left beside the target is no obstacle`() throws {
    try root.write(".writing-out.csv", "half")
    try AtomicFile.write(Array("whole".utf8), to: path("out.csv"))
    #expect(try root.names() == ["out.csv"])
  }

  @Test func `a write that fails names the path and leaves no half file`() throws {
    try root.write("taken/file", "kept")
    let error = try #require(throws: FileError.self) {
      try AtomicFile.write(Array("x".utf8), to: path("taken"))
    }
    #expect(error.description.contains("taken"))
    #expect(try root.names() == ["taken"])
    #expect(try root.text("taken/file") == "kept")
    #expect(throws: FileError.self) { try AtomicFile.write([], to: path("missing/out.csv")) }
  }

  @Test func `replacing a link replaces the link, not what it points to`() throws {
    try root.write("target", "kept")
    try AtomicFile.link(path("link"), to: "target")
    try AtomicFile.write(Array("new".utf8), to: path("link"))
    #expect(try root.text("target") == "kept")
    #expect(try root.text("link") == "new")
    #expect(try path("link").kind() == .file)
  }

  // MARK: Moving

  @Test func `a file moves into folders that are made for it`() throws {
    try root.write("inbox/a.csv", "rows")
    try AtomicFile.move(path("inbox/a.csv"), to: path("archive/1f2e/a.csv"))
    #expect(try root.text("archive/1f2e/a.csv") == "rows")
    #expect(try path("inbox/a.csv").kind() == nil)
  }

  @Test func `where the target is there already it stays, and the source goes`() throws {
    try root.write("a", "rows")
    try root.write("b", "rows")
    try AtomicFile.move(path("a"), to: path("b"))
    #expect(try root.names() == ["b"])
    #expect(try root.text("b") == "rows")
  }

  @Test func `a missing source is an error that says so`() throws {
    let error = try #require(throws: FileError.self) {
      try AtomicFile.move(path("missing"), to: path("b"))
    }
    #expect(error.isNotFound)
  }

  /// Where the machine has a second file system to move to.
  @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm")))
  func `a file moves to another file system with all its bytes`() throws {
    let other = Path("/dev/shm/counterfoil-tests-\(UUID().uuidString)")
    defer { _ = Result { try Folder.remove(other) } }
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try AtomicFile.write(bytes, to: path("large"))
    try AtomicFile.move(path("large"), to: other.appending("large"))
    #expect(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(other)/large"))) == bytes)
    #expect(try root.names().isEmpty)
  }

  // MARK: Links

  @Test func `a link is set and moved to another target in one step`() throws {
    try AtomicFile.link(path("2026-05"), to: ".versions/2026-05/1")
    #expect(AtomicFile.target(of: path("2026-05")) == ".versions/2026-05/1")
    try root.write(".linking-2026-05", "left by a killed run")
    try AtomicFile.link(path("2026-05"), to: ".versions/2026-05/2")
    #expect(AtomicFile.target(of: path("2026-05")) == ".versions/2026-05/2")
    #expect(try root.names() == ["2026-05"])
  }

  @Test func `a link to a folder is replaced, not written into`() throws {
    try Folder.make(path("old"))
    try AtomicFile.link(path("link"), to: "old")
    try AtomicFile.link(path("link"), to: "new")
    #expect(AtomicFile.target(of: path("link")) == "new")
    #expect(try Folder.names(in: path("old")).isEmpty)
  }

  @Test func `what is no link has no target`() throws {
    try root.write("file")
    #expect(AtomicFile.target(of: path("file")) == nil)
    #expect(AtomicFile.target(of: path("missing")) == nil)
  }
}
