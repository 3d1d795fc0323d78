import BillingModel
import ByteStreaming
import ExactNumbers
import Foundation
import Ingesting
import TestSupport
import Testing

/// Real exports of others, against Python's csv and decimal.
@Suite(.enabled(if: corpus != nil, "COUNTERFOIL_CORPUS names no folder of real documents"))
struct CorpusTests {
  static let legacy = "cost-exports/legacy-anonymized/sample-anonymous-aws-export-dataset.csv"
  static let focus = "cost-exports/focus-1.0/focus_sample.csv"

  static func sample(_ path: String) throws -> SampleFile {
    let url = try #require(corpus).appendingPathComponent(path)
    return SampleFile(Text(path), [UInt8](try Data(contentsOf: url)))
  }

  /// What Python says: key columns, cost and count of each group.
  private func expected(_ path: String, cost: String, _ columns: [String]) throws -> [String] {
    let file = try #require(corpus).appendingPathComponent(path).path
    let script = repositoryRoot().appendingPathComponent(
      "Tests/IngestingTests/Exports/Oracle/sums.py")
    return String(
      decoding: try oracle(script, [file, cost, ""] + columns), as: UTF8.self
    ).split(separator: "\n").map(String.init)
  }

  private func summary(_ path: String, _ columns: [Text]) throws -> [String] {
    let sample = try Self.sample(path)
    let summary = ExportSummary(by: columns)
    var worker = summary.makeWorker()
    var source = try ByteSource(sample.bytes)
    try worker.read(&source, sample.file)
    return try summary.merge([worker]).rows.list.map { row in
      (row.keys.map(\.string) + [row.billedCost.description, "\(row.lineItems)"])
        .joined(separator: "\t")
    }
  }

  @Test func `the legacy sample sums by type and service as in Python`() throws {
    let columns = ["lineItem/LineItemType", "product/ProductName"]
    let expected = try expected(Self.legacy, cost: "lineItem/UnblendedCost", columns)
    #expect(try summary(Self.legacy, columns.map { Text($0) }) == expected)
    #expect(try summary(Self.legacy, ["LineItemType", "product/ProductName"]) == expected)
  }

  @Test func `the FOCUS sample sums by category, provider and service as in Python`() throws {
    let columns = ["ChargeCategory", "ProviderName", "ServiceName"]
    let expected = try expected(Self.focus, cost: "BilledCost", columns)
    #expect(try summary(Self.focus, columns.map { Text($0) }) == expected)
  }

  @Test(arguments: [(legacy, 1281, ExportFormat.legacy), (focus, 1000, .focus10)])
  func `every row of a real export is kept`(
    path: String, rows: Int, format: ExportFormat
  ) throws {
    let contents = try contents(of: [try Self.sample(path)])
    let tally = try #require(contents.files.first)
    #expect(tally.format == format)
    #expect(tally.read.rows == rows && tally.kept.rows == rows && tally.balances)
    #expect(contents.rejects.isEmpty)
    #expect(contents.charges.map(\.sums.lineItems).reduce(0, +) == rows)
    #expect(contents.allocations.map(\.sums.lineItems).reduce(0, +) == rows)
    let charged = try Amount.sum(contents.charges.map(\.billedCost))
    #expect(charged == (try Amount.sum(tally.kept.cost.amounts.values)))
    #expect(charged == (try Amount.sum(contents.allocations.map(\.billedCost))))
  }

  /// Faults planted into the legacy sample by record, each of another kind.
  @Test func `ten planted faults are rejected by record and nothing else is lost`() throws {
    let sample = try Self.sample(Self.legacy)
    var lines = String(decoding: sample.bytes, as: UTF8.self).split(separator: "\n").map(
      String.init)
    let cost = ",USD,"
    func plant(_ record: Int, _ change: (String) -> String) {
      lines[record] = change(lines[record])
    }
    plant(10) { $0 + ",extra" }
    plant(20) { String($0.dropLast()) }
    plant(30) { "\"" + $0 }
    plant(40) { "\"x\"y" + $0 }
    plant(50) { $0.replacing(cost, with: ",usd,") }
    plant(60) { $0.replacing(cost, with: ",,") }
    plant(70) { $0.replacing("2023-11-01T00:00:00.000Z,2023-12-01", with: "soon,2023-12-01") }
    plant(80) { $0 + "\0" }
    for (record, value) in [(90, "1,000.00"), (100, "NaN")] {
      plant(record) { line in
        var fields = CSVRecord.fields(Array(line.utf8))
        fields[22] = Array(value.utf8)
        return String(decoding: CSVRecord.join(fields), as: UTF8.self)
      }
    }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let found = try contents(of: [SampleFile("planted.csv", bytes)])
    #expect(found.rejects.map(\.record) == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    #expect(
      found.rejects.map(\.code) == [
        "ColumnCount", "ColumnCount", "TextAfterQuote", "TextAfterQuote", "UnreadableCurrency",
        "UnreadableCurrency", "UnreadableBillingPeriod", "NULByte", "UnreadableCost",
        "UnreadableCost",
      ])
    let tally = try #require(found.files.first)
    #expect(tally.balances && tally.read.rows == 1281 && tally.kept.rows == 1271)
    let whole = try #require(try contents(of: [sample]).files.first)
    let lost = try [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map { record in
      let line = String(decoding: sample.bytes, as: UTF8.self).split(separator: "\n")[record]
      return try Amount(
        parsing: String(decoding: CSVRecord.fields(Array(line.utf8))[22], as: UTF8.self))
    }
    #expect(tally.kept.cost["USD"] == (try whole.kept.cost["USD"] - Amount.sum(lost)))
  }
}
