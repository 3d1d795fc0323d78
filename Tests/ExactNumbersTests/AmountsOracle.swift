import Foundation
import TestSupport

/// What `Oracle/amounts.py`, Python's decimal, prints for a job.
enum AmountsOracle {
  private static func run(_ job: String, seed: Int, count: Int) throws -> [UInt8] {
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ExactNumbersTests/Oracle/amounts.py")
    return [UInt8](try oracle(script, [job, String(seed), String(count)]))
  }

  /// Spellings and what each must be read as, as the bytes lie in the output.
  static func spellings(seed: Int, count: Int) throws -> OracleLines {
    OracleLines(bytes: try run("spellings", seed: seed, count: count))
  }

  /// Lines of space-separated fields.
  static func table(_ job: String, seed: Int, count: Int) throws -> [[String]] {
    try String(decoding: run(job, seed: seed, count: count), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }
}

/// Lines cut one after another, without a `String` for each: there are millions.
struct OracleLines: Sequence, IteratorProtocol {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Range<Int>? {
    guard at < bytes.count else { return nil }
    let start = at
    while bytes[at] != UInt8(ascii: "\n") { at += 1 }
    at += 1
    return start..<(at - 1)
  }
}
