import BillingModel
import ExactNumbers

/// No document of an issuer ever came, so its charges are not reconciled at all.
///
/// *Formula.* An issuer of charges for which no document of any kind is known.
/// *Source.* The reconciliation.
/// *False positives.* None: it stands in place of one missing invoice after another.
struct InvoicesNeverArrived: Detector {
  static let id: RuleID = "InvoicesNeverArrived"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for entry in facts.reconciliation.issuersWithoutInvoices {
      var key = Self.key(
        entry.billingAccountID, facts.reconciliation.billingPeriod, entry.currency)
      key.detail = entry.issuer
      let lines = Self.lines(of: entry, in: facts)
      judgement.findings.append(
        Self.claim(entry).finding(
          key, lines: lines, selection: Selection([[.invoiceIssuer: entry.issuer]])))
    }
    return judgement
  }

  private static func lines(of entry: IssuerWithoutInvoices, in facts: PeriodFacts) -> Int {
    facts.bookings.flatMap(\.charges).filter {
      $0.key.billingAccountID == entry.billingAccountID && $0.key.invoiceIssuer == entry.issuer
        && $0.key.currency == entry.currency
    }
    .reduce(0) { $0 + $1.sums.lineItems }
  }

  private static func claim(_ entry: IssuerWithoutInvoices) -> Claim {
    let cost = Phrase.money(entry.charged, entry.currency)
    let issuer = Phrase.name(entry.issuer, or: Words("an unnamed issuer", zh: "未注明的开票方"))
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: entry.charged, actual: "no document",
      expected: "\(entry.charged)",
      explanation: Words(
        "\(cost) of \(issuer.english) are not reconciled: no invoice of this issuer was ever put into the inbox.",
        zh: "\(issuer.chinese)的费用 \(cost) 未经对账：inbox 中从未收到该开票方的发票。"),
      recommendation: Words(
        "Arrange for the invoices of \(issuer.english) to be delivered to the inbox.",
        zh: "请安排将\(issuer.chinese)的发票投递到 inbox。"),
      confidence: .proof, leastSeverity: .medium)
  }
}
