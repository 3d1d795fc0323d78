import BillingModel
import ExactNumbers

/// Discounts come twice, as rows and as columns, and the two do not agree.
///
/// *Formula.* In a group of payer and invoice id that holds discount rows and whose rows all state a
/// net cost: Σ unblended cost with the discount rows ≠ Σ net cost of the other rows.
/// *Source.* AWS CUR user guide, discount and net columns.
/// *False positives.* None: both readings describe the same bill. The rows are what is counted.
struct DiscountReadingsDisagree: Detector {
  static let id: RuleID = "DiscountReadingsDisagree"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      for disagreement in try ChargeBook(booking.charges).disagreements {
        let group = disagreement.group
        var key = Self.key(group.billingAccountID, group.billingPeriod, group.currency)
        key.invoiceID = group.invoiceID
        let lines = booking.charges.filter { ChargeBook.Group($0.key) == group }
          .reduce(0) { $0 + $1.sums.lineItems }
        judgement.findings.append(try Self.claim(disagreement).finding(key, lines: lines))
      }
    }
    return judgement
  }

  private static func claim(
    _ disagreement: ChargeBook.Disagreement
  ) throws(AmountOverflow) -> Claim {
    let currency = disagreement.group.currency
    let difference = try disagreement.unblended - disagreement.net
    let invoice = disagreement.group.invoiceID
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: difference,
      actual: "\(disagreement.unblended)", expected: "\(disagreement.net)",
      explanation:
        "\(invoice.isEmpty ? "Charges without invoice come" : "Invoice \(invoice) comes") to "
        + "\(Phrase.money(disagreement.unblended, currency)) with the discount rows, and to "
        + "\(Phrase.money(disagreement.net, currency)) by the net columns: "
        + "\(Phrase.money(difference.magnitude, currency)) apart.",
      recommendation: "Ask AWS which discounts stand in the rows and which in the columns.",
      confidence: .strong, leastSeverity: .low)
  }
}
