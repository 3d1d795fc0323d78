import BillingModel
import ExactNumbers

/// A credit is used after its last day, beyond its amount, or for products that it is not for.
///
/// *Formula.* Lines of type `Credit` whose description names an agreed credit: all of them, where the month
/// lies outside its days; Σ over all booked months and what was used before > the amount; or a product code
/// that is not among its products. At stake is what AWS may take back.
/// *Source.* The contract (the letter that granted the credit).
/// *False positives.* Credits are shared between payers: name the payer. A month that the last day divides
/// is judged by the days of its lines only where all of them are among the evidence.
struct CreditNotAsGranted: Detector {
  static let id: RuleID = "CreditNotAsGranted"
  static let looksBack = true

  var screens: [Screen] { [.credits(Self.id)] }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeCredits(in: facts) { (use, booking) throws(AmountOverflow) in
      var claims: [(detail: String, claim: Claim)] = []
      if let claim = try Self.outsideDays(use, booking) { claims.append(("days", claim)) }
      if let claim = try Self.overAmount(use) { claims.append(("amount", claim)) }
      if let claim = try Self.otherProducts(use) { claims.append(("products", claim)) }
      return claims
    }
  }

  private static func outsideDays(
    _ use: CreditUse, _ booking: Booking
  ) throws(AmountOverflow) -> Claim? {
    let span = use.credit.span
    if span.covers(booking.billingPeriod) { return nil }
    var late: [Suspect] = []
    for suspect in use.now {
      let days = suspect.values(.chargePeriodStart).compactMap { Moment($0.string)?.day }
      let isOutside = suspect.isWhole && !days.contains { span.contains($0) }
      if !span.touches(booking.billingPeriod) || isOutside { late.append(suspect) }
    }
    let amount = try use.amount(late)
    guard amount.isPositive else { return nil }
    let money = Phrase.money(amount, use.credit.currency)
    let days = "\(span.from.map(\.description) ?? "…") – \(span.to.map(\.description) ?? "…")"
    return Claim(
      impact: -amount, actual: "\(booking.billingPeriod)", expected: days,
      explanation: Words(
        "Credit \(use.credit.name) takes off \(money) in \(booking.billingPeriod), outside its days "
          + "(\(days)).",
        zh: "抵扣金 \(use.credit.name) 在 \(booking.billingPeriod) 抵扣 \(money)，不在其有效期（\(days)）内。"),
      recommendation: Words(
        "Keep \(money) apart until AWS confirms that the credit was extended.",
        zh: "在 AWS 确认抵扣金已延期之前，请将 \(money) 单独列账。"),
      confidence: .strong)
  }

  private static func overAmount(_ use: CreditUse) throws(AmountOverflow) -> Claim? {
    let now = try use.amount(use.now)
    let total = try use.usedBefore() + now
    let excess = min(try total - use.credit.amount, now)
    guard excess.isPositive else { return nil }
    let currency = use.credit.currency
    let money = Phrase.money(excess, currency)
    let all = Phrase.money(total, currency)
    let granted = Phrase.money(use.credit.amount, currency)
    return Claim(
      impact: -excess, actual: "\(total)", expected: "at most \(use.credit.amount)",
      explanation: Words(
        "Credit \(use.credit.name) has taken off \(all) so far, of \(granted) granted: \(money) too "
          + "much this month.",
        zh: "抵扣金 \(use.credit.name) 迄今已抵扣 \(all)，而授予额为 \(granted)，本月多抵扣 \(money)。"),
      recommendation: Words(
        "Expect AWS to charge \(money) again, and ask for a statement of the credit.",
        zh: "AWS 可能会重新收取 \(money)，请索取该抵扣金的对账单。"),
      confidence: .strong)
  }

  private static func otherProducts(_ use: CreditUse) throws(AmountOverflow) -> Claim? {
    let products = use.credit.products
    if products.isEmpty { return nil }
    let others = use.now.filter { !products.contains($0.grouped[.productCode] ?? "") }
    let amount = try use.amount(others)
    guard amount.isPositive else { return nil }
    let money = Phrase.money(amount, use.credit.currency)
    let names = Set(others.map { ($0.grouped[.productCode] ?? "").string }).sorted()
    let allowed = products.sorted().map(\.string)
    return Claim(
      impact: -amount, actual: Phrase.list(names), expected: Phrase.list(allowed),
      explanation: Words(
        "Credit \(use.credit.name) takes off \(money) from \(Phrase.list(names)), but it is for "
          + "\(Phrase.list(allowed)).",
        zh: "抵扣金 \(use.credit.name) 对 \(Phrase.chineseList(names)) 抵扣 \(money)，而其适用范围是 "
          + "\(Phrase.chineseList(allowed))。"),
      recommendation: Words(
        "Ask AWS to apply \(money) to the products that the credit is for.",
        zh: "请要求 AWS 将 \(money) 用于该抵扣金适用的产品。"),
      confidence: .strong)
  }
}
