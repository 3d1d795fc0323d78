import Foundation
import TestSupport
import Testing

@testable import SampleData

@Suite struct GzipWriterTests {
  private static let contents: [[UInt8]] = {
    var chance = SeededGenerator(seed: 7)
    func noise(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
    }
    let all = (0...255).map(UInt8.init)
    let unique = noise(40_000)
    return [
      [], [0], [7, 7], [7, 7, 7, 7], all, noise(3000),
      // Runs around the longest repeat of deflate, 258.
      Array(repeating: 65, count: 258), Array(repeating: 65, count: 259),
      Array(repeating: 65, count: 1000),
      // Repeats at every distance code, up to the window's edge and beyond it.
      unique + unique.prefix(300), Array(unique.prefix(32_768) + unique.prefix(50)),
      Array(unique.prefix(32_769) + unique.prefix(50)), noise(5) + noise(4) + unique.suffix(20_000),
      Array(String(repeating: "line item,0.0230000000,USD\n", count: 500).utf8),
    ]
  }()

  @Test func `Python's zlib reads every member back`() throws {
    let script = repositoryRoot().appendingPathComponent(
      "Tests/SampleDataTests/Oracle/gunzip.py")
    let members = Self.contents.map { hex(GzipWriter.member($0)) + "\n" }.joined()
    let read = String(decoding: try oracle(script, input: Data(members.utf8)), as: UTF8.self)
    let lines = read.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.map(String.init) == Self.contents.map(hex))
  }

  @Test func `repeats become short`() {
    #expect(GzipWriter.member(Array(repeating: 65, count: 10_000)).count < 150)
  }

  @Test func `neither time nor machine is in the header`() {
    #expect(GzipWriter.member([]).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
