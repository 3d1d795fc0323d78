package import BillingModel

/// A sign-off that the ledger holds.
package struct SignOffRecord: Hashable, Sendable {
  /// The ledger's number.
  package var id: Int
  package var signOff: SignOff
  /// The ledger's number of the run that took it.
  package var run: Int

  package init(id: Int, signOff: SignOff, run: Int) {
    self.id = id
    self.signOff = signOff
    self.run = run
  }
}

/// A sign-off that a night adds, with what the period held.
package struct NewSignOff: Sendable {
  package var signOff: SignOff
  package var state: PeriodState

  package init(signOff: SignOff, state: PeriodState) {
    self.signOff = signOff
    self.state = state
  }
}
