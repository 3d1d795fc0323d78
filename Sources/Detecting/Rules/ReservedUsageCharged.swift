import BillingModel
import ExactNumbers

/// Usage that a reservation covers is charged all the same.
///
/// *Formula.* `DiscountedUsage` lines with a cost that is not zero.
/// *Source.* AWS CUR user guide, `DiscountedUsage`: its rate and cost are zero, the price is in the
/// reservation's fee.
/// *False positives.* None by definition. FOCUS has no such type, so its exports are not checked.
struct ReservedUsageCharged: Detector {
  static let id: RuleID = "ReservedUsageCharged"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [.isOneOf(.lineItemType, ["DiscountedUsage"]), .isNonZero(.unblendedCost)],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.reservationARN, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = try judgeSuspects(in: facts) { suspect in
      let charged = suspect.measures[0]
      let cost = Phrase.money(charged, suspect.currency)
      return Claim(
        impact: charged, actual: "\(charged)", expected: "0.00",
        explanation: "A reservation covers \(suspect.lines) of \(suspect.key.usageType) for which "
          + "\(cost) are charged all the same.",
        recommendation: "Claim \(cost) from AWS: covered usage is paid by the reservation's fee.",
        confidence: .proof, leastSeverity: .low)
    }
    judgement.unchecked += Self.formatsWithoutType(facts, "DiscountedUsage")
    return judgement
  }
}

extension Detector {
  /// Bookings whose format cannot name a line item type of CUR.
  static func formatsWithoutType(_ facts: PeriodFacts, _ type: String) -> [UncheckedRule] {
    facts.bookings.filter { $0.format == .focus10 || $0.format == .focus12 }.map {
      unchecked($0, "\($0.format.rawValue) has no line item type \(type)")
    }
  }
}
