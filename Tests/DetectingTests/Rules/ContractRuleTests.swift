import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules that hold a bill against what was agreed.
@Suite struct ContractRuleTests {
  private func taxed(
    at rate: Amount, _ rows: [LineItem], product: Text = ""
  ) throws -> PeriodFacts {
    try facts(rows).with {
      $0.contract.taxRates = [
        Contract.TaxRate(legalEntity: "", productCode: "", rate: rate),
        Contract.TaxRate(legalEntity: "", productCode: "Exempt", rate: .zero),
      ]
    }
  }

  // MARK: TaxRateWrong

  @Test func `tax above the agreed rate is too much by the difference`() throws {
    let rows = [charge("Fee", cost: "100.00"), charge("Tax", cost: "19.00")]
    let found = try #require(try TaxRateWrong().onlyFinding(taxed(at: "0.06", rows)))
    #expect(found.impact == "13.00" && found.actual == "19.00" && found.expected == "6.00")
    #expect(found.key.invoiceID == "INV-1")
    #expect(found.key.detail == "Amazon Web Services, Inc.")
  }

  @Test(arguments: ["6.00", "6.01", "5.99"])
  func `a cent is rounding`(_ tax: Text) throws {
    let rows = [charge("Fee", cost: "100.00"), charge("Tax", cost: tax)]
    #expect(try TaxRateWrong().judged(taxed(at: "0.06", rows)).findings == [])
  }

  @Test func `each tax line may be rounded by half a cent`() throws {
    let tax = (1...4).map { charge("Tax", cost: "1.505", [.lineItemID: Text("t\($0)")]) }
    let rows = [charge("Fee", cost: "100.00")] + tax
    #expect(try TaxRateWrong().judged(taxed(at: "0.06", rows)).findings == [])
    let more = rows + [charge("Tax", cost: "0.0051")]
    #expect(try TaxRateWrong().judged(taxed(at: "0.06", more)).findings.count == 1)
  }

  @Test(arguments: ["6.00", "5.40"])
  func `credits may be taxed or not`(_ tax: Text) throws {
    let rows = [
      charge("Fee", cost: "100.00"), charge("Credit", cost: "-10.00"), charge("Tax", cost: tax),
    ]
    #expect(try TaxRateWrong().judged(taxed(at: "0.06", rows)).findings == [])
  }

  @Test func `of two bases the one that fits better gives the amount`() throws {
    let rows = [
      charge("Fee", cost: "100.00"), charge("Credit", cost: "-10.00"), charge("Tax", cost: "7.00"),
    ]
    #expect(try TaxRateWrong().onlyFinding(taxed(at: "0.06", rows))?.impact == "1.00")
  }

  @Test func `an exempt product is taxed at its own rate`() throws {
    let rows = [
      charge("Fee", cost: "100.00"), charge("Fee", cost: "50.00", [.productCode: "Exempt"]),
      charge("Tax", cost: "6.00"),
    ]
    #expect(try TaxRateWrong().judged(taxed(at: "0.06", rows)).findings == [])
  }

  @Test func `without agreed rates no tax is judged`() throws {
    let unknown = try facts([usage()]).with { $0.contract.taxRates = nil }
    #expect(try TaxRateWrong().judged(unknown).unchecked.count == 1)
    #expect(try TaxMissing().judged(unknown).unchecked.count == 1)
  }

  @Test func `a seller without an agreed rate is not judged`() throws {
    let judgement = try TaxRateWrong().judged(facts([usage([.legalEntity: "Stranger Ltd"])]))
    #expect(judgement.findings == [])
    #expect(judgement.unchecked.map(\.reason.string).contains { $0.contains("Stranger Ltd") })
  }

  @Test(arguments: [.exclusive, .inclusive] as [Contract.ChargedTax])
  func `tax that stands in no rows is not looked for there`(_ charged: Contract.ChargedTax) throws {
    let month = try taxed(at: "0.06", [charge("Fee", cost: "100.00")]).with {
      $0.contract.taxRates?[0].charged = charged
    }
    for judgement in [try TaxMissing().judged(month), try TaxRateWrong().judged(month)] {
      #expect(judgement.findings == [])
      #expect(judgement.unchecked.map(\.reason.string).contains { $0.contains("has no rows") })
    }
  }

  @Test func `where rows were rejected tax is not judged to the cent`() throws {
    var planted = try taxed(at: "0.06", [charge("Fee", cost: "100.00")])
    planted.bookings[0].contents.rejects = [
      Reject(
        file: "a", record: 1, column: "", code: "X", message: "", raw: "", cost: nil, currency: nil)
    ]
    let judgement = try TaxMissing().judged(planted)
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
  }

