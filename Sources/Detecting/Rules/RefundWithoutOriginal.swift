import BillingModel
import ExactNumbers

/// More is refunded than was charged.
///
/// *Formula.* By account and product: |Σ refunds| > Σ usage and fees above zero in this and the previous
/// month; at stake is the difference.
/// *Source.* A refund gives back a charge (AWS CUR user guide, `LineItemType` Refund).
/// *False positives.* A refund of an older charge, or one that stands under another account, hence a hint.
/// Without the month before the rule is not checked.
struct RefundWithoutOriginal: Detector {
  static let id: RuleID = "RefundWithoutOriginal"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var account: Text
    var product: Text

    init(_ key: ChargeKey) {
      currency = key.currency
      account = key.subAccountID
      product = key.productCode
    }

    var refunds: [Field: [Text]] {
      [
        .lineItemType: ChargeType.known(as: [.refund]), .subAccountID: [account],
        .productCode: [product],
      ]
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      let refunds = booking.charges.filter { $0.key.chargeType.chargeClass == .refund }
      if refunds.isEmpty { continue }
      guard let before = facts.previous(of: booking) else {
        judgement.unchecked.append(Self.unchecked(booking, "the month before is not booked"))
        continue
      }
      var charged: [Place: Amount] = [:]
      for charge in booking.charges + before.charges where Self.isOriginal(charge) {
        try charged[Place(charge.key), default: .zero] += charge.billedCost
      }
      for (place, same) in Dictionary(grouping: refunds, by: { Place($0.key) }) {
        let refunded = try -Amount.sum(same.map(\.billedCost))
        let original = charged[place] ?? .zero
        let excess = try refunded - original
        guard excess >= .cent else { continue }
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.subAccountID = place.account
        key.serviceName = same.map(\.key.serviceName).min() ?? ""
        judgement.findings.append(
          Self.claim(key, refunded, original, excess)
            .finding(
              key, lines: same.reduce(0) { $0 + $1.sums.lineItems },
              selection: Selection(alternatives: [place.refunds])))
      }
    }
    return judgement.asAnomalies(facts)
  }

  private static func isOriginal(_ charge: ChargeSummary) -> Bool {
    let type = charge.key.chargeType.chargeClass
    return (type == .usage || type == .purchase) && charge.billedCost.isPositive
  }

  private static func claim(
    _ key: FindingKey, _ refunded: Amount, _ original: Amount, _ excess: Amount
  ) -> Claim {
    let back = Phrase.money(refunded, key.currency)
    let paid = Phrase.money(original, key.currency)
    let money = Phrase.money(excess, key.currency)
    return Claim(
      kind: .anomaly, impact: -excess, actual: "\(refunded)", expected: "at most \(original)",
      explanation: Words(
        "\(back) of \(key.serviceName) is refunded to account \(key.subAccountID), where \(paid) was "
          + "charged in this and the previous month: \(money) has no charge behind it.",
        zh: "账号 \(key.subAccountID) 的 \(key.serviceName) 退款 \(back)，而本月和上月只收费 \(paid)，"
          + "\(money) 没有对应的原收费。"),
      recommendation: Words(
        "Ask AWS which charge the refund of \(back) belongs to, and book it there.",
        zh: "请向 AWS 询问 \(back) 退款对应哪一笔收费，并据此入账。"),
      confidence: .hint)
  }
}
