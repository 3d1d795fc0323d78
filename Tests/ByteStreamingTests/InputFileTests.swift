import ByteStreaming
import Foundation
import Testing

@Suite struct InputFileTests {
  private let root = TemporaryRoot()

  private func path(_ name: String) -> Path { root.path.appending(name) }

  private func fault(_ path: Path) -> FileError? {
    do throws(FileError) {
      _ = try InputFile(path)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file is read in pieces to its end`() throws {
    try root.write("a", "12345")
    let file = try InputFile(path("a"))
    #expect(try file.read(upTo: 3) == Array("123".utf8))
    #expect(try file.read(upTo: 3) == Array("45".utf8))
    #expect(try file.read(upTo: 3).isEmpty)
  }

  /// Opening a pipe for reading waits for a writer, unless it is refused first.
  @Test func `a pipe in the inbox is refused at once`() throws {
    try root.makeFIFO("pipe.csv")
    #expect(fault(path("pipe.csv"))?.code == EINVAL)
  }

  @Test func `links, folders and devices are refused`() throws {
    try root.write("file")
    try AtomicFile.link(path("link"), to: "file")
    #expect(fault(path("link"))?.code == ELOOP)
    #expect(fault(root.path)?.code == EISDIR)
    #expect(fault("/dev/null")?.code == EINVAL)
  }

  @Test func `a missing file says that it is missing, and where`() throws {
    let error = try #require(fault(path("missing\n.csv")))
    #expect(error.isNotFound)
    #expect(error.kind == .other)
    #expect(error.description.hasSuffix(#"missing\x0A.csv: No such file or directory"#))
  }

  @Test func `the status tells a file from its successor of the same size`() throws {
    try root.write("a", "one")
    let file = try InputFile(path("a"))
    let before = try file.status()
    #expect(before.size == 3)
    try root.write("a", "two")
    #expect(try file.status() == before)
    #expect(try InputFile(path("a")).status() != before)
  }

  @Test func `error codes have the kinds that exit codes are made of`() {
    let kinds: [(Int32, FileError.Kind)] = [
      (EACCES, .permission), (EPERM, .permission), (EROFS, .cannotCreate),
      (ENOTDIR, .cannotCreate), (EEXIST, .cannotCreate), (ENOSPC, .other), (EIO, .other),
    ]
    for (code, kind) in kinds {
      #expect(FileError(call: "open", path: "x", code: code).kind == kind)
    }
  }
}
