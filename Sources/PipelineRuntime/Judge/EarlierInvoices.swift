import BillingModel

/// Documents with payment accounts, by seller: what the accounts of later documents are held
/// against.
struct EarlierInvoices {
  private let bySeller: [CompanyName: [Invoice]]
  private let byTaxID: [Text: [Invoice]]

  init(_ documents: [Invoice]) {
    let stating = documents.filter {
      !$0.paymentAccounts.isEmpty && $0.refusal.isEmpty && $0.kind != .cancellation
    }
    bySeller = Dictionary(grouping: stating) { CompanyName($0.seller.name) }
    byTaxID = Dictionary(grouping: stating, by: \.seller.taxID)
  }

  /// Those of the same sellers that were issued, or came, before any of these documents; in the
  /// order of their places.
  func documents(before documents: [Invoice]) -> [Invoice] {
    var found: [Place: Invoice] = [:]
    let own = Set(documents.map(\.place))
    for document in documents where !document.paymentAccounts.isEmpty {
      let name = CompanyName(document.seller.name)
      var same = name.isKnown ? bySeller[name] ?? [] : []
      if !document.seller.taxID.isEmpty { same += byTaxID[document.seller.taxID] ?? [] }
      for earlier in same where earlier.isBefore(document) && !own.contains(earlier.place) {
        found[earlier.place] = earlier
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Invoice {
  /// True where either day says so.
  fileprivate func isBefore(_ other: Invoice) -> Bool {
    func precedes(_ a: Day?, _ b: Day?) -> Bool {
      guard let a, let b else { return false }
      return a < b
    }
    return precedes(issueDate, other.issueDate) || precedes(received, other.received)
  }
}
