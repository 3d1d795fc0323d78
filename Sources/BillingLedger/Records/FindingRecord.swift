package import BillingModel
package import ExactNumbers

/// A finding as it outlives a night: when it was seen, and what a reviewer decided.
package struct FindingRecord: Hashable, Sendable {
  package var id: Text
  package var key: FindingKey
  package var firstSeen: Day
  package var lastSeen: Day
  package var status: FindingStatus
  /// The amount at stake when it was last reported.
  package var amountAtStake: Amount
  package var reviewer: Text = ""
  package var reviewUntil: Day?
  package var reviewNote: Text = ""
  /// The amount that the reviewer decided about: when it moves, the finding opens again.
  package var decidedAmount: Amount?
  /// The row as documents last showed it, for the version that says that it is resolved.
  package var lastReported: ReportedFinding?
  /// In which language they showed it.
  package var language = Language.english

  package init(
    id: Text, key: FindingKey, firstSeen: Day, lastSeen: Day, status: FindingStatus,
    amountAtStake: Amount
  ) {
    self.id = id
    self.key = key
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.status = status
    self.amountAtStake = amountAtStake
  }
}
