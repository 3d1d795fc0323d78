import BillingModel
import ExactNumbers

/// The lines of one agreed credit.
struct CreditUse {
  let credit: ContractTerms.Credit
  /// Of the month that is judged, and of those before.
  var now: [Suspect]
  var before: [Suspect]

  /// Above zero where money was taken off.
  func amount(_ suspects: [Suspect]) throws(AmountOverflow) -> Amount {
    try -Amount.sum(suspects.map { $0.measures[0] })
  }

  func usedBefore() throws(AmountOverflow) -> Amount { try credit.used + amount(before) }
}

extension Screen {
  /// All lines of credits, by what they say of themselves.
  static func credits(_ rule: RuleID) -> Screen {
    Screen(
      rule: rule, rows: [.isOneOf(.lineItemType, ["Credit"])],
      keyedBy: [.subAccountID, .serviceName, .productCode, .chargeDescription],
      measures: [.sum(.unblendedCost)], captures: Field.evidence + [.unblendedCost])
  }
}

extension Detector {
  /// Judges how each agreed credit was used by each payer.
  func judgeCredits(
    in facts: PeriodFacts,
    _ judge: (CreditUse, Booking) throws(AmountOverflow) -> [(detail: String, claim: Claim)]
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard let agreed = facts.contract.terms.credits else {
      judgement.unchecked = [Self.unchecked("the contract names no credits (credits)")]
      return judgement
    }
    judgement.unchecked = uncheckedScreens(in: facts)
    let now = try Suspect.all(of: Self.id, measures: 1, in: facts)
    let before = Suspect.each(of: Self.id, measures: 1, in: facts.earlierSuspects)
    for booking in facts.bookings where !uncheckedIn(booking) {
      for credit in agreed where credit.billingAccountID.isAny(or: booking.billingAccountID) {
        let isOf = { (suspect: Suspect) in
          suspect.key.billingAccountID == booking.billingAccountID
            && suspect.currency == credit.currency
            && (suspect.grouped[.chargeDescription] ?? "").string.contains(credit.name.string)
        }
        let use = CreditUse(
          credit: credit, now: now.filter(isOf), before: before.filter(isOf))
        for (detail, claim) in try judge(use, booking) {
          var key = Self.key(
            booking.billingAccountID, booking.billingPeriod, credit.currency)
          key.detail = Text("\(credit.name) \(detail)")
          let lines = use.now.reduce(0) { $0 + $1.rows }
          let places = use.now.flatMap(\.first).map(\.place).sorted()
          judgement.findings.append(
            claim.finding(
              key, lines: lines, evidence: Array(places.prefix(SuspectGroup.evidenceLimit)),
              selection: Selection(use.now.map(\.grouped), isScreened: true)))
        }
      }
    }
    return judgement
  }

  private func uncheckedIn(_ booking: Booking) -> Bool {
    booking.contents.unchecked.contains { $0.rule == Self.id }
  }
}
