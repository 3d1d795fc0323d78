import BillingModel
import ExactNumbers
import Foundation
import Testing

/// What the ledger keeps must be the same bytes for the same values, in every process: nothing may be
/// stored in the order of a hash table.
@Suite struct StoredFormTests {
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  @Test func `totals are stored by currency code`() throws {
    var totals = CurrencyTotals()
    for currency in ["USD", "CNY", "EUR", "JPY", "AUD"] as [CurrencyCode] {
      try totals.add(.one, currency)
    }
    let stored = try json(totals)
    #expect(
      stored == "["
        + ["AUD", "CNY", "EUR", "JPY", "USD"].map { #"{"amount":"1.00","currency":"\#($0)"}"# }
        .joined(separator: ",") + "]")
    #expect(try read(CurrencyTotals.self, stored) == totals)
  }

  @Test func `evidence is stored by the names of its fields`() throws {
    let row = EvidenceRow(
      place: Place(file: "ab12", record: 7),
      fields: [.usageType: "BoxUsage", .lineItemID: "x/1", .unblendedCost: "1.0"])
    let stored = try json(row)
    #expect(
      stored
        == #"{"fields":{"LineItemId":"x/1","UnblendedCost":"1.0","UsageType":"BoxUsage"},"place":{"file":"ab12","record":7}}"#
    )
    #expect(try read(EvidenceRow.self, stored) == row)
  }

  @Test func `evidence is stored with its tags, if they are known`() throws {
    let place = Place(file: "ab12", record: 7)
    for tags in [nil, TagSet.empty, TagSet([BillingModel.Tag("Owner", "ann")])] as [TagSet?] {
      let row = EvidenceRow(place: place, fields: [:], tags: tags)
      let stored = try json(row)
      #expect(stored.contains("tags") == (tags != nil))
      #expect(try read(EvidenceRow.self, stored) == row)
    }
  }

  @Test func `a finding is stored without the tags that told whose it is`() throws {
    var finding = Finding(
      key: FindingKey(
        rule: "R", billingAccountID: "1", billingPeriod: try #require(BillingPeriod("2026-05")),
        currency: "USD"),
      kind: .errorCandidate, amountAtStake: .one, impact: -.one, actual: "a", expected: "e",
      explanation: Words("x", zh: "y"), recommendation: Words("r", zh: "s"), confidence: .one,
      lineCount: 2)
    finding.regionID = "eu-west-1"
    finding.chargePeriodStart = Day("2026-05-01")
    finding.chargePeriodEnd = Day("2026-05-02")
    finding.evidence = [Place(file: "ab12", record: 7)]
    finding.causedBy = finding.key
    finding.leastSeverity = .low
    let untagged = finding
    finding.tagSets = [TagSet([BillingModel.Tag("Owner", "ann")])]
    let stored = try json(finding)
    #expect(stored == (try json(untagged)))
    #expect(try read(Finding.self, stored) == untagged)
  }

  @Test func `an attribution is stored by the names of its dimensions`() throws {
    let value = AttributedValue(value: "v", tier: .tag, rule: "r", raw: "k=v")
    let attribution = Attribution([.owner: value, .costCenter: value])
    let stored = try json(attribution)
    let each = #"{"raw":"k=v","rule":"r","tier":"tag","value":"v"}"#
    #expect(stored == #"{"values":{"CostCenter":\#(each),"Owner":\#(each)}}"#)
    #expect(try read(Attribution.self, stored) == attribution)
  }
}
