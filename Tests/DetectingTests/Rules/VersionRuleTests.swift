import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about versions, other exports and what could not be read.
@Suite struct VersionRuleTests {
  private func changed(from old: [LineItem], to new: [LineItem]) throws -> Judgement {
    let now = try facts(new).with { $0.replaced = ["100000000001": try booking(old)] }
    return try ChangedAfterFinalisation().judged(now)
  }

  @Test func `a charge that grew after the invoice is the difference`() throws {
    let found = try #require(
      try changed(from: [usage()], to: [usage([.unblendedCost: "7.00"])]).findings.first)
    #expect(found.impact == "2.00" && found.actual == "7.00" && found.expected == "5.00")
    #expect(found.key.invoiceID == "INV-1" && found.key.detail == "Usage")
  }

  @Test func `a charge that vanished after the invoice is the whole of it`() throws {
    let found = try changed(from: [usage(), charge("Fee", cost: "9.00")], to: [usage()]).findings
    #expect(found.map(\.impact) == ["-9.00"])
  }

  @Test func `a late credit changes the invoice too, with less certainty`() throws {
    let found = try changed(from: [usage()], to: [usage(), charge("Credit", cost: "-1.00")])
    #expect(found.findings.map(\.impact) == ["-1.00"])
    #expect(found.findings[0].confidence == "0.5")
  }

  @Test func `lines that become final are not changed`() throws {
    let open = usage([.invoiceID: "", .unblendedCost: "4.00"])
    #expect(try changed(from: [open], to: [usage()]).findings == [])
  }

  private func line(_ id: Text, _ cost: Text, _ invoice: Text = "INV-1") -> LineItem {
    usage([.lineItemID: id, .unblendedCost: cost, .invoiceID: invoice])
  }

  @Test func `lines that become final one after another are not changed`() throws {
    let half = [line("a", "5.00"), line("b", "4.00", "")]
    let whole = [line("a", "5.00"), line("b", "4.00")]
    let judgement = try changed(from: half, to: whole)
    #expect(judgement == Judgement())
    // Some stay open.
    let open = line("c", "3.00", "")
    #expect(try changed(from: half + [open], to: whole + [open]) == Judgement())
    // One service has an id, another gets the same.
    let other = charge("Fee", cost: "9.00", [.invoiceID: ""])
    #expect(
      try changed(from: [usage(), other], to: [usage(), charge("Fee", cost: "9.00")])
        == Judgement())
  }

  /// Ten open lines get the id, and eighteen new ones come: 10.00 are 20.00 for a good reason.
  @Test func `new open lines do not make a change of lines that become final`() throws {
    let final = (0..<10).map { line(Text("f\($0)"), "1.00") }
    let open = (0..<10).map { Text("o\($0)") }
    let later = (0..<18).map { line(Text("n\($0)"), "1.00", "") }
    let judgement = try changed(
      from: final + open.map { line($0, "1.00", "") },
      to: final + open.map { line($0, "1.00") } + later)
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
    #expect(judgement.unchecked.allSatisfy { $0.reason.string.contains("may have changed") })
  }

  @Test func `open lines that go to two invoices are not changed`() throws {
    let final = [line("a", "5.00"), line("b", "6.00", "INV-2")]
    #expect(
      try changed(
        from: final + [line("c", "3.00", ""), line("d", "4.00", "")],
        to: final + [line("c", "3.00"), line("d", "4.00", "INV-2")]) == Judgement())
    // The second is not yet known.
    #expect(
      try changed(
        from: [final[0], line("c", "3.00", ""), line("d", "4.00", "")],
        to: [final[0], line("c", "3.00"), line("d", "4.00", "INV-3")]) == Judgement())
  }

  @Test func `where lines change until they are final nothing tells which did`() throws {
    let half = [line("a", "5.00"), line("b", "4.00", "")]
    let judgement = try changed(from: half, to: [line("a", "5.00"), line("b", "4.50")])
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
  }

  @Test func `a final line that changes beside open ones is the difference`() throws {
    let open = line("b", "4.00", "")
    let found = try changed(from: [line("a", "5.00"), open], to: [line("a", "7.00"), open])
    #expect(found.findings.map(\.impact) == ["2.00"] && found.unchecked == [])
    // An open line that goes brings no id.
    let gone = try changed(from: [line("a", "5.00"), open], to: [line("a", "7.00")])
    #expect(gone.findings.map(\.impact) == ["2.00"])
  }

  @Test func `rows that only move are not changed`() throws {
    let halves = (1...2).map { usage([.lineItemID: Text("h\($0)"), .unblendedCost: "2.50"]) }
    #expect(try changed(from: [usage()], to: halves).findings == [])
  }

  @Test func `without an earlier version nothing is compared`() throws {
    let first = try facts([usage()]).with { $0.replaced = [:] }
    #expect(try ChangedAfterFinalisation().judged(first).unchecked.count == 1)
  }

  // MARK: ChangedAfterSignOff

  private func signed(_ rows: [RestatementRow]) throws -> PeriodFacts {
    try facts([usage([.unblendedCost: "7.00"])]).with {
      $0.signOff = signOff
      $0.movedSinceSignOff = rows
    }
  }

  @Test func `what changed after the sign-off is one sum for each payer and currency`() throws {
    var other = moved(.vanished, from: "4.00", to: nil)
    other.key.currency = "CNY"
    let document = RestatementRow(
      since: .signOff, change: .documentAppeared, key: other.key, before: "100.00", after: "90.00",
      difference: nil)
    let facts = try signed([
      moved(.repriced, from: "5.00", to: "7.00"), moved(.appeared, from: nil, to: "-0.50"),
      moved(.retagged, from: "3.00", to: "3.00"), other, document,
    ])
    let found = try ChangedAfterSignOff().judged(facts).findings.sorted { $0.key < $1.key }
    #expect(found.map(\.key.currency) == ["CNY", "USD"])
    #expect(found.map(\.impact) == ["-4.00", "1.50"])
    #expect(found.map(\.amountAtStake) == ["4.00", "1.50"])
    #expect(found[1].expected == "8.00" && found[1].actual == "9.50")
    #expect(
      found[0].explanation.english.string
        == "2026-04 was signed off by An on 2026-05-12 (version 3) and changed by "
        + "CNY -4.00 since: 1 document appeared and 1 vanished.")
  }

  @Test func `a period that nobody signed off has not changed after it`() throws {
    let facts = try signed([]).with { $0.signOff = nil }
    #expect(try ChangedAfterSignOff().judged(facts) == Judgement())
  }

  /// The rules of what is found, and of what counts its money.
  private func counted(
    _ facts: PeriodFacts, without disabled: Set<RuleID> = []
  ) throws -> [String] {
    try DetectorCatalog.judge(
      facts, without: disabled, detectors: [ChangedAfterFinalisation(), ChangedAfterSignOff()]
    ).findings.map { "\($0.key.rule) \($0.causedBy.map { "\($0.rule)" } ?? "counts")" }
  }

  @Test func `money that changed after the sign-off is counted there and not once more`() throws {
    let facts = try signed([
      moved(.repriced, from: "5.00", to: "7.00"), moved(.appeared, from: nil, to: "1.00"),
    ]).with { $0.replaced = ["100000000001": try booking([usage()])] }
    #expect(
      try counted(facts) == [
        "ChangedAfterFinalisation ChangedAfterSignOff", "ChangedAfterSignOff counts",
      ])
    #expect(
      try counted(facts, without: ["ChangedAfterSignOff"]) == ["ChangedAfterFinalisation counts"])
    // It had changed before it was signed, and by another amount since.
    let part = try signed([moved(.repriced, from: "6.00", to: "7.00")])
      .with { $0.replaced = ["100000000001": try booking([usage()])] }
    #expect(
      try counted(part) == ["ChangedAfterFinalisation counts", "ChangedAfterSignOff counts"])
  }

  // MARK: HalfFinalMonth

  private func halfFinal(asOf: String, _ changes: [Field: Text?] = [:]) throws -> Judgement {
    let open = usage([.invoiceID: ""]).merging(changes.compactMapValues { $0 }) { $1 }
    return try HalfFinalMonth().judged(
      facts([usage(), open]).with { $0.asOf = RunDay(day(asOf)) })
  }

  @Test func `charges without invoice eleven days after the month are late`() throws {
    let found = try #require(try halfFinal(asOf: "2026-05-11").findings.first)
    #expect(found.kind == .dataQuality && found.amountAtStake == "5.00" && found.lineCount == 1)
    #expect(found.explanation.english.string.hasPrefix("More than 10 days after 2026-04"))
  }

  @Test func `charges without invoice read the same as they grow old`() throws {
    #expect(try halfFinal(asOf: "2026-08-01") == halfFinal(asOf: "2026-05-11"))
  }

  @Test func `ten days are allowed, and lines that cost nothing do not count`() throws {
    #expect(try halfFinal(asOf: "2026-05-10").findings == [])
    #expect(try halfFinal(asOf: "2026-06-30", [.unblendedCost: "0"]).findings == [])
  }

  @Test func `a format without invoice ids is not checked`() throws {
    let focus = facts(booked: [try booking([usage([.invoiceID: ""])], format: .focus10)])
    let judgement = try HalfFinalMonth().judged(focus)
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
  }

  // MARK: ExportsDisagree and DiscountReadingsDisagree

  private func beside(_ cost: Text, of versionDay: String = "2026-05-08") throws -> Judgement {
    let planted = try facts([usage()]).with {
      $0.shadows = [try booking([usage([.unblendedCost: cost])], format: .focus12)]
      $0.shadows[0].versionDay = day(versionDay)
    }
    return try ExportsDisagree().judged(planted)
  }

  @Test func `another export that holds less money is a finding`() throws {
    let found = try #require(try beside("4.90").findings.first)
    #expect(found.amountAtStake == "0.10" && found.actual == "5.00" && found.expected == "4.90")
    #expect(found.key.detail == "FOCUS 1.2 main")
  }

  @Test func `versions of different days may differ, and are to be fetched again`() throws {
    let found = try #require(try beside("4.90", of: "2026-05-07").findings.first)
    #expect(found.confidence == "0.5")
    #expect(found.recommendation.english.string.hasPrefix("Fetch both exports again"))
    #expect(found.recommendation.chinese.string.hasPrefix("请重新获取两份导出"))
  }

  @Test func `less than a cent between two formats is rounding`() throws {
    #expect(try beside("4.9901").findings == [])
    #expect(try beside("4.99").findings.count == 1)
  }

  @Test func `discounts in rows and columns must agree`() throws {
    func judge(net: Text) throws -> [Finding] {
      try DiscountReadingsDisagree().judged(
        facts([
          charge("Fee", cost: "10.00", [.netUnblendedCost: net]),
          charge("EdpDiscount", cost: "-1.00"),
        ])
      ).findings
    }
    #expect(try judge(net: "9.00") == [])
    let found = try judge(net: "8.50")
    #expect(found.map(\.amountAtStake) == ["0.50"])
    #expect(found[0].actual == "9.00" && found[0].expected == "8.50" && found[0].lineCount == 2)
  }

  // MARK: UnknownLineItemType and RejectedRows

  @Test func `an unknown type keeps its money and is reported`() throws {
    let rows = [charge("Surcharge", cost: "3.00"), charge("NewDiscount", cost: "-1.00"), usage()]
    let found = try #require(try UnknownLineItemType().onlyFinding(facts(rows)))
    #expect(found.key.detail == "Surcharge" && found.amountAtStake == "3.00")
  }

  private func reject(_ record: Int, _ cost: Amount?, _ currency: CurrencyCode?) -> Reject {
    Reject(
      file: "a.csv.gz", record: record, column: "", code: "X", message: "", raw: "", cost: cost,
      currency: currency)
  }

  @Test func `rejected rows are one finding a currency, with what could be read`() throws {
    let planted = try facts([usage()]).with {
      $0.bookings[0].contents.files = [
        FileTally(file: "a.csv.gz", sha256: "hash-1", format: .cur2)
      ]
      $0.bookings[0].contents.rejects = [
        reject(9, "2.00", "USD"), reject(4, nil, nil), reject(7, "1.50", "CNY"),
      ]
    }
    let found = try RejectedRows().judged(planted).sorted().findings
    #expect(found.map(\.key.currency) == ["CNY", "USD"])
    #expect(found.map(\.amountAtStake) == ["1.50", "2.00"])
    #expect(found.map(\.lineCount) == [1, 2])
    #expect(found[1].evidence.map(\.record) == [4, 9])
    #expect(found[1].explanation.english.string.contains("the cost of 1 row cannot be read"))
  }
}
