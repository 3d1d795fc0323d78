import BillingModel
import ExactNumbers
import Testing

@testable import PipelineRuntime

@Suite struct ContractTermsTests {
  private func read(_ text: String) -> (terms: ContractTerms, mistakes: [String]) {
    let mistakes = Mistakes()
    var contract = Contract()
    if let root = YAMLNode.root(of: text, file: "contract.yaml", mistakes: mistakes) {
      contract = ContractFile.read(root)
    }
    do {
      try mistakes.throwIfAny()
      return (contract.terms, [])
    } catch {
      return (contract.terms, error.mistakes.map(\.description))
    }
  }

  @Test func `every agreement is read with its days`() throws {
    let (terms, mistakes) = read(
      """
      regions: [eu-west-3]
      requiredTags: [{dimension: Owner, share: 0.8, payer: "100000000001"}, {dimension: CostCenter, share: 1}]
      discounts: [{type: EdpDiscount, rate: 0.09, except: [AWSSupportEnterprise], from: 2026-01-01}]
      privateRates: [{usageType: X, rate: 0.5, sku: S, payer: "100000000001", to: 2026-06-30}]
      credits: [{name: MAP, currency: USD, amount: 50, used: 5, products: [AmazonEC2]}]
      support:
        - {products: [P], basis: sameMonth, minimum: 29, tiers: [{upTo: 100, rate: 0.1}, {rate: 0.05}], tolerance: 1}
      """)
    #expect(mistakes == [])
    #expect(terms.regions == ["eu-west-3"])
    let required = try #require(terms.requiredTags)
    #expect(required.map(\.dimension) == [.owner, .costCenter])
    #expect(required.map(\.share.description) == ["0.80", "1.00"])
    #expect(required.map(\.billingAccountID) == ["100000000001", ""])
    let discount = try #require(terms.discounts?.first)
    #expect(discount.type == "EdpDiscount" && discount.except == ["AWSSupportEnterprise"])
    #expect(discount.span == ContractTerms.Span(from: Day("2026-01-01")))
    let rate = try #require(terms.privateRates?.first)
    #expect(rate.billingAccountID == "100000000001" && rate.skuID == "S")
    #expect(rate.span.to == Day("2026-06-30"))
    let credit = try #require(terms.credits?.first)
    #expect(credit.name == "MAP" && credit.currency == "USD")
    #expect(try credit.amount == Amount(50) && credit.used == Amount(5))
    let support = try #require(terms.support?.first)
    #expect(support.basis == .sameMonth && support.tiers.count == 2 && support.tolerance == .one)
  }

  @Test func `what is not there is absent, and what is empty is agreed`() {
    let terms = read("credits: []\n").terms
    #expect(terms.credits == [] && terms.discounts == nil && terms.regions == nil)
  }

  @Test(
    arguments: [
      ("discounts: [{type: Usage, rate: 0.1}]", "1:20: a discount's rows have a type such as"),
      ("discounts: [{type: EdpDiscount, rate: 9}]", "1:39: expected a fraction from 0 to 1"),
      ("discounts: [{type: EdpDiscount, rate: 0.1, form: 2026-01-01}]", "(did you mean \"from\"?)"),
      ("privateRates: [{usageType: X, rate: -1}]", "1:37: a rate is not below zero"),
      ("privateRates: [{usageType: X, rate: 1, from: 2026-02-30}]", "1:46: expected a day"),
      (
        "privateRates: [{usageType: X, rate: 1, from: 2026-02-02, to: 2026-02-01}]",
        "the last day, 2026-02-01, is before the first"
      ),
      ("credits: [{name: A, currency: USD}]", "1:11: the key \"amount\" is missing"),
      ("credits: [{name: A, currency: USD, amount: -5}]", "written without a sign"),
      (
        "credits: [{name: A, currency: USD, amount: 5}, {name: A, currency: USD, amount: 6}]",
        "1:48: an entry above is for the same"
      ),
      ("support: [{products: [P], tiers: [{rate: 0.1}, {rate: 0.2}]}]", "is the last"),
      (
        "support: [{products: [P], tiers: [{upTo: 9, rate: 0.1}, {upTo: 9, rate: 0}]}]",
        "expected more than 9"
      ),
      ("support: [{products: [P], tiers: [], basis: lastMonth}]", "unknown word \"lastMonth\""),
      ("requiredTags: [{dimension: Ownr, share: 1}]", "(did you mean \"Owner\"?)"),
      ("requiredTags: [{dimension: Owner, share: 80}]", "expected a fraction from 0 to 1"),
      ("region: [a]", "(did you mean \"regions\"?)"),
    ])
  func `a mistake is pointed at`(_ text: String, _ message: String) {
    let mistakes = read(text).mistakes
    #expect(mistakes.count == 1 && mistakes[0].contains(message), "\(mistakes)")
  }

  @Test func `a span covers a month by both its ends`() {
    let month = BillingPeriod("2026-02")!
    let span = ContractTerms.Span(from: Day("2026-02-01"), to: Day("2026-02-28"))
    #expect(span.covers(month) && span.touches(month))
    #expect(!span.covers(month.next) && !span.touches(month.next) && !span.touches(month.previous))
    #expect(!ContractTerms.Span(from: Day("2026-02-02")).covers(month))
    #expect(ContractTerms.Span(to: Day("2026-02-01")).touches(month))
  }
}