  @Test func `lines without an invoice are not taxed yet`() throws {
    let rows = [charge("Fee", cost: "100.00", [.invoiceID: ""])]
    let judgement = try TaxMissing().judged(taxed(at: "0.06", rows))
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
  }

  // MARK: TaxMissing

  @Test func `an invoice without any tax line lacks what the rate makes`() throws {
    let found = try #require(
      try TaxMissing().onlyFinding(taxed(at: "0.06", [charge("Fee", cost: "100.00")])))
    #expect(found.impact == "-6.00" && found.amountAtStake == "6.00")
  }

  @Test func `tax on what is exempt comes back whole`() throws {
    let rows = [charge("Fee", cost: "100.00"), charge("Tax", cost: "6.00")]
    #expect(try TaxMissing().onlyFinding(taxed(at: "0", rows))?.impact == "6.00")
    #expect(try TaxRateWrong().judged(taxed(at: "0", rows)).findings == [])
  }

  @Test func `an invoice that a credit cancels needs no tax`() throws {
    let rows = [charge("Fee", cost: "100.00"), charge("Credit", cost: "-100.00")]
    #expect(try TaxMissing().judged(taxed(at: "0.06", rows)).findings == [])
  }

  // MARK: CurrencyMismatch

  @Test func `charges in another currency than the contract's are at stake`() throws {
    let rows = [charge("Fee", cost: "9.00", [.billingCurrency: "EUR", .pricingCurrency: "EUR"])]
    let found = try #require(try CurrencyMismatch().onlyFinding(facts(rows)))
    #expect(found.key.currency == "EUR" && found.amountAtStake == "9.00" && found.impact.isZero)
    #expect(found.expected == "USD")
  }

  @Test func `without a contract the currency of most lines is expected`() throws {
    let euro = charge("Fee", cost: "9.00", [.billingCurrency: "EUR", .pricingCurrency: "EUR"])
    let unknown = try facts([usage(), usage(), euro]).with { $0.contract.payers = nil }
    let judgement = try CurrencyMismatch().judged(unknown)
    #expect(judgement.findings.map(\.key.currency) == ["EUR"])
    #expect(judgement.unchecked.count == 1)
  }

  @Test func `a pricing currency that differs is a hint`() throws {
    let found = try #require(
      try CurrencyMismatch().onlyFinding(facts([usage([.pricingCurrency: "CNY"])])))
    #expect(found.key.detail == "PricingCurrency=CNY" && found.amountAtStake == "5.00")
    #expect(try CurrencyMismatch().onlyFinding(facts([usage()])) == nil)
  }

  // MARK: UnknownEntity and UnknownAccount

  @Test(arguments: [.billingEntity, .invoiceIssuer, .legalEntity] as [Field])
  func `an entity outside the list is a finding`(_ field: Field) throws {
    let found = try #require(
      try UnknownEntity().onlyFinding(facts([usage(), usage([field: "Stranger"])])))
    #expect(found.actual == "Stranger" && found.impact == "5.00" && found.lineCount == 1)
  }

  @Test func `a list that is not given is not checked`() throws {
    let unknown = try facts([usage([.legalEntity: "Stranger"])]).with {
      $0.contract.legalEntities = nil
    }
    let judgement = try UnknownEntity().judged(unknown)
    #expect(judgement.findings == [])
    #expect(judgement.unchecked.map(\.reason) == ["the contract has no list legalEntities"])
  }

  @Test func `an account outside the list is a finding, with credits in the stake`() throws {
    let other: [Field: Text?] = [.subAccountID: "299999999999"]
    let found = try #require(
      try UnknownAccount().onlyFinding(
        facts([charge("Fee", cost: "9.00", other), charge("Credit", cost: "-9.00", other)])))
    #expect(found.impact.isZero && found.amountAtStake == "18.00")
    #expect(found.key.subAccountID == "299999999999")
  }

  @Test func `the payer itself is known by the contract`() throws {
    let own = try facts([charge("Fee", cost: "9.00", [.subAccountID: "100000000001"])])
    let listed = own.with {
      $0.accounts = AccountDirectory([Account(id: "200000000001", name: "", dimensions: [:])])
    }
    #expect(try UnknownAccount().judged(listed).findings == [])
    let stranger = listed.with { $0.contract.payers = [] }
    #expect(try UnknownAccount().judged(stranger).findings.count == 1)
  }

  @Test func `without a list of accounts none is unknown`() throws {
    let unknown = try facts([usage([.subAccountID: "299999999999"])]).with {
      $0.accounts = AccountDirectory([])
    }
    let judgement = try UnknownAccount().judged(unknown)
    #expect(judgement.findings == [] && judgement.unchecked.count == 1)
  }
}
