import ByteStreaming
import Foundation
import Testing

@Suite struct FolderLockTests {
  private let root = TemporaryRoot()
  private var path: Path { root.path.appending("lock") }

  private func isFree() throws -> Bool {
    switch try FolderLock.take(path) {
    case .some: true
    case .none: false
    }
  }

  private func hold(_ body: () throws -> Void) throws {
    let lock = try FolderLock.take(path)
    guard case .some(let held) = consume lock else {
      Issue.record("the lock was not free")
      return
    }
    try body()
    _ = consume held
  }

  @Test func `a second taker gets nothing until the first lets go`() throws {
    try hold {
      let answers = [try isFree(), try isFree()]
      #expect(answers == [false, false])
    }
    #expect(try isFree())
  }

  @Test func `a lock file that a dead run left is free`() throws {
    try root.write("lock", "4711")
    #expect(try isFree())
    #expect(try root.text("lock") == "4711")
  }

  /// A child that inherited it could keep it after the run has ended.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fdinfo")))
  func `the lock is not handed on to child processes`() throws {
    try hold {
      let open = try Folder.names(in: "/proc/self/fd").map { String(decoding: $0, as: UTF8.self) }
      let own = open.filter { AtomicFile.target(of: Path("/proc/self/fd/\($0)")) == path }
      let number = try #require(own.first)
      let text = try String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)
      let field = try #require(text.split(separator: "\n").first { $0.hasPrefix("flags:") })
      let flags = try #require(Int32(field.dropFirst(6).drop { $0 == "\t" }, radix: 8))
      #expect(flags & O_CLOEXEC != 0)
    }
  }

  @Test func `a lock that cannot be made is an error, not a free lock`() {
    #expect(throws: FileError.self) {
      _ = try FolderLock.take(root.path.appending("missing/lock")) == nil
    }
  }
}
