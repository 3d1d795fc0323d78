package import ExactNumbers

/// What kind of document this is; it gives the direction of the amounts.
package enum DocumentKind: String, Sendable, Hashable, Codable {
  case invoice, credit
  /// A receipt for a payment: never part of the bill.
  case receipt
  /// Takes back a document that was sent before (cXML `operation="delete"`), by its number.
  case cancellation
}

/// A seller or buyer as the document names it (EN 16931 BG-4, BG-7).
package struct Party: Hashable, Sendable, Codable {
  package var name: Text
  package var taxID: Text

  package init(name: Text = "", taxID: Text = "") {
    self.name = name
    self.taxID = taxID
  }
}

/// One row of a tax breakdown (EN 16931 BG-23).
package struct TaxSubtotal: Hashable, Sendable, Codable {
  package var category: Text
  /// Per cent, as stated.
  package var rate: Amount?
  package var base: Amount?
  package var tax: Amount?

  package init(category: Text, rate: Amount?, base: Amount?, tax: Amount?) {
    self.category = category
    self.rate = rate
    self.base = base
    self.tax = tax
  }
}

/// The lines of a document that name one service and one account, added up.
package struct InvoiceItem: Hashable, Sendable, Codable {
  package var serviceName: Text
  package var subAccountID: Text
  package var net: Amount
  package var tax: Amount?
  package var lines: Int

  package init(serviceName: Text, subAccountID: Text, net: Amount, tax: Amount?, lines: Int) {
    self.serviceName = serviceName
    self.subAccountID = subAccountID
    self.net = net
    self.tax = tax
    self.lines = lines
  }
}

/// What a document states once more in another currency: that of the tax authority (EN 16931 BT-6) or that
/// of the payment.
package struct ConvertedAmounts: Hashable, Sendable, Codable {
  package var currency: CurrencyCode
  package var net: Amount?
  package var tax: Amount?
  package var gross: Amount?
  /// How many units of this currency one of the document's currency is.
  package var exchangeRate: Amount?

  package init(currency: CurrencyCode) { self.currency = currency }
}

/// A rule of arithmetic that a document can be held to.
package enum ArithmeticRule: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  case brCO10 = "BR-CO-10"
  case brCO11 = "BR-CO-11"
  case brCO12 = "BR-CO-12"
  case brCO13 = "BR-CO-13"
  case brCO14 = "BR-CO-14"
  case brCO15 = "BR-CO-15"
  case brCO16 = "BR-CO-16"
  case brCO17 = "BR-CO-17"
  /// Lines add up to the stated net total (documents outside EN 16931).
  case lineSum = "LineSum"
  /// Net + tax = gross (documents outside EN 16931).
  case grossSum = "GrossSum"
  /// Net + tax = gross on each line (documents outside EN 16931).
  case lineGross = "LineGross"
  /// No amount of a document or line has more than two decimals (BR-DEC-01 … BR-DEC-28).
  case brDEC = "BR-DEC"
  /// Line net = quantity × price ÷ base quantity + charges − allowances, within 0.02.
  case peppolR120 = "PEPPOL-EN16931-R120"
  /// Quantity × price = net amount of a line, less its discount (documents outside EN 16931).
  case lineProduct = "LineProduct"
  /// Net × rate = tax on each line.
  case lineTax = "LineTax"
  /// Σ tax of the lines = tax total.
  case lineTaxSum = "LineTaxSum"
  /// Σ gross of the lines = gross total.
  case lineGrossSum = "LineGrossSum"
  /// Σ net of the lines of one rate = base of that rate in the breakdown.
  case taxBase = "TaxBase"
  /// Base × rate = tax in each row of the breakdown.
  case taxRate = "TaxRate"
  /// Σ tax of the breakdown = tax total.
  case taxSum = "TaxSum"
  /// Σ of the discounts or fees that are listed = their total.
  case breakdownSum = "BreakdownSum"
  /// Gross − prepaid (or what the buyer pays to the tax authority himself) = payable.
  case payableSum = "PayableSum"

  package static func < (a: ArithmeticRule, b: ArithmeticRule) -> Bool { a.rawValue < b.rawValue }
}

