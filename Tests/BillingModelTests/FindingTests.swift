import BillingModel
import ExactNumbers
import Testing

@Suite struct FindingTests {
  private func key(_ change: (inout FindingKey) -> Void = { _ in }) throws -> FindingKey {
    let period = try #require(BillingPeriod("2026-05"))
    var key = FindingKey(
      rule: "Rule", billingAccountID: "111122223333", billingPeriod: period, currency: "USD")
    change(&key)
    return key
  }

  /// FindingIds are hashes of these parts: their number and order may never change.
  @Test func `the parts of a key stand in a fixed order`() throws {
    let key = try key {
      $0.subAccountID = "sub"
      $0.serviceName = "service"
      $0.usageType = "usage"
      $0.operation = "operation"
      $0.resourceID = "resource"
      $0.invoiceID = "invoice"
      $0.detail = "detail"
    }
    #expect(
      key.parts == [
        "Rule", "111122223333", "2026-05", "USD", "sub", "service", "usage", "operation",
        "resource", "invoice", "detail",
      ])
  }

  @Test func `each part tells keys apart and orders them`() throws {
    let plain = try key()
    let later = try #require(BillingPeriod("2026-06"))
    let changes: [(inout FindingKey) -> Void] = [
      { $0.rule = "Rule2" }, { $0.billingAccountID = "9" }, { $0.billingPeriod = later },
      { $0.currency = "XXX" }, { $0.subAccountID = "a" }, { $0.serviceName = "a" },
      { $0.usageType = "a" }, { $0.operation = "a" }, { $0.resourceID = "a" },
      { $0.invoiceID = "a" }, { $0.detail = "a" },
    ]
    let keys = try changes.map { try key($0) }
    #expect(Set(keys + [plain]).count == changes.count + 1)
    #expect(keys.allSatisfy { plain < $0 && !($0 < plain) })
    // A difference in an earlier part outweighs all later ones.
    #expect(keys.sorted() == keys.reversed())
  }

  private func reported(
    _ id: Text, _ severity: Severity, _ currency: CurrencyCode, _ amount: String
  ) throws -> ReportedFinding {
    let finding = Finding(
      key: try key { $0.currency = currency }, kind: .errorCandidate,
      amountAtStake: try Amount(parsing: amount), impact: .zero, actual: "", expected: "",
      explanation: Words("", zh: ""), recommendation: Words("", zh: ""), confidence: .one,
      lineCount: 1)
    let day = try #require(Day("2026-05-02"))
    return ReportedFinding(
      id: id, finding: finding, severity: severity, status: .open, subAccountName: "",
      attribution: Attribution(), causedByID: "", firstSeen: day, lastSeen: day)
  }

  @Test func `findings are listed by severity, currency, amount downwards and id`() throws {
    let ordered = try [
      reported("z", .critical, "CNY", "1"), reported("y", .critical, "USD", "900"),
      reported("w", .critical, "USD", "10.000000000000000001"),
      reported("a", .critical, "USD", "10"), reported("b", .critical, "USD", "10"),
      reported("v", .high, "CNY", "1000"), reported("u", .medium, "CNY", "1000"),
      reported("t", .low, "CNY", "1000"), reported("s", .info, "CNY", "1000"),
    ]
    let ids = ordered.map(\.id)
    #expect(ordered.reversed().sorted(by: ReportedFinding.precedes).map(\.id) == ids)
    #expect(!ReportedFinding.precedes(ordered[0], ordered[0]))
  }

  @Test func `places are ordered by file, then by number`() {
    let places = [
      Place(file: "a", record: 9), Place(file: "a", record: 10), Place(file: "b", record: 1),
    ]
    #expect(places.reversed().sorted() == places)
  }
}
