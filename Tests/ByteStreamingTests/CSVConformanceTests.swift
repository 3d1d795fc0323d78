import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct CSVConformanceTests {
  /// A document of `columns` columns whose fields hold whatever may hurt a CSV reader.
  static func document(_ random: inout SeededGenerator, columns: Int) -> [UInt8] {
    let lineEnd = [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]].randomElement(using: &random)!
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + lineEnd[0]
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let fields = (0..<columns).map { _ in field(&random) }
      // A lone empty field would be a blank line.
      text += (columns == 1 && fields[0].isEmpty ? "x" : fields.joined(separator: ","))
      text += lineEnd.randomElement(using: &random)!
      if Int.random(in: 0..<8, using: &random) == 0 {
        text += lineEnd.randomElement(using: &random)!
      }
    }
    if Bool.random(using: &random), text.utf8.last == 10, !text.hasSuffix("\r\n") {
      text.removeLast()
    }
    return Array(text.utf8)
  }

  private static func field(_ random: inout SeededGenerator) -> String {
    let parts = ["a", "1.5", ",", "\"", "\n", "\r", "\r\n", " ", "é", "\"\"", "x,y", ""]
    let length = [0, 1, 2, 5, 40].randomElement(using: &random)!
    let value = (0..<length).map { _ in parts.randomElement(using: &random)! }.joined()
    let isPlain = !value.utf8.contains { [10, 13, 44].contains($0) } && value.utf8.first != 34
    if isPlain, Bool.random(using: &random) { return value }
    return "\""
      + value.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  @Test func `reads nasty documents as Python's csv does, with any buffer`() throws {
    let seed: UInt64 = 20_261_124
    var random = SeededGenerator(seed: seed)
    let documents = (0..<500).map { _ in
      Self.document(&random, columns: [1, 2, 3, 7, 90].randomElement(using: &random)!)
    }
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ByteStreamingTests/Oracle/csv_records.py")
    let input = Data(documents.map { hex($0) + "\n" }.joined().utf8)
    let expected = String(decoding: try oracle(script, input: input), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (number, document) in documents.enumerated() {
      let size = [16, 61, 64, 100, 4096].randomElement(using: &random)!
      let scanner = CSVScanner.available[number % CSVScanner.available.count]
      let reading = try CSVReading(document, bufferSize: size, scanner: scanner) { columns in
        (0..<columns).map { $0...$0 } + [0...(columns - 1)]
      }
      let found = ([reading.header] + reading.records.map { $0 ?? [Array("FAULT".utf8)] })
        .map { $0.map(hex).joined(separator: ",") }.joined(separator: ";")
      #expect(
        found == expected[number],
        "seed \(seed), document \(number), \(scanner), buffer \(size): \(document)")
      let spelled = reading.selected.map { $0.dropLast().flatMap { CSVRecord.fields($0) } }
      #expect(spelled == reading.records, "the columns of document \(number)")
      let whole = reading.selected.map { CSVRecord.fields($0.last ?? []) }
      #expect(whole == reading.records, "the neighbouring columns of document \(number)")
    }
  }
}
