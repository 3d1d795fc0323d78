package import BillingModel

/// What meets in one match, before anything is compared: enough to tell whether a match must be proved
/// again, and which periods' charges that takes.
package struct MatchOutline: Sendable {
  /// All periods of the match; it is shown in the last of them.
  package let periods: [BillingPeriod]
  /// All that was found to belong together, and how: two outlines with the same parts and the same
  /// charges behind them are one match.
  package let parts: [Text]
  /// As the match and its duplicates list their documents.
  package let documents: Set<Text>
}

extension MatchGroup {
  var parts: [Text] {
    var parts: [Text] = []
    for node in nodes {
      let key = node.key
      parts += [
        "charges", key.billingAccountID, key.currency.text, key.invoiceID, key.issuer.folded,
        Text(key.billingPeriod?.description ?? ""), node.awaitsInvoiceID ? "open" : "",
      ]
      parts += node.periods.sorted().map { Text($0.description) } + node.issuers.sorted()
    }
    for document in documents {
      parts += ["document"] + Self.identity(of: document.invoice)
      for copy in document.copies { parts += ["copy"] + Self.identity(of: copy) }
    }
    for duplicate in duplicates {
      parts += ["duplicate"] + Self.identity(of: duplicate.invoice)
      for copy in duplicate.copies { parts += ["copy"] + Self.identity(of: copy) }
      if let counted = duplicate.counted { parts += ["of"] + Self.identity(of: counted) }
    }
    for document in takenBack { parts += ["taken back"] + Self.identity(of: document.invoice) }
    for cancellation in withdrawal?.cancellations ?? [] {
      parts += ["cancellation"] + Self.identity(of: cancellation)
    }
    for node in withdrawal?.charges ?? [] {
      parts += [node.key.billingAccountID] + node.periods.sorted().map { Text($0.description) }
    }
    return parts + ["by reference"] + appliedByReference.sorted() + ["ambiguous"] + ambiguity
  }

  /// A document is the content of its file, and the day on which it came.
  private static func identity(of invoice: Invoice) -> [Text] {
    [
      invoice.sha256, Text(String(invoice.index)), invoice.file,
      Text(invoice.received?.description ?? ""),
    ]
  }

  var documentNames: Set<Text> {
    let shown = shownDocuments + duplicates.map(\.invoice)
    return Set(shown.map(BilledDocument.name(of:)))
  }
}
