import BillingModel
import ExactNumbers

/// The upfront fee of one commitment is charged more than once.
///
/// *Formula.* By reservation or savings plan: rows of type `Fee` or `SavingsPlanUpfrontFee`, in this and all
/// earlier booked months, less refunds, come to more than one fee, and one of them stands in this month.
/// *Source.* AWS CUR user guide: an upfront fee is charged once, at purchase.
/// *False positives.* A fee that was refunded in part and charged anew, hence a lower confidence where
/// there is a refund.
struct UpfrontFeeTwice: Detector {
  static let id: RuleID = "UpfrontFeeTwice"
  static let looksBack = true
  private static let fees: Set<Text> = ["Fee", "SavingsPlanUpfrontFee"]

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Fee", "Refund", "SavingsPlanUpfrontFee"]),
          .anyOf([.isPresent(.reservationARN), .isPresent(.savingsPlanARN)]),
          .isNonZero(.unblendedCost),
        ],
        keyedBy: [.subAccountID, .serviceName, .lineItemType, .reservationARN, .savingsPlanARN],
        measures: [.sum(.unblendedCost)], captures: Field.evidence + [.unblendedCost])
    ]
  }

  private struct Commitment: Hashable {
    var payer: Text
    var currency: CurrencyCode
    var name: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    judgement.unchecked = uncheckedScreens(in: facts, needing: "Fee")
    let now = try Suspect.all(of: Self.id, measures: 1, in: facts)
    let before = Suspect.each(of: Self.id, measures: 1, in: facts.earlierSuspects)
    let earlier = Dictionary(grouping: before, by: Self.commitment)
    for (commitment, suspects) in Dictionary(grouping: now, by: Self.commitment) {
      let all = suspects + (earlier[commitment] ?? [])
      guard let finding = try Self.finding(commitment, now: suspects, all: all) else { continue }
      judgement.findings.append(finding)
    }
    return judgement
  }

  private static func commitment(_ suspect: Suspect) -> Commitment {
    Commitment(
      payer: suspect.key.billingAccountID, currency: suspect.currency, name: suspect.commitment)
  }

  private static func finding(
    _ commitment: Commitment, now: [Suspect], all: [Suspect]
  ) throws(AmountOverflow) -> Finding? {
    let charged = all.filter { fees.contains($0.grouped[.lineItemType] ?? "") }
    let refunds = all.filter { !fees.contains($0.grouped[.lineItemType] ?? "") }
    let count = charged.reduce(0) { $0 + $1.rows }
    guard let own = now.first(where: { fees.contains($0.grouped[.lineItemType] ?? "") }),
      count > 1, let once = firstFee(of: charged)
    else { return nil }
    let total = try Amount.sum((charged + refunds).map { $0.measures[0] })
    let excess = try total - once
    guard excess >= .cent else { return nil }
    var key = key(commitment.payer, own.key.billingPeriod, commitment.currency)
    key.subAccountID = own.key.subAccountID
    key.serviceName = own.key.serviceName
    key.detail = commitment.name
    // Only both fees together show that there are two: those of this month first, in case there are many.
    let earlier = all.filter { $0.key.billingPeriod != own.key.billingPeriod }
    let places =
      now.flatMap(\.first).map(\.place).sorted() + earlier.flatMap(\.first).map(\.place).sorted()
    var selection = Selection(all.map(\.grouped), isScreened: true)
    selection.otherPeriods = Set(earlier.map(\.key.billingPeriod)).sorted()
    let claim = claim(commitment, count, once, total, excess, hasRefund: !refunds.isEmpty)
    return claim.finding(
      key, lines: all.reduce(0) { $0 + $1.rows },
      evidence: Array(places.prefix(SuspectGroup.evidenceLimit)),
      selection: selection)
  }

  /// The lowest of the fees that are among the evidence.
  private static func firstFee(of charged: [Suspect]) -> Amount? {
    charged.flatMap { $0.values(.unblendedCost) }
      .compactMap { try? Amount(parsing: $0.string) }.filter(\.isPositive).min()
  }

  private static func claim(
    _ commitment: Commitment, _ count: Int, _ once: Amount, _ total: Amount, _ excess: Amount,
    hasRefund: Bool
  ) -> Claim {
    let money = Phrase.money(excess, commitment.currency)
    let fee = Phrase.money(once, commitment.currency)
    let name = commitment.name
    return Claim(
      impact: excess, actual: "\(total)", expected: "\(once)",
      explanation: Words(
        "The upfront fee of \(name), \(fee), is charged \(count) times: \(money) too much.",
        zh: "\(name) 的预付费用 \(fee) 被收取 \(count) 次，多收 \(money)。"),
      recommendation: Words(
        "Claim \(money) unless the commitment was bought anew.",
        zh: "除非该承诺曾重新购买，否则请追索 \(money)。"),
      confidence: hasRefund ? .hint : .strong)
  }
}
