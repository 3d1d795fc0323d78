package import BillingModel
package import ExactNumbers

/// What there is to know of one kind of XML invoice: how it is recognized, where its fields stand, and
/// which arithmetic it is held to. All of it is data.
package struct Dialect: Hashable, Sendable {
  package var name: Text
  package var roots: [Root]
  /// Elements around the root that are passed through, from the outermost.
  package var wrappers: [[ElementName]] = []
  /// From the root to each document; the root itself by default. A root without any (a cXML order) is
  /// no invoice.
  package var document = ElementPath()

  package var fields: [InvoiceField: FieldRule] = [:]
  package var line: LineRule?
  package var taxTotal: TaxTotalRule?
  package var allowance: AllowanceRule?

  /// Type code → kind; a code that is not here has the kind of the root.
  package var kinds: [Text: DocumentKind] = [:]
  /// A document with a total below zero is a credit.
  package var negativeMeansCredit = false
  /// Fields without which a document is not booked.
  package var required: [InvoiceField] = []
  package var refusals: [RefusalRule] = []
  package var references: ReferenceRule?
  package var periodMentions: PeriodMentionRule?
  package var arithmetic = Arithmetic.plain(tolerance: .zero)

  package init(name: Text, roots: [Root]) {
    self.name = name
    self.roots = roots
  }

  package struct Root: Hashable, Sendable {
    package var name: ElementName
    package var kind: DocumentKind

    package init(_ name: ElementName, _ kind: DocumentKind = .invoice) {
      self.name = name
      self.kind = kind
    }
  }
}

/// The fields of a document. Their spellings are the keys of a dialect file.
package enum InvoiceField: String, Sendable, Hashable, CaseIterable, Comparable {
  case number, typeCode, issueDate, dueDate
  /// Days after the issue date, where no due date is stated.
  case dueDays
  case periodStart, periodEnd
  case currency, net, tax, gross, payable, prepaid, rounding
  /// Σ of the lines as the document states it (BT-106).
  case lineTotal
  case allowanceTotal, chargeTotal, discountTotal
  case precedingInvoice, commercialInvoice, purchaseOrder
  case sellerName, sellerTaxID, buyerName, buyerTaxID
  case issuer, billingAccount, remark
  /// The total in the currency of the charges.
  case baseAmount, baseCurrency

  package static func < (a: InvoiceField, b: InvoiceField) -> Bool { a.rawValue < b.rawValue }
}

/// Where a value stands and how it is read.
package struct FieldRule: Hashable, Sendable {
  /// How several places become one value.
  package enum Combination: Hashable, Sendable {
    /// The first place that holds anything.
    case first
    /// All different values of the first place that holds any, in the order of the document.
    case joined(Text)
    /// The sum of all places.
    case sum
  }

  package enum Conversion: String, Sendable, Hashable, CaseIterable {
    case none
    /// Runs of white space become one space.
    case singleSpaces
    /// `20260519` is a date.
    case compactDate
    /// `*category*name` is `name`, as Chinese invoices write items.
    case withoutStarredPrefix
  }

  package var paths: [ElementPath] = []
  /// A value that holds for every document of the dialect.
  package var constant: Text?
  package var combination = Combination.first
  package var conversion = Conversion.none
  /// Only the first word of this shape in any of the places.
  package var shape: WordShape?

  package init(_ paths: [ElementPath] = []) { self.paths = paths }
}

/// The lines of a document.
package struct LineRule: Hashable, Sendable {
  /// From the document to each line.
  package var paths: [ElementPath]
  package var net: FieldRule
  package var tax: FieldRule?
  package var gross: FieldRule?
  package var service: FieldRule?
  package var account: FieldRule?

  package init(paths: [ElementPath], net: FieldRule) {
    self.paths = paths
    self.net = net
  }
}

/// Tax totals, one for each currency, with their breakdown (EN 16931 BG-23).
package struct TaxTotalRule: Hashable, Sendable {
  package var path: ElementPath
  package var amount: FieldRule?
  package var currency: FieldRule?
  /// From the tax total to each row of its breakdown. A path from the root leads to rows that stand apart
  /// from the totals: they break down the one in the currency of the document.
  package var subtotal: ElementPath?
  package var category: FieldRule?
  package var rate: FieldRule?
  package var base: FieldRule?
  package var tax: FieldRule?

  package init(path: ElementPath) { self.path = path }
}

/// Allowances and charges of the whole document (EN 16931 BG-20, BG-21).
package struct AllowanceRule: Hashable, Sendable {
  package var path: ElementPath
  /// `true` (or `1`) marks a charge, anything else an allowance.
  package var isCharge: FieldRule
  package var amount: FieldRule

  package init(path: ElementPath, isCharge: FieldRule, amount: FieldRule) {
    self.path = path
    self.isCharge = isCharge
    self.amount = amount
  }
}

/// A document that says of itself that it must not be booked.
package struct RefusalRule: Hashable, Sendable {
  package var path: ElementPath
  package var value: Text
  package var reason: Text

  package init(path: ElementPath, value: Text, reason: Text) {
    self.path = path
    self.value = value
    self.reason = reason
  }
}

/// Where AWS invoice ids are named in free text, and what they look like.
package struct ReferenceRule: Hashable, Sendable {
  package var paths: [ElementPath]
  package var shapes: [WordShape]

  package init(paths: [ElementPath], shapes: [WordShape]) {
    self.paths = paths
    self.shapes = shapes
  }
}

/// Where a billing period is named in free text, and how.
package struct PeriodMentionRule: Hashable, Sendable {
  package var paths: [ElementPath]
  package var shapes: [PeriodShape]

  package init(paths: [ElementPath], shapes: [PeriodShape]) {
    self.paths = paths
    self.shapes = shapes
  }
}

/// What the schematron for CII admits and that for UBL does not.
package enum EN16931Exception: String, Hashable, Sendable, CaseIterable {
  /// BR-CO-17: a tax that is exactly 1.00 off its computed value.
  case wholeUnit
  /// BR-CO-15: a gross total that is the net total, whatever tax is stated.
  case grossEqualsNet
}

/// The family of rules that a document's numbers are held to.
package enum Arithmetic: Hashable, Sendable {
  /// BR-CO-10 … BR-CO-17, with what the schematron of a syntax admits beyond them.
  case en16931(admits: Set<EN16931Exception>)
  /// Lines add up to the total, net + tax = gross, each within the tolerance.
  case plain(tolerance: Amount)
}
