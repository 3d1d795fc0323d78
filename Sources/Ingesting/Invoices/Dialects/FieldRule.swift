package import BillingModel

/// The fields of a document. Their spellings are the keys of a dialect file.
package enum InvoiceField: String, Sendable, Hashable, CaseIterable, Comparable {
  case number, typeCode, issueDate, dueDate
  /// Days after the issue date, where no due date is stated.
  case dueDays
  case periodStart, periodEnd
  case currency, net, tax, gross, payable, prepaid, rounding
  /// What a gross total was rounded by, where the rounding is part of it.
  case grossRounding
  /// What the buyer pays to the tax authority himself: it is in the gross total and not payable.
  case withheld
  /// Σ of the lines as the document states it (BT-106).
  case lineTotal
  case allowanceTotal, chargeTotal, discountTotal
  case precedingInvoice, commercialInvoice, purchaseOrder
  /// What the transport is known by, and the accounts of the seller that may be paid to.
  case transport, paymentAccount
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
    /// `0.06` is 6 per cent; `6%` is too.
    case fraction
  }

  /// Places whose texts are one value together; taken before ``paths`` where the last of them holds any.
  package var parts: [ElementPath] = []
  package var paths: [ElementPath] = []
  /// A value that holds for every document of the dialect.
  package var constant: Text?
  package var combination = Combination.first
  package var conversion = Conversion.none
  /// Only the first word of this shape in any of the places.
  package var shape: WordShape?

  package init(_ paths: [ElementPath] = []) { self.paths = paths }
}
