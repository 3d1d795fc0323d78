import BillingModel
import ByteStreaming
import Foundation
import Ingesting
import TestSupport
import Testing

@Suite struct GzipExportTests {
  private func gzip(_ bytes: [UInt8], cutAt cuts: [Int] = []) throws -> [UInt8] {
    let script = repositoryRoot().appendingPathComponent(
      "Tests/IngestingTests/Exports/Oracle/members.py")
    return [UInt8](try oracle(script, cuts.map(String.init), input: Data(bytes)))
  }

  private let rows: [[String: String]] = (0..<200).map { index in
    [
      "lineItem/UnblendedCost": "\(index)E-2",
      "lineItem/LineItemDescription": "a \"quoted\" text\nover\r\nlines, \(index)",
    ]
  }

  @Test func `members may be cut anywhere, also inside a quoted newline`() throws {
    let plain = ExportSample.legacy(rows)
    let quote = try #require(plain.firstIndex(of: 10).map { plain[($0 + 1)...] })
    let newline = try #require(quote.firstIndex(of: 10))
    let expected = try contents(of: [SampleFile("a", plain)])
    #expect(expected.files.first?.kept.rows == 200)
    for cuts in [[], [1], [newline], [newline + 1], [newline - 1, newline - 1, 5000, 20_000]] {
      let file = SampleFile("a", try gzip(plain, cutAt: cuts.sorted()))
      #expect(try contents(of: [file]) == expected, "cut at \(cuts)")
    }
  }

  @Test func `a file that is cut short is a fault and leaves nothing`() throws {
    let whole = try gzip(ExportSample.legacy(rows))
    let fault = #expect(throws: ExportFault.self) {
      try contents(of: [SampleFile("a", Array(whole.dropLast(9)))])
    }
    #expect(fault?.code == "TruncatedGzip")
  }

  @Test func `zeros after the last member are noted`() throws {
    let padded = try gzip(ExportSample.legacy([[:]])) + Array(repeating: 0, count: 512)
    #expect(try contents(of: [SampleFile("a", padded)]).files.first?.notes.count == 1)
  }
}
