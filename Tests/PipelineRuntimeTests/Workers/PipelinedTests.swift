import ByteStreaming
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite(.serialized) struct PipelinedTests {
  private static func text(_ count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(count))
    return (0..<count).map { _ in UInt8.random(in: 0x20..<0x7F, using: &random) }
  }

  private func read(
    _ bytes: [UInt8], pieceSize: Int = ByteRing.pieceSize, by size: Int = 100_000
  ) throws(StreamError) -> (bytes: [UInt8], kind: ContentKind, notes: [String]) {
    try withPipelined(try ByteSource(bytes), pieceSize: pieceSize) { far throws(StreamError) in
      var all: [UInt8] = []
      while case let head = try far.readHead(limit: size), !head.isEmpty { all += head }
      return (all, far.plainKind, far.notes)
    }
  }

  /// Python's gzip of the bytes.
  private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let folder = TemporaryFolder()
    let script = try folder.write(
      "pack.py",
      Array(
        "import gzip, sys; sys.stdout.buffer.write(gzip.compress(sys.stdin.buffer.read()))".utf8))
    return [UInt8](try oracle(URL(fileURLWithPath: script), input: Data(bytes)))
  }

  @Test(arguments: [1, 511, 512, 4096, 4 * 4096, 4 * 4096 + 1, 100_000])
  func `bytes arrive whole and in order, however many go round`(count: Int) throws {
    let bytes = Self.text(count)
    for size in [7, 4096, 1 << 20] where count / size < 10_000 {
      #expect(try read(bytes, pieceSize: 4096, by: size).bytes == bytes)
    }
  }

  @Test func `a large packed file arrives whole, with its kinds and remarks`() throws {
    let bytes = Self.text(6 << 20)
    let packed = try gzip(bytes) + [0, 0]
    let result = try read(packed)
    #expect(result.bytes == bytes)
    #expect(result.kind == .text)
    #expect(result.notes == ["zeros follow the last gzip member; they were passed over"])
    let kind = withPipelined(try ByteSource(packed)) { $0.kind }
    #expect(kind == .gzip)
  }

  @Test func `nothing is nothing`() throws {
    let result = try read(gzip([]))
    #expect(result.bytes.isEmpty)
    #expect(result.kind == .empty)
  }

  @Test(arguments: [512, 100_000, 1 << 20])
  func `an error comes after all the bytes before it, and again`(pieceSize: Int) throws {
    let bytes = Self.text(3 << 20)
    var packed = try gzip(bytes)
    packed[packed.count - 8] ^= 1
    let (seen, errors) = withPipelined(try ByteSource(packed), pieceSize: pieceSize) { far in
      var seen: [UInt8] = []
      var errors: [StreamError] = []
      while errors.count < 2 {
        do throws(StreamError) {
          let head = try far.readHead(limit: 1000)
          if head.isEmpty { break }
          seen += head
        } catch {
          errors.append(error)
        }
      }
      return (seen, errors)
    }
    #expect(errors == Array(repeating: .damaged(.gzip, "incorrect data check"), count: 2))
    // The last call may have had bytes in hand when the error came.
    #expect(bytes.starts(with: seen) && bytes.count - seen.count < 1000)
  }

  @Test func `the end is reported as often as it is asked for`() throws {
    withPipelined(try ByteSource(Self.text(10))) { far in
      #expect(throws: Never.self) { try far.readAll(limit: 10) == Self.text(10) }
      for _ in 0..<3 {
        #expect(throws: Never.self) { try #require(try far.readHead(limit: 9) == []) }
      }
    }
  }

  private struct Enough: Error {}

  @Test(arguments: 0..<4)
  func `who stops early stops the other end too`(reads: Int) throws {
    let bytes = Self.text(300_000)
    for _ in 0..<20 {
      #expect(throws: Enough.self) {
        try withPipelined(try ByteSource(bytes), pieceSize: 1000) { far in
          for _ in 0..<reads { _ = try far.readHead(limit: 700) }
          throw Enough()
        }
      }
    }
  }

  @Test func `many at once wait for nobody but their own`() throws {
    let bytes = Self.text(200_000)
    let results = WorkerPool(count: 7).map(Array(0..<40)) { _ in
      (try? read(bytes, pieceSize: 5000, by: 3000).bytes) == bytes
    }
    #expect(results.allSatisfy { $0 })
  }

  #if os(Linux)
    /// The threads of this process that are ours: those of other tests come and go.
    @Test func `no thread is left behind`() throws {
      func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
      }
      let before = try threads()
      for _ in 0..<200 { _ = try read(Self.text(5000), pieceSize: 1000) }
      for _ in 0..<100 where try threads() > before + 50 { Thread.sleep(forTimeInterval: 0.05) }
      #expect(try threads() <= before + 50)
    }
  #endif
}
