import BillingModel
import ExactNumbers

/// One Marketplace agreement is charged the same amount on two invoices of one month.
///
/// *Formula.* Fees whose billing entity is `AWS Marketplace`, by account, product, agreement (the resource)
/// and description: the same amount under more than one invoice id.
/// *Source.* AWS Marketplace buyer guide: a contract fee is invoiced once, when it is agreed.
/// *False positives.* Instalments of a private offer have other amounts or other descriptions; equal ones
/// cannot be told apart, hence a lower confidence.
struct MarketplaceBilledTwice: Detector {
  static let id: RuleID = "MarketplaceBilledTwice"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Fee", "Purchase"]),
          .isOneOf(.billingEntity, ["AWS Marketplace"]), .isPositive(.unblendedCost),
          .isPresent(.invoiceID),
        ],
        keyedBy: [
          .subAccountID, .serviceName, .productCode, .resourceID, .chargeDescription, .invoiceID,
        ],
        measures: [.sum(.unblendedCost)], captures: Field.evidence + [.unblendedCost])
    ]
  }

  private struct Agreement: Hashable {
    var payer: Text
    var currency: CurrencyCode
    var fields: [Field: Text]
    var amount: Amount

    init(_ suspect: Suspect) {
      payer = suspect.key.billingAccountID
      currency = suspect.currency
      fields = suspect.grouped.filter { $0.key != .invoiceID }
      amount = suspect.measures[0]
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    judgement.unchecked = uncheckedScreens(in: facts)
    let all = try Suspect.all(of: Self.id, measures: 1, in: facts)
    for (agreement, suspects) in Dictionary(grouping: all, by: Agreement.init) {
      let invoices = Set(suspects.compactMap { $0.grouped[.invoiceID]?.string }).sorted()
      guard invoices.count > 1 else { continue }
      let excess = try agreement.amount.multiplied(by: Amount(invoices.count - 1))
      var key = suspects[0].key
      key.detail = Text(
        "\(agreement.fields[.productCode] ?? "") \(agreement.fields[.chargeDescription] ?? "")")
      let places = suspects.flatMap(\.first).map(\.place).sorted()
      judgement.findings.append(
        Self.claim(agreement, invoices, suspects[0].subject, excess).finding(
          key, lines: suspects.reduce(0) { $0 + $1.rows },
          evidence: Array(places.prefix(SuspectGroup.evidenceLimit)),
          selection: Selection(suspects.map(\.grouped), isScreened: true)))
    }
    return judgement
  }

  private static func claim(
    _ agreement: Agreement, _ invoices: [String], _ product: Words, _ excess: Amount
  ) -> Claim {
    let fee = Phrase.money(agreement.amount, agreement.currency)
    let money = Phrase.money(excess, agreement.currency)
    return Claim(
      impact: excess, actual: Phrase.list(invoices), expected: "one invoice",
      explanation: Words(
        "The Marketplace fee for \(product.english), \(fee), stands on invoices \(Phrase.list(invoices)): "
          + "\(money) too much.",
        zh: "Marketplace 产品 \(product.chinese) 的费用 \(fee) 出现在发票 \(Phrase.chineseList(invoices)) 上，"
          + "多收 \(money)。"),
      recommendation: Words(
        "Compare with the agreement's payment schedule, and claim \(money) if it names one payment.",
        zh: "请核对协议的付款计划；如果只有一次付款，请追索 \(money)。"),
      confidence: .likely)
  }
}
