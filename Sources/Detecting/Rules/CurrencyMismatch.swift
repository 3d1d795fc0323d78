import BillingModel
import ExactNumbers

/// A payer is billed in a currency that is not its own.
///
/// *Formula.* Charges of a payer in another currency than the contract names (without a contract: than
/// most of its line items are in); and lines whose pricing currency differs from their billing
/// currency. At stake is the gross cost in the other currency.
/// *Source.* The contract; AWS CUR user guide, `lineItem/CurrencyCode` and `pricing/currency`.
/// *False positives.* FOCUS 1.2 and some sellers price in another currency on purpose, so a pricing
/// currency is only a hint.
struct CurrencyMismatch: Detector {
  static let id: RuleID = "CurrencyMismatch"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id, rows: [.differs(.pricingCurrency, .billingCurrency)],
        keyedBy: [.pricingCurrency], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.pricingCurrency, .billingCurrency])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = try judgeSuspects(in: facts, Self.pricedOtherwise)
    for booking in facts.bookings {
      let expected = Self.expectedCurrency(of: booking, facts.contract)
      if expected.isGuess {
        judgement.unchecked.append(
          Self.unchecked(booking, "the contract names no currency for the payer"))
      }
      let groups = try booking.groups { $0.key.currency }
      for (currency, group) in groups.sorted(by: { $0.key < $1.key })
      where currency != expected.currency {
        let key = Self.key(booking.billingAccountID, booking.billingPeriod, currency)
        judgement.findings.append(
          Self.claim(group, currency, expected).finding(
            key, lines: group.lines, selection: .all))
      }
    }
    return judgement
  }

  private typealias Expectation = (currency: CurrencyCode, isGuess: Bool)

  private static func expectedCurrency(of booking: Booking, _ contract: Contract) -> Expectation {
    let payer = contract.payers?.first { $0.billingAccountID == booking.billingAccountID }
    if let payer { return (payer.currency, false) }
    return (booking.mainCurrency, true)
  }

  private static func claim(
    _ group: ChargeGroup, _ currency: CurrencyCode, _ expected: Expectation
  ) -> Claim {
    let money = Phrase.money(group.cost, currency)
    return Claim(
      impact: .zero, atStake: group.gross, actual: "\(currency)", expected: "\(expected.currency)",
      explanation: Words(
        "\(Phrase.are(group.lines, "line item")) billed in \(currency), \(money) in all, where the payer's "
          + "currency is \(expected.currency).",
        zh: "\(group.lines) 条明细以 \(currency) 计费，共 \(money)，而付款账号的币种是 \(expected.currency)。"),
      recommendation: Words(
        "Check the payer's payment currency, and add it to the contract if it is right.",
        zh: "请核对付款账号的付款币种；如果正确，请加入合同。"),
      confidence: expected.isGuess ? .likely : .strong, leastSeverity: .medium)
  }

  private static func pricedOtherwise(_ suspect: Suspect) -> Claim? {
    let pricing = suspect.key.detail
    let cost = suspect.measures[0]
    let money = Phrase.money(cost, suspect.currency)
    return Claim(
      impact: .zero, atStake: cost, actual: "\(pricing)", expected: "\(suspect.currency)",
      explanation: Words(
        "\(Phrase.are(suspect.rows, "line item")) billed in \(suspect.currency), \(money) in all, from "
          + "prices in another currency (\(pricing)).",
        zh: "\(suspect.rows) 条明细以 \(suspect.currency) 计费，共 \(money)，而定价使用另一币种（\(pricing)）。"),
      recommendation: Words(
        "Ask for the exchange rate that was used and compare it with the day's rate.",
        zh: "请索取所用的汇率，并与当日汇率比较。"),
      confidence: .hint)
  }
}

extension Booking {
  /// The currency of most line items; of equals, the first by bytes.
  var mainCurrency: CurrencyCode {
    var lines: [CurrencyCode: Int] = [:]
    for charge in charges { lines[charge.key.currency, default: 0] += charge.sums.lineItems }
    let ordered = lines.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return ordered.first?.key ?? ""
  }
}
