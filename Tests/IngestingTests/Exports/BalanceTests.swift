import BillingModel
import ExactNumbers
import Ingesting
import Testing

/// Screens over two sides, from the columns of a report.
@Suite struct BalanceTests {
  private static let split = [
    "splitLineItem/ParentResourceId", "splitLineItem/SplitCost", "splitLineItem/UnusedCost",
  ]

  private func screen(closed: Condition = .isPresent(.timeInterval)) -> Screen {
    let isShare = Condition.isPresent(.splitParentResourceID)
    return Screen(
      rule: "Rule", rows: [.isPresent(.splitResourceID)], groupedBy: [.splitResourceID],
      trip: .isUnbalanced(
        Balance(
          parts: [
            Balance.Term(.splitCost, where: [isShare]),
            Balance.Term(.splitUnusedCost, where: [isShare], mayBeAbsent: true),
          ],
          wholes: [
            Balance.Term(.unblendedCost, where: [.isAbsent(.splitParentResourceID)])
          ],
          isClosed: closed),
        perRow: amount("0.001")),
      keyedBy: [.subAccountID],
      measures: [.surplus, .shortfall, .sum(.splitCost), .sum(.splitUnusedCost)],
      captures: [.splitResourceID])
  }

  private func row(_ changes: [String: String]) -> [String] {
    ExportSample.row(changes) + Self.split.map { changes[$0] ?? "" }
  }

  private func whole(_ resource: String, _ cost: String) -> [String] {
    row(["lineItem/ResourceId": resource, "lineItem/UnblendedCost": cost])
  }

  private func share(_ parent: String, _ split: String, _ unused: String) -> [String] {
    row([
      "lineItem/ResourceId": "pod", "lineItem/UnblendedCost": "0",
      "splitLineItem/ParentResourceId": parent, "splitLineItem/SplitCost": split,
      "splitLineItem/UnusedCost": unused,
    ])
  }

  private func file(_ name: Text, _ rows: [String]...) -> SampleFile {
    SampleFile(name, ExportSample.csv(ExportSample.legacyHeader + Self.split, rows))
  }

  /// i-1 is given 4.5 of 4, i-2 2 of 3, i-3 all of it to a thousandth a row, i-4 nothing; i-5 is not there.
  private var files: [SampleFile] {
    [
      file("a", share("i-1", "2", "0.5"), whole("i-2", "2"), share("i-3", "7.002", "")),
      file("b", whole("i-1", "4"), share("i-2", "1", ""), whole("i-3", "7"), whole("i-4", "9")),
      file(
        "c", share("i-1", "1", "1"), share("i-2", "0", "1"), whole("i-2", "1"),
        share("i-5", "1", "1")),
    ]
  }

  @Test func `sides are compared across files, in whatever order they come`() throws {
    for order in [files, files.reversed()] {
      for workers in [1, 2, 3] {
        let suspect = try #require(
          try contents(of: order, [screen()], workers: workers).suspects.first)
        #expect(suspect.rows == 7 && suspect.groups == 2)
        // 0.5 too much and 1 too little.
        #expect(suspect.measures == ["0.5", "-1", "4", "2.5"].map(amount))
        #expect(Set(suspect.first.compactMap { $0.fields[.splitResourceID] }) == ["i-1", "i-2"])
      }
    }
  }

  @Test func `a side that is open may fall short`() throws {
    let suspect = try #require(
      try contents(of: files, [screen(closed: .isHour(.timeInterval))], workers: 2).suspects.first)
    #expect(suspect.rows == 3 && suspect.groups == 1)
    #expect(suspect.measures == ["0.5", "0", "3", "1.5"].map(amount))
  }

  @Test(arguments: [("", "1"), ("#NUM!", "1"), ("1", "#NUM!")])
  func `a share that is no number leaves its instance unknown`(
    _ split: String, _ unused: String
  ) throws {
    let unknown = file("d", share("i-1", split, unused), share("i-2", "0", ""))
    let suspect = try #require(try contents(of: files + [unknown], [screen()]).suspects.first)
    #expect(
      suspect.groups == 1 && suspect.measures[0].isZero && suspect.measures[1] == amount("-1"))
  }

  /// Two of them have no sum: they must not cost the file, nor what other instances were found to be.
  @Test func `an absurd share leaves its instance unknown and costs nothing else`() throws {
    let nines = String(repeating: "9", count: 20)
    let absurd = file("d", share("i-1", nines, "0"), share("i-1", nines, "0"))
    for order in [files + [absurd], [absurd] + files] {
      let contents = try contents(of: order, [screen()], workers: 2)
      #expect(contents.files.count == 4 && contents.rejects.isEmpty)
      #expect(contents.suspects.first?.groups == 1)
      #expect(contents.suspects.first?.measures[1] == amount("-1"))
    }
  }

  /// A row may trip alone by what it says beside its cost.
  @Test func `absurd figures add nothing to a measure`() throws {
    let nines = String(repeating: "9", count: 20)
    let row = Screen(
      rule: "Rule", rows: [.isPresent(.splitCost)], keyedBy: [.subAccountID],
      measures: [.sum(.splitCost), .sum(.unblendedCost)], captures: [])
    let hours = Screen(
      rule: "Hours", rows: [.isPresent(.splitCost)], groupedBy: [.splitResourceID],
      trip: .sumExceedsHours(.splitCost), keyedBy: [.subAccountID], measures: [.sum(.splitCost)],
      captures: [])
    let absurd = file(
      "a", share("i-1", nines, ""), share("i-1", nines, ""), share("i-1", "3", ""))
    let contents = try contents(of: [absurd], [row, hours])
    #expect(contents.suspects.map(\.rows) == [3, 3])
    #expect(contents.suspects.map { $0.measures[0] } == [amount("3"), amount("3")])
  }

  /// A legacy report has the columns if a line needs them.
  @Test
  func `a file without split cost has nothing to check, one without its figures is not checked`()
    throws
  {
    let none = try contents(of: [[:]], [screen()])
    #expect(none.suspects.isEmpty && none.unchecked.isEmpty)
    let row = ExportSample.row([:]) + ["i-1"]
    let bytes = ExportSample.csv(ExportSample.legacyHeader + Self.split.prefix(1), [row])
    let some = try contents(of: [SampleFile("a", bytes)], [screen()])
    #expect(some.suspects.isEmpty)
    #expect(some.unchecked.map(\.reason) == ["no column for SplitCost, SplitUnusedCost"])
  }
}
