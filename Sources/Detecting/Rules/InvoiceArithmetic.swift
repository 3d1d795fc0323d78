import BillingModel
import ExactNumbers

/// An invoice does not add up.
///
/// *Formula.* A rule of arithmetic fails on the document: lines and total, net and tax, tax and rate.
/// At stake is the largest difference between what is stated and what it comes to.
/// *Source.* EN 16931, BR-CO-10 to BR-CO-17 and BR-DEC; Peppol BIS 3, PEPPOL-EN16931-R120; for other
/// documents the identities of their lines, tax breakdown and totals.
/// *False positives.* Each rule holds with the rounding of its standard and only on what is present; R120
/// is Peppol's, and a document that is not sent through Peppol need not keep it.
struct InvoiceArithmetic: Detector {
  static let id: RuleID = "InvoiceArithmetic"

  private struct Failure {
    let check: ArithmeticCheck
    /// Stated − computed.
    let difference: Amount

    init(_ check: ArithmeticCheck) throws(AmountOverflow) {
      self.check = check
      difference = try (check.stated ?? .zero) - (check.computed ?? .zero)
    }

    /// The rule, and where in the document it fails.
    var name: String {
      check.rule.rawValue + (check.subject.map { " (\($0))" } ?? "")
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var findings: [FindingKey: Finding] = [:]
    // What was taken back is not paid. The same document may have come twice; by place, so that the first
    // one stands for both.
    let gone = facts.takenBack
    for invoice in facts.invoices.sorted(by: { $0.place < $1.place })
    where !gone.contains(invoice.place) {
      guard let finding = try Self.finding(invoice, facts.billingPeriod),
        findings[finding.key] == nil
      else { continue }
      findings[finding.key] = finding
    }
    var judgement = Judgement()
    judgement.findings = Array(findings.values)
    return judgement
  }

  private static func finding(
    _ invoice: Invoice, _ period: BillingPeriod
  ) throws(AmountOverflow) -> Finding? {
    var failures: [Failure] = []
    for check in invoice.checks where !check.holds { failures.append(try Failure(check)) }
    failures.sort {
      $0.difference.magnitude != $1.difference.magnitude
        ? $0.difference.magnitude > $1.difference.magnitude : $0.check.rule < $1.check.rule
    }
    guard let worst = failures.first else { return nil }
    var key = key(invoice.billingAccountID, period, invoice.currency)
    key.invoiceID = invoice.invoiceID
    key.detail = invoice.dialect
    let others = Set(failures.map(\.check.rule)).subtracting([worst.check.rule])
    return claim(invoice, worst, others.sorted())
      .finding(
        key, lines: invoice.lineCount,
        evidence: [invoice.place])
  }

  private static func shown(_ amount: Amount?) -> Words {
    Phrase.name(amount.map { Text($0.description) }, or: Words("nothing", zh: "空白"))
  }

  /// `rules` are those that fail beside the worst.
  private static func claim(
    _ invoice: Invoice, _ worst: Failure, _ rules: [ArithmeticRule]
  ) -> Claim {
    let stated = shown(worst.check.stated)
    let computed = shown(worst.check.computed)
    let names = rules.map(\.rawValue)
    let others =
      names.isEmpty
      ? Words("", zh: "")
      : Words(
        ", and so \(names.count == 1 ? "does" : "do") \(Phrase.list(names))",
        zh: "，也不满足\(Phrase.chineseList(names))")
    // In a credit document an amount stated too high is to the customer's advantage.
    let impact = invoice.kind == .credit ? -worst.difference : worst.difference
    return Claim(
      impact: impact, atStake: worst.difference, actual: stated.english.string,
      expected: computed.english.string,
      explanation: Words(
        "Invoice \(invoice.invoiceID) states \(stated.english) where its own figures make "
          + "\(computed.english), a difference of \(worst.difference): \(worst.name) fails\(others.english).",
        zh: "发票 \(invoice.invoiceID) 列示\(stated.chinese)，而按其自身数字应为\(computed.chinese)，相差 "
          + "\(worst.difference)，不满足 \(worst.name)\(others.chinese)。"),
      recommendation: Words(
        "Send the document back and ask for one that adds up before it is paid.",
        zh: "付款前请退回该单据，并要求重新开具金额相符的单据。"),
      confidence: .proof, leastSeverity: .medium)
  }
}
