import BillingModel
import ExactNumbers

/// A line item type that no table knows.
///
/// *Formula.* The type is none of CUR's or FOCUS's, and does not end in `Discount`.
/// *Source.* AWS CUR user guide, `lineItem/LineItemType`; FOCUS 1.0 and 1.2, `ChargeCategory`.
/// *False positives.* None: its money counts in every sum, it is only not classified.
struct UnknownLineItemType: Detector {
  static let id: RuleID = "UnknownLineItemType"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var type: ChargeType
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      let groups = try booking.groups { charge in
        charge.key.chargeType.chargeClass == .other
          ? Place(currency: charge.key.currency, type: charge.key.chargeType) : nil
      }
      judgement.findings += groups.map { place, group in
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.detail = place.type.text
        return Self.claim(group, place).finding(
          key, lines: group.lines, selection: Selection([[.lineItemType: place.type.text]]))
      }
    }
    return judgement
  }

  private static func claim(_ group: ChargeGroup, _ place: Place) -> Claim {
    let money = Phrase.money(group.cost, place.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: group.gross, actual: "\(place.type)",
      expected: "a line item type of CUR or FOCUS",
      explanation: Words(
        "\(Phrase.are(group.lines, "line item")) of the type \(place.type), which is in no table; \(money) of "
          + "it are counted as charges.",
        zh: "\(group.lines) 条明细的行项目类型为\(place.type)，不在任何类型表中，其中 \(money) 计为费用。"),
      recommendation: Words(
        "Look the type up in the user guide and have it added to the table of charge types.",
        zh: "请查阅用户指南，并将该类型加入费用类型表。"),
      confidence: .proof, leastSeverity: .low)
  }
}
