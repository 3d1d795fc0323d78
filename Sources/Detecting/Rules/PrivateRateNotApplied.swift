import BillingModel
import ExactNumbers

/// A unit costs something else than the private rate that was agreed for it.
///
/// *Formula.* `Usage` of an agreed usage type (and SKU), by account, whose rate is not the agreed one:
/// cost − cost·agreed/rate, where the net cost counts if rows state one and it is lower.
/// *Source.* The contract; AWS CUR user guide, `UnblendedRate`.
/// *False positives.* The days of the agreement must cover the whole month, or the rate is not checked. A
/// private rate that is granted as `PrivateRateDiscount` rows leaves the rate as it is: not checked either.
struct PrivateRateNotApplied: Detector {
  static let id: RuleID = "PrivateRateNotApplied"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let agreed = facts.contract.terms.privateRates else {
      return .unchecked(Self.unchecked("the contract names no private rates (privateRates)"))
    }
    return try Self.judgePrices(of: facts.bookings) { (booking) throws(AmountOverflow) in
      var judgement = Judgement()
      for entry in agreed where entry.billingAccountID.isAny(or: booking.billingAccountID) {
        guard entry.span.touches(booking.billingPeriod) else { continue }
        if let reason = Self.obstacle(entry, booking) {
          judgement.unchecked.append(Self.unchecked(booking, reason))
        } else {
          judgement.findings += try Self.findings(entry, booking)
        }
      }
      return judgement
    }
  }

  private static func obstacle(
    _ entry: ContractTerms.PrivateRate, _ booking: Booking
  ) -> String? {
    guard entry.span.covers(booking.billingPeriod) else {
      return "the private rate of \(entry.usageType) holds for a part of the month only"
    }
    let hasRows = booking.charges.contains { $0.key.chargeType == "PrivateRateDiscount" }
    return hasRows ? "private rates are granted as rows of type PrivateRateDiscount" : nil
  }

  private static func findings(
    _ entry: ContractTerms.PrivateRate, _ booking: Booking
  ) throws(AmountOverflow) -> [Finding] {
    var findings: [Finding] = []
    for price in booking.prices
    where price.usageType == entry.usageType && entry.skuID.isAny(or: price.skuID) {
      guard let rate = price.rate, rate.isPositive, rate != entry.rate,
        price.sums.unblended.isPositive
      else { continue }
      let due = try price.sums.unblended.part(entry.rate, of: rate)
      let charged = min(price.sums.unblended, price.sums.netUnblended)
      let excess = try charged - due
      // What a net cost takes off besides is another agreement's.
      let isNet = price.sums.netUnblended != price.sums.unblended
      guard excess.isPositive || !isNet, excess.magnitude > .ppm(1) else { continue }
      var key = key(booking.billingAccountID, booking.billingPeriod, price.currency)
      key.subAccountID = price.subAccountID
      key.serviceName = price.serviceName
      key.usageType = price.usageType
      key.detail = price.skuID
      findings.append(
        claim(price, rate, entry.rate, charged, due, excess)
          .finding(
            key, lines: price.sums.lineItems, selection: Selection([price.values])))
    }
    return findings
  }

  private static func claim(
    _ price: PriceSummary, _ rate: Amount, _ agreed: Amount, _ charged: Amount, _ due: Amount,
    _ excess: Amount
  ) -> Claim {
    let money = Phrase.money(charged, price.currency)
    let right = Phrase.money(due, price.currency)
    let off = Phrase.money(excess.magnitude, price.currency)
    return Claim(
      impact: excess, actual: "\(rate)", expected: "\(agreed)",
      explanation: Words(
        "\(price.usageType) in account \(price.subAccountID) is charged at \(rate), \(money) in all; at "
          + "the agreed \(agreed) it is \(right), \(off) \(excess.isNegative ? "more" : "less").",
        zh:
          "账号 \(price.subAccountID) 的 \(price.usageType) 按单价 \(rate) 计费，共 \(money)；按约定单价 \(agreed) "
          + "应为 \(right)，\(excess.isNegative ? "应多" : "应少") \(off)。"),
      recommendation: Words(
        "Show the price agreement to AWS and ask for a correction of \(off).",
        zh: "请向 AWS 出示价格协议，要求更正 \(off)。"
      ).lessDiscount,
      confidence: .strong)
  }
}
