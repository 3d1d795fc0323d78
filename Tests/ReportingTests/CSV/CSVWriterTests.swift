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

  private static func written(
    _ records: [[Text]], for reader: CSVWriter.Reader, _ write: (inout CSVWriter, [Text]) -> Void
  ) -> [UInt8] {
    var writer = CSVWriter(columns: ["a", "b", "c", "d"], for: reader)
    for record in records { write(&writer, record) }
    return writer.bytes
  }

  private static func randomRecords() -> [[Text]] {
    var random = RandomText(seed: 42)
    return (0..<3_000).map { _ in (0..<4).map { _ in random.next() } }
  }

  @Test(arguments: [CSVWriter.Reader.program, .spreadsheet])
  func `Python's csv reads back what was written`(reader: CSVWriter.Reader) throws {
    let script = repositoryRoot().appendingPathComponent("Tests/ReportingTests/Oracle/records.py")
    let records = Self.randomRecords()
    let bytes = Self.written(records, for: reader) { writer, record in
      writer.append(record.map { .text($0) })
    }

    let read = String(decoding: try oracle(script, input: Data(bytes)), as: UTF8.self)
    let expected = records.map { record in
      record.map { text in
        let seen = reader == .spreadsheet ? SpreadsheetSafety.prefix(text) : text
        return seen.string.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }.joined(separator: ",")
    }
    #expect(Array(read.split(separator: "\n").dropFirst()) == expected.map { Substring($0) })
  }

  // MARK: Cell by cell

  @Test func `a text is encoded as it stands in a cell`() {
    let texts: [(Text, program: String, spreadsheet: String)] = [
      ("", "", ""), ("业务", "业务", "业务"), ("-1.50", "-1.50", "'-1.50"), ("＝1", "＝1", "'＝1"),
      ("a,b", "\"a,b\"", "\"a,b\""), ("=A1,\"x\"", "\"=A1,\"\"x\"\"\"", "\"'=A1,\"\"x\"\"\""),
    ]
    for (text, program, spreadsheet) in texts {
      #expect(utf8(CSVWriter.encode(text, for: .program)) == program)
      #expect(utf8(CSVWriter.encode(text, for: .spreadsheet)) == spreadsheet)
    }
  }

  @Test func `a record can be written cell by cell`() throws {
    var writer = CSVWriter(columns: ["a", "b", "c", "d", "e"], for: .program)
    let name = CSVWriter.encode("x,y", for: .program)
    for number in [-1, 2] {
      writer.append(encoded: name)
      writer.append(amount: try Amount(number))
      writer.append(amount: nil)
      writer.append(count: number)
      writer.append(count: nil)
      writer.endRecord()
    }
    #expect(writer.rows == 2)
    #expect(utf8(writer.bytes) == "a,b,c,d,e\n\"x,y\",-1.00,,-1,\n\"x,y\",2.00,,2,\n")
  }

  @Test(arguments: [CSVWriter.Reader.program, .spreadsheet])
  func `both ways of writing give the same bytes`(reader: CSVWriter.Reader) {
    let records = Self.randomRecords()
    let whole = Self.written(records, for: reader) { writer, record in
      writer.append(record.map { .text($0) })
    }
    let byCell = Self.written(records, for: reader) { writer, record in
      for text in record { writer.append(encoded: CSVWriter.encode(text, for: reader)) }
      writer.endRecord()
    }
    #expect(whole == byCell)
  }

  @Test func `a record of too few or too many cells is a bug`() async {
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter(columns: ["a", "b"], for: .program)
      writer.append(count: 1)
      writer.endRecord()
    }
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter(columns: ["a"], for: .program)
      writer.append([.count(1), .count(2)])
    }
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter(columns: ["a", "b"], for: .program)
      writer.append(count: 1)
      writer.append([.count(2)])  // Enough cells together, but not one record.
    }
  }
}
