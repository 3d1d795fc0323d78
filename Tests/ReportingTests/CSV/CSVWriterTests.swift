import BillingModel
import ExactNumbers
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct CSVWriterTests {
  private func csv(_ cells: [Cell], for reader: CSVWriter.Reader = .spreadsheet) -> String {
    var writer = CSVWriter(columns: cells.indices.map { Text("c\($0)") }, for: reader)
    writer.append(cells)
    return String(utf8(writer.bytes).drop { $0 != "\n" }.dropFirst())
  }

  @Test func `the header is always there, and the mark only if asked for`() {
    #expect(CSVWriter(columns: ["a", "b,c"], for: .spreadsheet).bytes == Array("a,\"b,c\"\n".utf8))
    let marked = CSVWriter(columns: ["a"], for: .spreadsheet, byteOrderMark: true)
    #expect(marked.bytes == [0xEF, 0xBB, 0xBF, 0x61, 0x0A])
    #expect(marked.rows == 0)
  }

  @Test func `quotes stand where RFC 4180 needs them`() {
    let texts: [Text] = ["a", "a,b", "a\"b", "a\nb", "a\rb", "a;b", " a "]
    #expect(
      csv(texts.map { .text($0) }, for: .program)
        == "a,\"a,b\",\"a\"\"b\",\"a\nb\",\"a\rb\",a;b, a \n")
  }

  @Test func `numbers stay numbers and texts that look like formulas do not`() throws {
    let cells: [Cell] = [
      .amount(try Amount(parsing: "-1.5e-3")), .amount(nil), .count(-7), .count(nil),
      .day(Day("2026-04-30")), .day(nil), .text("-1.50"), .text("=A1,\"x\""),
    ]
    #expect(csv(cells) == "-0.0015,,-7,,2026-04-30,,'-1.50,\"'=A1,\"\"x\"\"\"\n")
    #expect(csv(cells, for: .program) == "-0.0015,,-7,,2026-04-30,,-1.50,\"=A1,\"\"x\"\"\"\n")
  }

  @Test func `records are counted`() {
    var writer = CSVWriter(columns: ["a"], for: .program)
    for _ in 0..<3 { writer.append([.text("x\ny")]) }
    #expect(writer.rows == 3)
  }

  @Test func `Python's csv reads back what was written`() throws {
    let script = repositoryRoot().appendingPathComponent("Tests/ReportingTests/Oracle/records.py")
    var random = RandomText(seed: 42)
    let records = (0..<3_000).map { _ in (0..<4).map { _ in random.next() } }
    var writer = CSVWriter(columns: ["a", "b", "c", "d"], for: .program)
    for record in records { writer.append(record.map { .text($0) }) }

    let read = String(decoding: try oracle(script, input: Data(writer.bytes)), as: UTF8.self)
    let expected = records.map { record in
      record.map { $0.string.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        .joined(separator: ",")
    }
    #expect(Array(read.split(separator: "\n").dropFirst()) == expected.map { Substring($0) })
  }
}