/// The outcome of one rule on one document, with both sides.
package struct ArithmeticCheck: Hashable, Sendable, Codable {
  package var rule: ArithmeticRule
  package var holds: Bool
  package var stated: Amount?
  package var computed: Amount?
  /// Where in the document, for a rule about lines or about many amounts: `line 7`, `BT-131`.
  package var subject: Text?

  package init(
    rule: ArithmeticRule, holds: Bool, stated: Amount?, computed: Amount?, subject: Text? = nil
  ) {
    self.rule = rule
    self.holds = holds
    self.stated = stated
    self.computed = computed
    self.subject = subject
  }
}

/// An invoice, credit note or invoice summary as its document states it. Amounts keep the sign of the
/// document; ``kind`` gives the direction.
package struct Invoice: Hashable, Sendable, Codable {
  package var file: Text
  package var sha256: Text
  /// 1 for the first document of the file.
  package var index: Int
  package var dialect: Text
  /// The day on which it was put into the inbox; absent where it was never stored.
  package var received: Day?
  package var kind: DocumentKind = .invoice
  package var typeCode: Text = ""
  /// The number that the seller gave it.
  package var invoiceID: Text = ""
  package var issueDate: Day?
  package var dueDate: Day?
  package var currency: CurrencyCode = ""
  /// BT-109 and its counterparts; never a sum that includes tax.
  package var net: Amount?
  package var tax: Amount?
  /// BT-112: what was charged, before prepayment.
  package var gross: Amount?
  package var payable: Amount?
  package var prepaid: Amount?
  package var rounding: Amount?
  package var lineCount = 0
  package var lineNetSum: Amount?
  package var allowanceTotal: Amount?
  package var chargeTotal: Amount?
  package var discountTotal: Amount?
  package var precedingInvoice: Text = ""
  package var commercialInvoiceID: Text = ""
  /// The buyer's orders, joined by `;`.
  package var purchaseOrder: Text = ""
  /// What the transport is known by (cXML `payloadID`): the same one again is the same document.
  package var transportID: Text = ""
  /// Accounts of the seller that may be paid to (EN 16931 BT-84), without spaces.
  package var paymentAccounts: [Text] = []
  package var seller = Party()
  package var buyer = Party()
  /// Who issued it, in the words of the cost export (`InvoicingEntity`), where the document says so.
  package var issuer: Text = ""
  package var billingAccountID: Text = ""
  package var billingPeriod: BillingPeriod?
  /// Free text: remarks and notes.
  package var remark: Text = ""
  /// AWS invoice ids named in remarks or extrinsics.
  package var references: [Text] = []
  package var taxSubtotals: [TaxSubtotal] = []
  package var items: [InvoiceItem] = []
  package var checks: [ArithmeticCheck] = []
  /// The total in the currency of the charges, where the document is in another one and states it.
  package var base: Money?
  package var inTaxCurrency: ConvertedAmounts?
  package var inPaymentCurrency: ConvertedAmounts?
  /// Why the document must not be booked (`deploymentMode='test'`, information only …); empty if it
  /// is good.
  package var refusal: Text = ""

  package init(file: Text, sha256: Text, index: Int, dialect: Text) {
    self.file = file
    self.sha256 = sha256
    self.index = index
    self.dialect = dialect
  }

  /// The dialect of an entry in what the AWS Invoicing API lists: not the document, but AWS's word about
  /// it, which is asked for again and again.
  package static let listDialect: Text = "aws-invoice-summary"
  package var isListEntry: Bool { dialect == Self.listDialect }

  /// Where it lies: its file, and its number in it.
  package var place: Place { Place(file: sha256, record: index) }

  /// The buyer's orders, each once, in the order of the document.
  package var purchaseOrders: [Text] {
    var seen: Set<Text> = []
    return purchaseOrder.string.split(separator: ";")
      .map { Text($0.trimmingSpaces) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
