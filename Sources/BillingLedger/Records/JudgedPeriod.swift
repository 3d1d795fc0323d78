package import BillingModel

/// That a period was judged, from what, and for which days that holds: while nothing of it is touched, a
/// run need neither load nor judge it.
///
/// It is written with the night that judged, and whatever changes what it says removes it: without a
/// record a period is judged.
package struct JudgedPeriod: Hashable, Sendable {
  /// Absent in the one record for the whole ledger: that every period is judged, and nothing was added
  /// since.
  package var billingPeriod: BillingPeriod?
  /// The hash of all that it was judged from.
  package var basis: Text
  /// The days of the run on which its documents are the same.
  package var span: DaySpan
  /// How many findings its documents list as open.
  package var openFindings: Int
  /// The most expensive ones, for the end of a run on a terminal.
  package var dearest: [ReportedFinding]

  package init(
    billingPeriod: BillingPeriod?, basis: Text, span: DaySpan, openFindings: Int,
    dearest: [ReportedFinding]
  ) {
    self.billingPeriod = billingPeriod
    self.basis = basis
    self.span = span
    self.openFindings = openFindings
    self.dearest = dearest
  }
}

/// What a night says about the state of judging.
package struct JudgingRecord: Sendable {
  package var judged: [JudgedPeriod]
  /// Periods whose earlier records stay; the records of all others go.
  package var kept: Set<BillingPeriod>
  /// The record for the whole ledger; it is left out if a kept record is gone.
  package var whole: JudgedPeriod?

  package init(
    judged: [JudgedPeriod] = [], kept: Set<BillingPeriod> = [], whole: JudgedPeriod? = nil
  ) {
    self.judged = judged
    self.kept = kept
    self.whole = whole
  }
}
