import BillingModel
import ExactNumbers

/// A document that counts toward the bill, with the other documents that repeat it.
struct BilledDocument: Sendable {
  let invoice: Invoice
  let issuer: CompanyName
  /// The same invoice in another dialect (an e-invoice and the line of an invoice summary): evidence
  /// of the same money, not a second bill.
  var copies: [Invoice] = []
  /// The document that counts in place of this one, where this one repeats it.
  var counted: Invoice?

  init(_ invoice: Invoice) {
    self.invoice = invoice
    self.issuer = CompanyName(invoice.issuerName)
  }

  /// `dialect:number`; a document without a number is named by its file hash.
  static func name(of invoice: Invoice) -> Text {
    Text("\(invoice.dialect):\(number(of: invoice))")
  }

  static func number(of invoice: Invoice) -> Text {
    guard invoice.invoiceID.isEmpty else { return invoice.invoiceID }
    return Text("\(invoice.sha256.string.prefix(12)).\(invoice.index)")
  }

  /// The number on a fully digitalised Chinese invoice (数电票), 20 digits given by the tax
  /// authority: it never is an AWS invoice id.
  private var hasTaxAuthorityNumber: Bool {
    let number = invoice.invoiceID.string.utf8
    return number.count == 20 && number.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The AWS invoice ids that the document states, best evidence first: each step only counts if
  /// the one before it names nothing that is charged.
  var statedIDs: [[Text]] {
    let preceding = invoice.kind == .credit ? [invoice.precedingInvoice] : []
    return [
      hasTaxAuthorityNumber ? [] : [invoice.invoiceID], invoice.references,
      [invoice.commercialInvoiceID], preceding,
    ]
    .map { $0.filter { !$0.isEmpty } }
    .filter { !$0.isEmpty }
  }

  /// True if the document has an id of its own that is AWS's; ids that a remark mentions may be other
  /// numbers that look like one.
  var statesOwnID: Bool {
    !(invoice.invoiceID.isEmpty || hasTaxAuthorityNumber) || !invoice.commercialInvoiceID.isEmpty
      || !invoice.precedingInvoice.isEmpty
  }

  /// The periods that the document is for, if no charges tell: as stated, else as its remark names
  /// them, else the month before its issue date. A Chinese invoice states periods in its remark
  /// only, and may name several.
  var ownPeriods: (periods: [BillingPeriod], inferred: Bool) {
    let named = RemarkPeriod.periods(in: invoice.remark)
    if let stated = invoice.billingPeriod {
      return (hasTaxAuthorityNumber && named.contains(stated) ? named : [stated], false)
    }
    if !named.isEmpty { return (named, false) }
    let before = invoice.issueDate?.period.previous
    return (before.map { $0.year > 0 ? [$0] : [] } ?? [], true)
  }
}

extension Invoice {
  /// In the words of the export where the document says so, else the seller's name.
  var issuerName: Text { issuer.isEmpty ? seller.name : issuer }

  /// False for receipts and for documents that must not be booked. A cancellation is a part: it takes one
  /// away.
  var isPartOfTheBill: Bool { kind != .receipt && refusal.isEmpty }
}
