/// The credit and refund line items that are one credit, by what they have in common.
package struct CreditRows: Hashable, Sendable {
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var billingPeriod: BillingPeriod
  package var invoiceID: Text
  package var subAccountID: Text
  package var serviceName: Text
  package var type: ChargeType
  /// The FindingId that the rows name; empty where they name none.
  package var findingID: Text = ""

  package init(
    billingAccountID: Text, currency: CurrencyCode, billingPeriod: BillingPeriod,
    invoiceID: Text, subAccountID: Text, serviceName: Text, type: ChargeType
  ) {
    self.billingAccountID = billingAccountID
    self.currency = currency
    self.billingPeriod = billingPeriod
    self.invoiceID = invoiceID
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.type = type
  }

  // MARK: Names

  private static let scheme = "rows:"

  /// Names the credit in documents and in the ledger: `rows:` and its eight parts, with `/` between them.
  package var name: Text {
    Self.name([billingAccountID, currency.text] + parts)
  }

  /// As ledgers may still name it: without payer, currency and empty parts. Such a name begins with the month,
  /// ``name`` with the payer.
  package var earlierName: Text { Self.name(parts.filter { !$0.isEmpty }) }

  private var parts: [Text] {
    [
      Text(billingPeriod.description), invoiceID, subAccountID, serviceName, type.text, findingID,
    ]
  }

  private static func name(_ parts: [Text]) -> Text {
    Text(scheme + parts.map(\.string).joined(separator: "/"))
  }

  /// What ``name`` says; nil where it is the name of a document, or an ``earlierName``, which does not
  /// tell its parts apart. Only a service may hold a `/`.
  package init?(named name: Text) {
    guard name.string.hasPrefix(Self.scheme) else { return nil }
    let parts = name.string.dropFirst(Self.scheme.count)
      .split(separator: "/", omittingEmptySubsequences: false).map { Text(String($0)) }
    guard parts.count >= 8, let period = BillingPeriod(parts[2].string) else { return nil }
    self.init(
      billingAccountID: parts[0], currency: CurrencyCode(parts[1]), billingPeriod: period,
      invoiceID: parts[3], subAccountID: parts[4],
      serviceName: Text(parts[5..<parts.count - 2].map(\.string).joined(separator: "/")),
      type: ChargeType(parts[parts.count - 2]))
    findingID = parts[parts.count - 1]
  }

  /// As a letter says it.
  package var words: Words {
    var (english, chinese) = ("\(type.text) line items of \(billingPeriod)", "\(billingPeriod)")
    if !subAccountID.isEmpty { chinese += " 账号 \(subAccountID)" }
    if !serviceName.isEmpty {
      english += " for \(serviceName)"
      chinese += " \(serviceName)"
    }
    chinese += " 的 \(type.text) 明细"
    if !subAccountID.isEmpty { english += " in account \(subAccountID)" }
    if !invoiceID.isEmpty {
      english += " (invoice \(invoiceID))"
      chinese += "（发票 \(invoiceID)）"
    }
    return Words(english, zh: ChineseText(chinese))
  }
}
