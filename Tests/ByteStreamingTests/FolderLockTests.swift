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

  @Test func `a child that outlives the run does not keep the lock`() throws {
    let child = Process()
    let input = Pipe()
    child.executableURL = URL(fileURLWithPath: "/bin/cat")
    child.standardInput = input
    try hold { try child.run() }
    #expect(try isFree())
    #expect(child.isRunning)
    try input.fileHandleForWriting.close()
    child.waitUntilExit()
  }

  @Test func `a lock that cannot be made is an error, not a free lock`() {
    #expect(throws: FileError.self) {
      _ = try FolderLock.take(root.path.appending("missing/lock")) == nil
    }
  }
}
