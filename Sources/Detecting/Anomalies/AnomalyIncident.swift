import BillingModel

/// An event put down to a part of a payer's costs: what becomes one finding.
struct AnomalyIncident {
  var scope: AnomalyScope
  var event: AnomalyEvent
  var changes: [LeafChange]
  /// How far out its strongest series lies, in parts per million.
  var score: Int
  /// What the part moved by over the days of the event.
  var difference: Int128
  /// True where the days' figures are those of the part itself, not of the series around it.
  var isExact: Bool
  /// An opposite move of about the same money in the same total.
  var offset: AnomalyScope?

  var direction: AnomalyDirection { event.direction }

  /// No two incidents share scope, direction and onset.
  func isSame(as other: AnomalyIncident) -> Bool {
    scope == other.scope && direction == other.direction && event.onset == other.event.onset
  }
}
