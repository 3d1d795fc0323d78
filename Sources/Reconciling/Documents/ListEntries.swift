import BillingModel

/// What the entries of one document in several lists have in common.
private struct ListedDocument: Hashable {
  let invoiceID: Text
  let kind: DocumentKind
  let currency: CurrencyCode
  let billingAccountID: Text
  let issuer: CompanyName

  init(_ entry: Invoice) {
    invoiceID = entry.invoiceID
    kind = entry.kind
    currency = entry.currency
    billingAccountID = entry.billingAccountID
    issuer = CompanyName(entry.issuerName)
  }
}

extension [Invoice] {
  /// Lists of invoices overlap: each one that is fetched names documents that earlier ones named. Of the
  /// entries of one document the one of the newest list holds, whether it says the same or not.
  var newestListEntries: [Invoice] {
    let entries = Dictionary(grouping: filter { $0.isListEntry && !$0.invoiceID.isEmpty }) {
      ListedDocument($0)
    }
    return filter { !$0.isListEntry || $0.invoiceID.isEmpty }
      + entries.values.compactMap { $0.max { $0.isOlderEntry(than: $1) } }
  }
}

extension Invoice {
  /// By the day the list came, then by the issue date; what is left has no meaning and is always the same.
  fileprivate func isOlderEntry(than other: Invoice) -> Bool {
    let days = (
      [received?.number ?? .min, issueDate?.number ?? .min],
      [other.received?.number ?? .min, other.issueDate?.number ?? .min]
    )
    guard days.0 == days.1 else { return days.0.lexicographicallyPrecedes(days.1) }
    return sha256 != other.sha256 ? sha256 < other.sha256 : index < other.index
  }
}
