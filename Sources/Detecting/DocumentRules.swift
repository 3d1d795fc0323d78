import BillingModel
import ExactNumbers

/// A document of the period, and who pays it.
struct JudgedDocument {
  let invoice: Invoice
  /// As it says itself, else as its charges do; empty if neither tells.
  let billingAccountID: Text

  /// BT-115, else what was charged.
  func payable() throws(AmountOverflow) -> Amount {
    if let payable = invoice.payable ?? invoice.gross { return payable.magnitude }
    return try ((invoice.net ?? .zero) + (invoice.tax ?? .zero)).magnitude
  }

  /// To begin a sentence with: `Invoice 17 of Shop`.
  var name: Words {
    let isCredit = invoice.kind == .credit
    return Words(
      "\(isCredit ? "Credit note" : "Invoice") \(number) of \(seller.english)",
      zh: "\(seller.chinese)的\(isCredit ? "贷项通知单" : "发票") \(number)")
  }

  var seller: Words {
    Phrase.name(
      [invoice.seller.name, invoice.issuer].first { !$0.isEmpty },
      or: Words("an unnamed seller", zh: "未注明的销售方"))
  }

  private var number: Text {
    guard invoice.invoiceID.isEmpty else { return invoice.invoiceID }
    return Text("\(invoice.sha256.string.prefix(12)).\(invoice.index)")
  }

  func key(
    _ rule: RuleID, _ period: BillingPeriod, _ currency: CurrencyCode, _ detail: Text
  ) -> FindingKey {
    var key = FindingKey(
      rule: rule, billingAccountID: billingAccountID, billingPeriod: period, currency: currency)
    key.invoiceID = number
    key.detail = detail
    return key
  }
}

extension PeriodFacts {
  /// The places of documents that were taken back, and of what took them back.
  var takenBack: Set<Place> {
    Set(reconciliation.matches.filter { $0.result == .cancelled }.flatMap(\.places))
  }

  /// The invoices and credits that may have to be paid: what was taken back or must not be booked
  /// is not. In an order that does not depend on how they were given.
  var documents: [JudgedDocument] {
    var payers: [Place: Text] = [:]
    let gone = takenBack
    for match in reconciliation.matches.sorted(by: { $0.id < $1.id }) {
      for place in match.places where payers[place] == nil {
        payers[place] = match.billingAccountID
      }
    }
    return invoices.filter { invoice in
      (invoice.kind == .invoice || invoice.kind == .credit) && invoice.refusal.isEmpty
        && !gone.contains(invoice.place)
    }
    .sorted { $0.place < $1.place }
    .map { invoice in
      let stated = invoice.billingAccountID
      return JudgedDocument(
        invoice: invoice,
        billingAccountID: stated.isEmpty ? payers[invoice.place] ?? "" : stated)
    }
  }
}

extension Detector {
  /// The judgement of documents one by one, each thing said once: one bill may lie there in several
  /// formats.
  ///
  /// - Parameters:
  ///   - currency: that of the money at stake.
  ///   - judge: what is wrong, by what is named in the key of the finding.
  static func judgeDocuments(
    _ documents: [JudgedDocument], in facts: PeriodFacts,
    currency: (Invoice) -> CurrencyCode = { $0.currency },
    _ judge: (JudgedDocument) throws(AmountOverflow) -> (detail: Text, claim: Claim)?
  ) throws(AmountOverflow) -> Judgement {
    var findings: [FindingKey: Finding] = [:]
    for document in documents {
      guard let (detail, claim) = try judge(document) else { continue }
      let key = document.key(id, facts.billingPeriod, currency(document.invoice), detail)
      guard findings[key] == nil else { continue }
      let place = document.invoice.place
      findings[key] = claim.finding(key, lines: document.invoice.lineCount, evidence: [place])
    }
    var judgement = Judgement()
    judgement.findings = Array(findings.values)
    return judgement
  }
}
