import BillingModel
import ExactNumbers

/// A commitment is charged for more or fewer hours than it ran.
///
/// *Formula.* By reservation or savings plan, in a final month: Σ hours of `RIFee` or
/// `SavingsPlanRecurringFee` ≠ hours of month ∩ term, times the number of reservations, by more than an hour
/// for each of these. At stake are the hours off at the average rate.
/// *Source.* AWS CUR user guide: one hourly fee for each reservation and hour of its term, in UTC.
/// *False positives.* The hours at both ends of a term are rounded, which the margin covers. Fees without
/// cost (paid upfront) say nothing. A commitment whose rows state different terms is left out.
struct CommitmentHoursWrong: Detector {
  static let id: RuleID = "CommitmentHoursWrong"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.commitmentFees), .isNonZero(.unblendedCost),
          .isPresent(.commitmentStart), .isPresent(.commitmentEnd), .isPositive(.consumedQuantity),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType, .reservationARN, .savingsPlanARN],
        measures: [.sum(.consumedQuantity), .sum(.unblendedCost)],
        captures: Field.evidence + [.commitmentStart, .commitmentEnd, .reservationCount])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = try judgeSuspects(in: facts, needing: "RIFee") {
      (suspect) throws(AmountOverflow) in
      guard !facts.openPayers.contains(suspect.key.billingAccountID),
        let (due, margin) = try Self.hoursDue(suspect)
      else { return nil }
      let hours = suspect.measures[0]
      let off = try hours - due
      guard off.magnitude > margin, due.isPositive else { return nil }
      let cost = try suspect.measures[1].part(off.magnitude, of: hours)
      return Self.claim(suspect, hours, due, off, cost)
    }
    for payer in facts.openPayers.sorted() {
      judgement.unchecked.append(Self.unchecked("payer \(payer): the month is not final"))
    }
    return judgement
  }

  /// Nil where the rows do not agree on one term.
  private static func hoursDue(
    _ suspect: Suspect
  ) throws(AmountOverflow) -> (due: Amount, margin: Amount)? {
    let starts = suspect.values(.commitmentStart).compactMap { Moment($0.string) }
    let ends = suspect.values(.commitmentEnd).compactMap { Moment($0.string) }
    guard starts.count == 1, ends.count == 1 else { return nil }
    let counts = suspect.values(.reservationCount).compactMap { try? Amount(parsing: $0.string) }
    guard counts.count <= 1 else { return nil }
    let period = suspect.key.billingPeriod
    let from = max(starts[0].seconds, Moment(period.firstDay).seconds)
    let to = min(ends[0].seconds, Moment(period.end).seconds)
    // An hour that has begun is charged.
    let hours = max(0, (to - from + 3599) / 3600)
    let count = counts.first ?? .one
    return (try Amount(hours).multiplied(by: count), count)
  }

  private static func claim(
    _ suspect: Suspect, _ hours: Amount, _ due: Amount, _ off: Amount, _ cost: Amount
  ) -> Claim {
    let money = Phrase.money(cost, suspect.currency)
    let name = suspect.commitmentName
    let isLess = off.isNegative
    return Claim(
      impact: isLess ? -cost : cost, actual: "\(hours) hours", expected: "\(due) hours",
      explanation: Words(
        "Commitment \(name.english) is charged for \(hours) hours where its term gives \(due): "
          + "\(off.magnitude) too \(isLess ? "few" : "many"), about \(money).",
        zh: "承诺\(name.chinese)收费 \(hours) 小时，按期限应为 \(due) 小时，\(isLess ? "少" : "多") "
          + "\(off.magnitude) 小时，约 \(money)。"),
      recommendation: Words(
        "Compare the fee with the commitment's start and end, and ask AWS to correct \(money).",
        zh: "请核对该承诺的起止时间，要求 AWS 更正 \(money)。"),
      confidence: .strong)
  }
}
