import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct ScratchFileTests {
  private func write(_ file: inout ScratchFile, _ bytes: [UInt8]) throws -> Int {
    try unsafe bytes.withUnsafeBytes { unsafe try file.append($0) }
  }

  private func read(_ file: borrowing ScratchFile, _ offset: Int, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xAA, count: count)
    try unsafe bytes.withUnsafeMutableBytes { unsafe try file.read(at: offset, into: $0) }
    return bytes
  }

  @Test func `bytes come back from where they were put, in any order`() throws {
    var file = try ScratchFile()
    let pieces = [3, 0, 70_000, 1, 300_000].enumerated().map { number, count in
      (0..<count).map { UInt8(truncatingIfNeeded: $0 * 13 + number) }
    }
    var starts: [Int] = []
    for piece in pieces { starts.append(try write(&file, piece)) }
    #expect(starts == [0, 3, 3, 70_003, 70_004])
    for (start, piece) in zip(starts, pieces).reversed() {
      #expect(try read(file, start, piece.count) == piece)
    }
    #expect(
      try read(file, 70_001, 4) == Array(pieces[2].suffix(2) + pieces[3] + pieces[4].prefix(1)))
  }

  @Test func `what was never written is an error, not zeros`() throws {
    var file = try ScratchFile()
    _ = try write(&file, [1, 2, 3])
    let fault = #expect(throws: FileError.self) { try read(file, 2, 2) }
    #expect(fault.map { "\($0)".contains("read") } == true)
  }

  @Test func `two files are two, and neither has a name`() throws {
    let before = try names()
    var one = try ScratchFile()
    var other = try ScratchFile()
    _ = try write(&one, [1])
    _ = try write(&other, [2])
    #expect(try read(one, 0, 1) == [1] && read(other, 0, 1) == [2])
    // Those of other tests have a name for a moment.
    #expect(try (0..<50).contains { _ in try names().subtracting(before).isEmpty })
    _ = try write(&one, [3])
  }

  private func names() throws -> Set<String> {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    return Set(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasPrefix("counterfoil-") && $0.utf8.count == "counterfoil-XXXXXX".utf8.count
      })
  }
}
