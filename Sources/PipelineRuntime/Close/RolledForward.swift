import BillingModel
import ExactNumbers

/// The open items of earlier periods, as the newest one shows them.
enum RolledForward {
  static func items(
    _ items: [BillingPeriod: [OpenItem]], to newest: BillingPeriod, among periods: [BillingPeriod]
  ) -> [OpenItem] {
    periods.filter { $0 < newest }.flatMap { items[$0] ?? [] }.sorted(by: OpenItem.precedes)
  }

  /// Two lists with the same value are shown alike.
  static func fingerprint(_ items: [OpenItem]) -> Text {
    var fingerprint = Fingerprint()
    for item in items {
      fingerprint.add([
        Text(item.billingPeriod.description), item.matchID, item.result, item.issuer,
        item.billingAccountID, item.currency.text, Text(item.invoiced?.description ?? ""),
        Text(item.charged?.description ?? ""), Text(item.difference.description),
        Text(item.unexplained.description), Text(item.openSince.description),
      ])
      fingerprint.add(item.documents)
    }
    return fingerprint.value
  }
}
