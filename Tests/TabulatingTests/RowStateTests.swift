import ByteStreaming
import ExactNumbers
import Tabulating
import TestSupport
import Testing

/// What is remembered of a row must not outlive it, and what it is written out to must hold it.
@Suite struct RowStateTests {
  /// Slots: 0 fruit, 1 amount, 2 unit, 3 day.
  private func query(_ watches: [Watch], zeroed: [RowTest] = []) -> TableQuery {
    TableQuery(
      slots: 4,
      derivations: [
        { Int(String(decoding: $0, as: UTF8.self)) }, { $0.isEmpty ? nil : 1 },
      ],
      amount: 1, unit: (2, 1), zeroed: zeroed, groupings: [[.text(0)]],
      partition: [.derived(3, by: 0)], watches: watches)
  }

  private func look(
    _ tabulator: Tabulator, _ documents: [String], _ layout: TableLayout
  ) throws {
    for (number, rows) in documents.enumerated() {
      var source = try ByteSource(Array(("header\n" + rows).utf8))
      var reader = CSVReader(bufferSize: 64)
      _ = try reader.header(&source)
      try tabulator.read(&reader, &source, layout, TableFile(identity: [UInt8(number)]))
    }
  }

  private func both(_ query: TableQuery, _ documents: [String]) throws -> Tabulation {
    let layout = TableLayout(columns: 4, slots: (0..<4).map { [.column($0)] })
    let first = Tabulator(query)
    try look(first, documents, layout)
    var table = try Tabulation(query, [first])
    let second = table.secondWorker()
    try look(second, documents, layout)
    try table.finish([second])
    return table
  }

  @Test func `a test on a row does not answer for the same row of the next file`() throws {
    let watch = Watch(
      rows: [.isNegative(1)], groupedBy: [], trip: .row, keyedBy: [0], measures: [.sum(1)],
      captures: [], evidenceLimit: 9)
    let table = try both(
      query([watch], zeroed: [.isAbsent(0)]), ["a,1,kg,7\n", "b,-2,kg,7\n", ",4,kg,7\n"])
    #expect(table.suspects[0].keys.map(\.key) == [[Array("b".utf8)]])
    #expect(
      table.files.map { $0.kept.totals.map(\.amount.description) } == [
        ["1.00"], ["-2.00"], ["0.00"],
      ])
  }

  @Test func `the partition of a row is not that of the same row of the file before`() throws {
    let watch = Watch(
      rows: [.isPresent(0)], groupedBy: [0], trip: .repeats, keyedBy: [0], measures: [.sum(1)],
      captures: [], evidenceLimit: 9)
    let documents = ["a,1,kg,7\n", "b,1,kg,8\nb,1,kg,8\n"]
    let table = try both(query([watch]), documents)
    #expect(table.suspects[0].values.map(\.rows) == [2])
  }

  /// A raw record of columns that are no neighbours, longer than what rows are written out to at first.
  @Test func `a raw record may stand in many keys`() throws {
    var query = query([])
    let parts = (0..<6).map { KeyPart.raw(by: $0) }
    query.groupings = [parts, [.text(0)] + parts]
    query.rawReadings = (0..<6).map { number in { _, record in [UInt8(number)] + record } }
    let layout = TableLayout(
      columns: 7, slots: (0..<4).map { [.column($0)] }, raw: [4...4, 6...6], signature: [1])
    let (left, right) = (String(repeating: "l", count: 1500), String(repeating: "r", count: 1500))
    let rows = (0..<3).map { "a,1,kg,7,\(left)\($0),x,\(right)\n" }.joined()
    let tabulator = Tabulator(query)
    try look(tabulator, [rows], layout)
    let table = try Tabulation(query, [tabulator])
    #expect(table.groups.map(\.count) == [3, 3])
    for (group, part) in (0..<3).flatMap({ group in (0..<6).map { (group, $0) } }) {
      let text = table.texts.bytes(table.groups[1][group].text(part + 1))
      #expect(text == [UInt8(part)] + Array("\(left)\(group),\(right)".utf8))
    }
  }
}
