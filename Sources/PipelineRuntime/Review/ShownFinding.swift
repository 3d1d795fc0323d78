import BillingLedger
import BillingModel
import Reporting

/// A finding as documents showed it to reviewers: now, and in every other way before.
struct ShownFinding {
  /// One way in which it was shown.
  struct Face: Hashable {
    var cells: ReviewCells
    /// The hash of its explanation, which says how it stood in review, in each language: a file comes
    /// back in the language that was set when it was written.
    var explanations: [Text]
  }

  let record: FindingRecord
  let reported: ReportedFinding
  let now: Face
  /// Faces that show another decision than it has now.
  let past: [Face]
  /// All earlier faces, oldest first.
  let history: [Face]
  /// Whom it was shown under before.
  let pastOwners: Set<Text>
  /// The explanations of all earlier faces.
  private let pastExplanations: Set<Text>
  /// The newest decision.
  let decision: ReviewDecision?

  init?(_ record: FindingRecord, past: [PastFace], decision: ReviewDecision?) {
    guard let reported = record.lastReported else { return nil }
    self.record = record
    self.reported = reported
    // What nothing shows any more was reported with its last words.
    now = Face(reported)
    self.decision = decision
    pastOwners = Set(past.map(\.cells.owner))
    pastExplanations = Set(past.flatMap(\.explanations))
    let current = now
    history = past.map { Face(cells: $0.cells, explanations: $0.explanations) }
    self.past = history.filter { $0.cells.decided != current.cells.decided }
  }

  /// How it stood in review after a document showed it so, oldest first; nothing where the newest does.
  func decidedLater(than cells: ReviewCells, _ explanation: String?) -> [ReviewCells] {
    let hash = explanation.map { Face.hash(asShown: $0) } ?? ""
    guard !now.explanations.contains(hash) else { return [] }
    let shown = history.lastIndex { $0.cells == cells && $0.explanations.contains(hash) }
    return shown.map { history[($0 + 1)...].map(\.cells) } ?? []
  }
}

extension ShownFinding.Face {
  /// True where nobody had decided anything.
  var isUndecided: Bool {
    var none = ReviewCells(status: .open)
    none.owner = cells.owner
    return cells == none
  }
}

extension ShownFinding {
  /// True where a row with this explanation can only come from the newest document.
  func isNewest(_ explanation: String?) -> Bool {
    guard let explanation else { return false }
    let hash = Face.hash(asShown: explanation)
    return now.explanations.contains(hash) && !pastExplanations.contains(hash)
  }
}

extension ShownFinding.Face {
  init(_ reported: ReportedFinding) {
    cells = ReviewCells(reported)
    let words = reported.explanation
    explanations = Language.allCases.map { Self.hash(words.text(in: $0).string) }
  }

  /// As a cell of a review holds it, with or without the guard of formulas.
  static func hash(asShown cell: String) -> Text {
    hash(SpreadsheetSafety.strip(Text(ReviewSheet.trimmed(cell))).string)
  }

  /// The same for a text as a document states it and as a spreadsheet gave it back.
  static func hash(_ explanation: String) -> Text {
    let text = ReviewSheet.trimmed(explanation.replacing("\r\n", with: "\n"))
    return Text(ContentHash.of(Array(text.utf8)).string.prefix(16))
  }
}

extension ReviewCells {
  /// All but the owner, which may change without a decision.
  fileprivate var decided: [Text] {
    [self[.status], self[.reviewer], self[.reviewUntil], self[.reviewNote]]
  }
}
