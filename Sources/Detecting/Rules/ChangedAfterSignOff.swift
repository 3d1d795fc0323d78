import BillingModel
import ExactNumbers

/// Charges or documents of a period changed after a person had signed it off.
///
/// *Formula.* Σ billed cost now − Σ billed cost when it was signed, of one payer and currency; what
/// moved in detail is in `restatement.csv`.
/// *Source.* The sign-off, and what the ledger kept of the period with it.
/// *False positives.* None: the books of the period were closed on the earlier state.
struct ChangedAfterSignOff: Detector {
  static let id: RuleID = "ChangedAfterSignOff"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard let signOff = facts.signOff else { return judgement }
    let groups = Dictionary(grouping: facts.movedSinceSignOff) {
      Self.key($0, in: facts.billingPeriod)
    }
    for (key, rows) in groups {
      let (lines, selection) = Self.lines(rows, facts.bookings)
      judgement.findings.append(
        try Self.claim(signOff, key, rows).finding(key, lines: lines, selection: selection))
    }
    return judgement
  }

  /// The finding that counts what moved in a row.
  static func key(_ row: RestatementRow, in period: BillingPeriod) -> FindingKey {
    key(row.key.billingAccountID, period, row.key.currency)
  }

  /// The charges that moved, as far as they are still there; which of their line items have other tags no
  /// column tells.
  private static func lines(_ rows: [RestatementRow], _ bookings: [Booking]) -> (Int, Selection) {
    let moved = Set(
      rows.filter { $0.change.isOfCharges && $0.change != .retagged }.map(\.key))
    let lines = bookings.flatMap(\.charges).filter { moved.contains(RestatementKey($0.key)) }
      .reduce(0) { $0 + $1.sums.lineItems }
    let values: [[Field: Text]] = moved.map { key in
      [
        .invoiceID: key.invoiceID, .subAccountID: key.subAccountID,
        .serviceName: key.serviceName, .lineItemType: key.chargeType.text,
      ]
    }
    return (lines, Selection(values))
  }

  private static func claim(
    _ signOff: SignOff, _ key: FindingKey, _ rows: [RestatementRow]
  ) throws(AmountOverflow) -> Claim {
    let charges = rows.filter(\.change.isOfCharges)
    let before = try Amount.sum(charges.compactMap(\.before))
    let after = try Amount.sum(charges.compactMap(\.after))
    let net = try after - before
    // The words of the column Change are the same in all languages.
    let changes = Dictionary(grouping: rows, by: \.change).map {
      Words("\($1.count) \($0.rawValue)", zh: "\($1.count) 行 \($0.rawValue)")
    }.sorted { $0.english < $1.english }
    let money = Phrase.money(net, key.currency)
    return Claim(
      impact: net, actual: "\(after)", expected: "\(before)",
      explanation: Words(
        "\(key.billingPeriod) was signed off by \(signOff.by) on \(signOff.on) (version "
          + "\(signOff.version)) and changed by \(money) since: \(Phrase.list(changes.map(\.english.string))).",
        zh:
          "\(key.billingPeriod) 账期由\(signOff.by)于 \(signOff.on) 签字关账（第 \(signOff.version) 版），此后变动 \(money)："
          + "\(Phrase.chineseList(changes.map(\.chinese.string)))。"),
      recommendation: Words(
        "Book \(money) in the open period as restatement.csv of \(key.billingPeriod) lists it, and sign the "
          + "period off again once it is settled.",
        zh: "请按 \(key.billingPeriod) 的 restatement.csv 将 \(money) 记入未关账的账期，处理完毕后重新签字关账。"),
      confidence: .proof, leastSeverity: .low)
  }
}
