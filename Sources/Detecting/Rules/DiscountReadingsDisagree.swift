import BillingModel
import ExactNumbers

/// Discounts come twice, as rows and as columns, and the two do not agree.
///
/// *Formula.* In a group of payer and invoice id that holds discount rows and whose rows all state a
/// net cost, but for tax, credits and refunds, which no discount lowers: |Σ unblended cost with the discount rows
/// − Σ net cost of the other rows| > 10⁻⁶ a row.
/// *Source.* AWS CUR user guide, discount and net columns; CUR 2.0 writes them as doubles, hence the margin.
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
        judgement.findings.append(
          try Self.claim(disagreement).finding(
            key, lines: lines, selection: Selection([[.invoiceID: group.invoiceID]])))
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
    let charges =
      invoice.isEmpty
      ? Words("Charges without invoice come", zh: "没有发票号的费用")
      : Words("Invoice \(invoice) comes", zh: "发票 \(invoice)")
    let unblended = Phrase.money(disagreement.unblended, currency)
    let net = Phrase.money(disagreement.net, currency)
    let off = Phrase.money(difference.magnitude, currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: difference,
      actual: "\(disagreement.unblended)", expected: "\(disagreement.net)",
      explanation: Words(
        "\(charges.english) to \(unblended) with the discount rows, and to \(net) by the net columns: "
          + "\(off) apart.",
        zh: "\(charges.chinese)按折扣行合计为 \(unblended)，按净额列合计为 \(net)，相差 \(off)。"),
      recommendation: Words(
        "Ask AWS which discounts stand in the rows and which in the columns.",
        zh: "请向 AWS 确认哪些折扣以折扣行列示，哪些以净额列列示。"),
      confidence: .strong, leastSeverity: .low)
  }
}
