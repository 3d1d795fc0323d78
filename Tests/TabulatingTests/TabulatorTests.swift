import ByteStreaming
import ExactNumbers
import Tabulating
import TestSupport
import Testing

/// The engine with words of no trade: fruit sold by weight, in crates or in sacks.
@Suite struct TabulatorTests {
  /// Slots: 0 fruit, 1 amount, 2 unit, 3 day, 4 place in a map.
  private func query(_ watches: [Watch] = []) -> TableQuery {
    TableQuery(
      slots: 5,
      derivations: [
        { bytes in Int(String(decoding: bytes, as: UTF8.self)) },
        { bytes in bytes == Array("crate".utf8) || bytes == Array("sack".utf8) ? 1 : nil },
      ],
      amount: 1, unit: (2, 1), required: [(3, 0)],
      groupings: [[.text(0), .derived(3, by: 0), .raw(by: 0)]],
      rawReadings: [{ signature, record in signature + [0x3A] + record }],
      partition: [.derived(3, by: 0)], watches: watches, instant: 0, latest: 3)
  }

  private let layout = TableLayout(
    columns: 6,
    slots: [
      [.column(0)], [.column(1)], [.column(2)], [.column(3)],
      [.member(4, Array("place".utf8)), .column(0)],
    ],
    raw: [4...4, 5...5], signature: Array("sig".utf8), absent: Array("-".utf8))

  private func read(
    _ text: String, _ query: TableQuery, bufferSize: Int = 32
  ) throws -> Tabulator {
    var source = try ByteSource(Array(("fruit,amount,unit,day,map,note\n" + text).utf8))
    var reader = CSVReader(bufferSize: bufferSize)
    _ = try reader.header(&source)
    let tabulator = Tabulator(query)
    try tabulator.read(&reader, &source, layout, TableFile(identity: [1]))
    return tabulator
  }

  /// The keys of a grouping by their kinds: a text, a number, or what was made of raw columns.
  private func keys(_ table: Tabulation, _ grouping: [KeyPart], _ group: GroupRow) -> [String] {
    grouping.enumerated().map { part, kind in
      if case .derived = kind { return group.number(part).map { "\($0)" } ?? "nil" }
      return String(decoding: table.texts.bytes(group.text(part)), as: UTF8.self)
    }
  }

  private func groups(_ table: Tabulation) -> [GroupRow] {
    (0..<table.groups[0].count).map { table.groups[0][$0] }
  }

  @Test func `rows are folded by texts, readings and raw columns`() throws {
    let rows = [
      #"apple,1.5,crate,7,{},x"#, #""apple",2E-1,crate,7,{},x"#, #"-,1,sack,7,{},"a ""b""""#, "",
    ].joined(separator: "\n")
    let table = try Tabulation(query(), [read(rows, query())])
    let found = groups(table).map { group in
      keys(table, query().groupings[0], group) + [group.sum(0).description, "\(group.rows)"]
    }
    #expect(
      found == [
        ["", "7", "sig:{},\"a \"\"b\"\"\"", "1.00", "1"], ["apple", "7", "sig:{},x", "1.70", "2"],
      ])
  }

  @Test func `what a row must have is asked in order, and rejects keep what is readable`() throws {
    let rows = """
      a,one,crate,7,,
      a,1,box,7,,
      a,1,crate,never,,
      a,1,crate,7,
      a,1,crate,7,,

      """
    let totals = try #require(try read(rows, query()).files.first)
    #expect(
      totals.rejectedRows.map(\.reason) == [
        .amount, .unit, .requirement(0), .record(.columns, fields: 5),
      ])
    #expect(totals.rejectedRows.map(\.record) == [1, 2, 3, 4])
    #expect(totals.rejectedRows.map { $0.amount?.description } == [nil, nil, "1.00", nil])
    #expect(totals.rows == 5 && totals.keptRows == 1 && totals.latest == 7)
    #expect(totals.read.totals.map(\.amount.description) == ["2.00"])
    #expect(totals.kept.totals.map(\.amount.description) == ["1.00"])
  }

  private func places(_ maps: [String]) throws -> Set<String> {
    var query = query()
    query.groupings = [[.text(4)]]
    let rows = maps.map { map in
      "apple,1,crate,7," + String(decoding: CSVRecord.join([Array(map.utf8)]), as: UTF8.self)
        + ",\n"
    }
    let table = try Tabulation(query, [read(rows.joined(), query, bufferSize: 256)])
    return Set(groups(table).map { keys(table, query.groupings[0], $0)[0] })
  }

  @Test func `a member of a map is found by its key, not by a value that looks like it`() throws {
    #expect(try places([#"{"place":"Rome"}"#]) == ["Rome"])
    #expect(try places([#"{ "x" : 1, "place" : "Rome", "y":{}}"#]) == ["Rome"])
    #expect(try places([#"{"x":"place","y":"Oslo","place":"Rome"}"#]) == ["Rome"])
    #expect(try places([#"{"x\"place":"Oslo"}"#]) == ["apple"])
  }

  @Test func `a member that is missing, no text or escaped gives way to the next source`() throws {
    #expect(
      try places(["", "{}", "{\"place\":1}", "{\"place\":\"a\\nb\"}", "{\"place"]) == ["apple"])
  }

  @Test func `thousands of groups survive the growth of the tables`() throws {
    let rows = (0..<3000).map { "f\($0 % 1500),\($0),crate,\($0 % 3),,\n" }
    let table = try Tabulation(query(), [read(rows.joined(), query(), bufferSize: 1024)])
    #expect(table.groups[0].count == 1500)
    let total = try Amount.sum(groups(table).map { $0.sum(0) })
    #expect(total == (try Amount(3000 * 2999 / 2)))
    #expect(groups(table).allSatisfy { $0.rows == 2 })
  }

  @Test func `a second look is asked for only if a group may have tripped`() throws {
    let watch = Watch(
      rows: [.isPresent(0)], groupedBy: [0], trip: .repeats, keyedBy: [0], measures: [.sum(1)],
      captures: [], evidenceLimit: 20)
    let once = query([watch])
    #expect(try !Tabulation(once, [read("a,1,crate,7,,\nb,1,crate,7,,\n", once)]).needsSecondLook)
    #expect(try !Tabulation(once, [read("a,1,crate,7,,\na,1,crate,8,,\n", once)]).needsSecondLook)
    #expect(try Tabulation(once, [read("a,1,crate,7,,\na,1,crate,7,,\n", once)]).needsSecondLook)
  }
}
