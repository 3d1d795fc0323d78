import BillingLedger
import BillingModel
import ExactNumbers

/// From which status to which a reviewer may take a finding.
enum ReviewTransition {
  /// Which edits are impossible, and why: those of some columns, or, without a column, of the row.
  static func refusals(
    of cells: [ReviewColumn: ReviewCell], _ shown: ShownFinding, asOf: Day
  ) -> [ReviewReading.Refusal] {
    if shown.record.status == .resolved {
      return [
        ReviewReading.Refusal(
          column: nil, code: "AlreadyResolved",
          message: "nothing shows this finding any more: there is nothing to decide")
      ]
    }
    var next: FindingStatus?
    if case .status(let status) = cells[.status] { next = status }
    if let until = dayThatIsOver(cells, next, shown.now.cells.until, asOf) {
      let refusals = dayRefusals(until, isEdited: cells[.reviewUntil] != nil, next)
      return refusals + ReviewReading.Refusal.following(refusals, cells)
    }
    guard let next,
      let message = statusRefusal(from: shown.now.cells.status, to: next, shown.reported)
    else { return [] }
    var refusals = [
      ReviewReading.Refusal(column: .status, code: "ImpossibleStatus", message: message)
    ]
    if cells[.reviewUntil] != nil {
      refusals.append(
        ReviewReading.Refusal(
          column: .reviewUntil, code: "NotTaken",
          message: "not taken: it says how long a Status holds that was refused"))
    }
    return refusals + ReviewReading.Refusal.following(refusals, cells)
  }

  /// The day in the row, new or as it stood, if a decision would be over before it began. What was
  /// opened again has no day to keep.
  private static func dayThatIsOver(
    _ cells: [ReviewColumn: ReviewCell], _ next: FindingStatus?, _ known: Day?, _ asOf: Day
  ) -> Day? {
    if case .day(let day) = cells[.reviewUntil] { return day.flatMap { $0 < asOf ? $0 : nil } }
    guard let known, known < asOf, let next, next != .open else { return nil }
    return known
  }

  private static func dayRefusals(
    _ until: Day, isEdited: Bool, _ next: FindingStatus?
  ) -> [ReviewReading.Refusal] {
    let stands = isEdited ? "\(until) is over" : "\(until) still stands in the row and is over"
    var refusals = [
      ReviewReading.Refusal(
        column: .reviewUntil, code: "DayIsOver",
        message: "\(stands): name a later day, or leave the cell empty")
    ]
    if let next, next != .open {
      refusals.append(
        ReviewReading.Refusal(
          column: .status, code: "NotTaken", message: "not taken: its ReviewUntil is over"))
    }
    return refusals
  }

  private static func statusRefusal(
    from status: FindingStatus, to next: FindingStatus, _ reported: ReportedFinding
  ) -> String? {
    return switch (status, next) {
    case (_, .resolved):
      "only a run makes a finding resolved, when nothing shows it any more: dismiss it if nothing "
        + "is to be done"
    case (_, .disputed) where reported.reasonForNoClaim != nil: reported.reasonForNoClaim
    case (.disputed, .planned):
      "money that is claimed back was not planned: take the dispute back first, as open or dismissed"
    default: nil
    }
  }
}
