import BillingLedger
import BillingModel
import ExactNumbers

/// From which status to which a reviewer may take a finding.
enum ReviewTransition {
  /// Why an edit is impossible; nil where it is possible.
  static func refusal(
    of cells: [ReviewColumn: ReviewCell], _ shown: ShownFinding, asOf: Day
  ) -> ReviewReading.Refusal? {
    let now = shown.now.cells
    if shown.record.status == .resolved {
      return ReviewReading.Refusal(
        column: nil, code: "AlreadyResolved",
        message: "nothing shows this finding any more: there is nothing to decide")
    }
    if case .day(let until?) = cells[.reviewUntil], until < asOf {
      return ReviewReading.Refusal(
        column: .reviewUntil, code: "DayIsOver",
        message: "\(until) is over: name a later day, or leave the cell empty")
    }
    guard case .status(let next) = cells[.status] else { return nil }
    return statusRefusal(from: now.status, to: next, shown.reported).map {
      ReviewReading.Refusal(column: .status, code: "ImpossibleStatus", message: $0)
    }
  }

  private static func statusRefusal(
    from status: FindingStatus, to next: FindingStatus, _ reported: ReportedFinding
  ) -> String? {
    let finding = reported.finding
    return switch (status, next) {
    case (_, .resolved):
      "only a run makes a finding resolved, when nothing shows it any more: dismiss it if nothing "
        + "is to be done"
    case (_, .disputed) where finding.kind == .dataQuality:
      "a finding of the kind DataQuality holds no money to claim: confirm it, or dispute the error "
        + "candidate that does"
    case (_, .disputed) where !reported.causedByID.isEmpty:
      "\(reported.causedByID) counts this money already (CausedBy): dispute that one"
    case (_, .disputed) where finding.impact <= .zero:
      "nothing was charged too much here (Impact \(finding.impact)): there is nothing to claim back"
    case (.disputed, .planned):
      "money that is claimed back was not planned: take the dispute back first, as open or dismissed"
    default: nil
    }
  }
}
