import BillingModel
import ExactNumbers

/// Charges or documents of a period changed after a person had signed it off.
///
/// *Formula.* Σ billed cost now − Σ billed cost when it was signed, of one payer and currency; what moved
/// in detail is in `restatement.csv`.
/// *Source.* The sign-off, and what the ledger kept of the period with it.
/// *False positives.* None: the books of the period were closed on the earlier state.
struct ChangedAfterSignOff: Detector {
  static let id: RuleID = "ChangedAfterSignOff"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard let signOff = facts.signOff else {
      judgement.unchecked = [
        UncheckedRule(rule: Self.id, reason: "the period is not signed off")
      ]
      return judgement
    }
    let groups = Dictionary(grouping: facts.movedSinceSignOff) {
      Self.key($0, in: facts.billingPeriod)
    }
    for (key, rows) in groups {
      let net = try Amount.sum(rows.compactMap(\.difference))
      let lines = rows.compactMap { $0.lineItemsAfter ?? $0.lineItemsBefore }.reduce(0, +)
      judgement.findings.append(Self.claim(signOff, key, net, rows).finding(key, lines: lines))
    }
    return judgement
  }

  /// The finding that counts what moved in a row.
  static func key(_ row: RestatementRow, in period: BillingPeriod) -> FindingKey {
    key(row.key.billingAccountID, period, row.key.currency)
  }

  private static func claim(
    _ signOff: SignOff, _ key: FindingKey, _ net: Amount, _ rows: [RestatementRow]
  ) -> Claim {
    let changes = Dictionary(grouping: rows, by: \.change).map { "\($1.count) \($0.rawValue)" }
    let money = Phrase.money(net, key.currency)
    return Claim(
      impact: net, actual: "\(net) more than signed", expected: "no change after the sign-off",
      explanation:
        "\(key.billingPeriod) was signed off by \(signOff.by) on \(signOff.on) (version "
        + "\(signOff.version)) and changed by \(money) since: "
        + "\(Phrase.list(changes.sorted())).",
      recommendation:
        "Book \(money) in the open period; restatement.csv of \(key.billingPeriod) lists what "
        + "moved. Once it is settled, sign the period off again.",
      confidence: .proof, leastSeverity: .low)
  }
}
