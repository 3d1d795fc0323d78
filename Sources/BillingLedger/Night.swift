package import BillingModel

/// A run as `counterfoil status` lists it, with what a rebuild needs to play it again.
package struct RunRecord: Hashable, Sendable {
  /// The ledger's number; 0 before it is recorded. A run that has one is played again, and its record
  /// stays as it is.
  package var id: Int
  package var started: Moment
  package var asOf: Day
  /// The definition's name.
  package var definition: Text
  /// One sentence: what the run did.
  package var outcome: Text
  package var exitCode: Int
  /// Ids of waiting deliveries that a person accepted.
  package var accepted: [Text]
  package var readsHistory: Bool

  package init(
    id: Int = 0, started: Moment, asOf: Day, definition: Text, outcome: Text, exitCode: Int,
    accepted: [Text] = [], readsHistory: Bool = false
  ) {
    self.id = id
    self.accepted = accepted
    self.readsHistory = readsHistory
    self.started = started
    self.asOf = asOf
    self.definition = definition
    self.outcome = outcome
    self.exitCode = exitCode
  }
}

/// All that one run adds to the ledger. It is recorded whole or not at all.
package struct Night: Sendable {
  package var run: RunRecord
  /// Records of the same content and name replace the earlier ones.
  package var inputs: [KnownInput] = []
  /// Records of the same path replace the earlier ones.
  package var mirrored: [MirroredFile] = []
  /// Made before ``bookings`` are added.
  package var roleChanges: [RoleChange] = []
  package var bookings: [NewBooking] = []
  /// A document that is already there (same content, same index) stays as it is.
  package var invoices: [StoredInvoice] = []
  /// Records of the same FindingId replace the earlier ones.
  package var findings: [FindingRecord] = []
  package var publications: [Publication] = []
  package var signOffs: [NewSignOff] = []
  /// What is not settled of each period that was judged; it replaces what was.
  package var openItems: [BillingPeriod: [OpenItem]] = [:]
  /// What reviewers decided, and what was not taken of it.
  package var reviews = ReviewRecords()
  /// What is claimed back of each period that was judged; it replaces what was.
  package var disputes: [BillingPeriod: [Dispute]] = [:]
  package var moves: [PendingMove] = []
  /// Absent if nothing was judged and nothing was added.
  package var judging: JudgingRecord?

  package init(run: RunRecord) { self.run = run }
}
