import BillingModel
import ExactNumbers

/// Two exports of one payer and month do not hold the same money.
///
/// *Formula.* Σ billed cost of the booked export and of another one differ by a cent or more.
/// *Source.* All exports describe the same bill.
/// *False positives.* Formats print costs with different numbers of digits: less than a cent is
/// rounding. Versions of different days may legitimately differ, hence a lower confidence.
struct ExportsDisagree: Detector {
  static let id: RuleID = "ExportsDisagree"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var findings: [FindingKey: Finding] = [:]
    for booking in facts.bookings {
      for shadow in facts.shadows
      where shadow.billingAccountID == booking.billingAccountID
        && shadow.billingPeriod == booking.billingPeriod
      {
        for finding in try Self.findings(booking, beside: shadow) {
          findings[finding.key] = finding
        }
      }
    }
    var judgement = Judgement()
    judgement.findings = Array(findings.values)
    return judgement
  }

  private static func findings(
    _ booking: Booking, beside shadow: Booking
  ) throws(AmountOverflow) -> [Finding] {
    let booked = try booking.groups { $0.key.currency }
    let compared = try shadow.groups { $0.key.currency }
    var findings: [Finding] = []
    for currency in Set(booked.keys).union(compared.keys) {
      let ours = booked[currency] ?? ChargeGroup()
      let theirs = compared[currency] ?? ChargeGroup()
      let difference = try ours.cost - theirs.cost
      guard difference.magnitude >= .cent else { continue }
      var key = key(booking.billingAccountID, booking.billingPeriod, currency)
      key.detail = Text("\(shadow.format.rawValue) \(shadow.exportName)")
      let claim = claim(booking, shadow, ours.cost, theirs.cost, difference, currency)
      findings.append(claim.finding(key, lines: ours.lines, selection: .all))
    }
    return findings
  }

  private static func claim(
    _ booking: Booking, _ shadow: Booking, _ ours: Amount, _ theirs: Amount,
    _ difference: Amount, _ currency: CurrencyCode
  ) -> Claim {
    let sameDay = booking.versionDay == shadow.versionDay
    let held = Phrase.money(ours, currency)
    let other = Phrase.money(theirs, currency)
    let off = Phrase.money(difference.magnitude, currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: difference, actual: "\(ours)",
      expected: "\(theirs)",
      explanation: Words(
        "\(booking.format.rawValue) \(booking.exportName) of \(booking.versionDay) holds \(held), "
          + "\(shadow.format.rawValue) \(shadow.exportName) of \(shadow.versionDay) holds \(other): \(off) apart.",
        zh:
          "\(booking.format.rawValue) \(booking.exportName)（\(booking.versionDay)）合计 \(held)，\(shadow.format.rawValue) "
          + "\(shadow.exportName)（\(shadow.versionDay)）合计 \(other)，相差 \(off)。"),
      recommendation: sameDay
        ? Words(
          "Compare the two by service and account, and ask AWS which one is right.",
          zh: "请按服务和账号比较两份导出，并向 AWS 确认哪一份正确。")
        : Words(
          "Fetch both exports again and compare versions of the same day.",
          zh: "请重新获取两份导出，并比较同一天的版本。"),
      confidence: sameDay ? .strong : .hint, leastSeverity: .low)
  }
}
