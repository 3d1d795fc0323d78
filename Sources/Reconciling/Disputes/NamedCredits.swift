package import BillingModel

/// Credit rows whose description names a FindingId.
package enum NamedCredits {
  /// Under which the pass over the rows keeps them; no finding bears this name.
  package static let id: RuleID = "CreditNamesFinding"

  package static let screen = Screen(
    rule: id,
    rows: [
      .isOneOf(.lineItemType, ["Credit", "Refund", "Adjustment"]),
      .containsOneOf(.chargeDescription, ["F-"]), .isNonZero(.unblendedCost),
    ],
    keyedBy: [.invoiceID, .subAccountID, .serviceName, .lineItemType, .chargeDescription],
    measures: [.sum(.unblendedCost)], captures: [])

  /// The first FindingId in a description; empty where there is none.
  package static func findingID(in description: Text) -> Text {
    description.string.firstMatch(of: /F-[0-9a-f]{16}/).map { Text($0.output) } ?? ""
  }
}
