import BillingModel

/// The stable name of a match: period, payer, issuer, currency and what is matched, such as
/// `2026-04/100000000001/amazonwebservices/USD/EUINUA22-574609`.
enum MatchID {
  static func of(_ group: MatchGroup, in period: BillingPeriod) -> Text {
    let issuer = CompanyName(group.issuer)
    let parts = [
      period.description, known(group.billingAccountID), known(issuer.folded),
      known(group.currency.text), subject(of: group),
    ]
    return Text(parts.joined(separator: "/"))
  }

  /// The invoice ids; without charges the documents by kind and number; else `open`.
  private static func subject(of group: MatchGroup) -> String {
    if !group.invoiceIDs.isEmpty { return joined(group.invoiceIDs) }
    if !group.nodes.isEmpty { return "open" }
    return joined(
      group.invoices.map { Text("\($0.kind.rawValue):\(BilledDocument.number(of: $0))") }.sorted())
  }

  private static func joined(_ texts: [Text]) -> String {
    texts.map(\.string).joined(separator: "+")
  }

  private static func known(_ text: Text) -> String { text.isEmpty ? "-" : text.string }
}

extension [ProvedMatch] {
  /// Two documents without charges may state the same number: the later ones get a counter.
  func withUniqueIDs() -> [ProvedMatch] {
    var seen: [Text: Int] = [:]
    return map { proof in
      let count = seen[proof.match.id, default: 0] + 1
      seen[proof.match.id] = count
      guard count > 1 else { return proof }
      var proof = proof
      proof.match.id = Text("\(proof.match.id)#\(count)")
      return proof
    }
  }
}
