import BillingModel

/// A number that an authority gave, as it compares: letters and digits, in capitals.
struct TaxNumber: Hashable {
  let folded: Text

  init(_ text: Text) {
    folded = Text(text.string.uppercased().filter { $0.isLetter || $0.isNumber })
  }

  var isKnown: Bool { !folded.isEmpty }
}

/// The number of a bank account, as it compares.
struct BankAccount: Hashable {
  let folded: Text

  init(_ text: Text) { folded = Text(text.string.uppercased().filter { $0 != " " }) }

  /// Only its end: a report goes further than the document.
  var shown: String { "…" + folded.string.suffix(4) }
}

extension [Contract.Seller] {
  /// Those that a document names; a document may give the name in the words of the export.
  func named(by invoice: Invoice) -> [Contract.Seller] {
    let names = Set(
      [invoice.seller.name, invoice.issuer].map { CompanyName($0) }.filter(\.isKnown))
    return filter { names.contains(CompanyName($0.name)) }
  }

  func withTaxID(_ id: Text) -> [Contract.Seller] {
    let number = TaxNumber(id)
    return number.isKnown ? filter { TaxNumber($0.taxID) == number } : []
  }
}

extension [Contract.Buyer] {
  /// Those that may be named on what a payer owes; all if the payer is not known.
  func behind(_ payer: Text) -> [Contract.Buyer] {
    filter { payer.isEmpty || $0.payers.isEmpty || $0.payers.contains(payer) }
  }

  func withTaxID(_ id: Text) -> [Contract.Buyer] {
    let number = TaxNumber(id)
    return number.isKnown ? filter { TaxNumber($0.taxID) == number } : []
  }
}

/// Who sold: one seller by name or by tax id.
struct SellerIdentity {
  let name: CompanyName
  let number: TaxNumber

  init(_ invoice: Invoice) {
    name = CompanyName(invoice.seller.name)
    number = TaxNumber(invoice.seller.taxID)
  }

  func isSame(as other: SellerIdentity) -> Bool {
    name.isKnown && name == other.name || number.isKnown && number == other.number
  }
}

extension Invoice {
  /// By issue date; on one day, or where one has none, by the day on which it came.
  func isEarlier(than other: Invoice) -> Bool {
    if let a = issueDate, let b = other.issueDate, a != b { return a < b }
    guard let a = received, let b = other.received else { return false }
    return a < b
  }
}
