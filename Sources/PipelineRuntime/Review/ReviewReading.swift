import BillingModel
import Reporting

/// What one row of a review asks for, beside what was shown of its finding.
///
/// A row is held against the way in which its finding is shown now. A row that shows the finding as it was
/// before a decision comes from an older file: what stands there as it stood then was not edited, and an
/// edit of a cell that was edited since would overwrite a decision that its reviewer had not seen, also where
/// the cell has come back to what the file shows.
struct ReviewReading {
  /// A cell that is not taken, or the whole row.
  struct Refusal: Hashable {
    var column: ReviewColumn?
    var code: Text
    var message: String

    /// What goes with a Status that is refused: who decided it, and why. Taken without it, they would say
    /// that the finding was reviewed and left as it was.
    static func following(
      _ refusals: [Refusal], _ edits: [ReviewColumn: ReviewCell]
    ) -> [Refusal] {
      guard refusals.contains(where: { $0.column == .status }) else { return [] }
      return [ReviewColumn.reviewer, .reviewNote].filter { edits[$0] != nil }.map { column in
        Refusal(
          column: column, code: "NotTaken",
          message: "not taken: it goes with a Status that was refused")
      }
    }
  }

  private(set) var edits: [ReviewColumn: ReviewCell] = [:]
  private(set) var refusals: [Refusal] = []
  /// True where a decision stands against the edits that the row does not show.
  private(set) var isStale = false

  init(_ row: ReviewSheet.Row, _ shown: ShownFinding) {
    let base = Self.base(of: row, shown)
    let cells = Self.cells(row, base ?? shown.now.cells)
    if cells.values.allSatisfy(\.isSame) { return }
    if base == nil {
      // Nothing tells from which file it comes: it may be an older one, as it was, or what somebody decided
      // once and sends again.
      let past = shown.past.filter { Self.cells(row, $0.cells).values.allSatisfy(\.isSame) }
      if past.contains(where: \.isUndecided) { return }
      isStale =
        !past.isEmpty || !(Self.keepsDecision(cells, shown) || Self.isOwn(cells, shown))
    }
    take(
      cells, shown, base,
      isFresh: shown.isNewest(row.explanation)
        || (base == shown.now.cells && !shown.past.isEmpty))
    if let base { merge(from: base, to: shown, since: row.explanation) }
    if edits.isEmpty { isStale = false }
  }

  /// An edit of an older file counts where nobody has edited that cell since; what says the same as a
  /// decision since then says nothing new.
  private mutating func merge(
    from base: ReviewCells, to shown: ShownFinding, since explanation: String?
  ) {
    let now = shown.now.cells
    let later = shown.decidedLater(than: base, explanation)
    for (column, cell) in edits {
      if cell.value == now[column] {
        edits[column] = nil
      } else if base[column] != now[column]
        || (column != .owner && later.contains { $0[column] != base[column] })
      {
        isStale = true
      }
    }
  }

  /// The cells that the row was made from; nil where nothing tells.
  private static func base(of row: ReviewSheet.Row, _ shown: ShownFinding) -> ReviewCells? {
    if shown.past.isEmpty { return shown.now.cells }
    guard let explanation = row.explanation else { return nil }
    let hash = ShownFinding.Face.hash(asShown: explanation)
    for faces in [[shown.now] + shown.past, shown.history] {
      let fitting = Set(faces.filter { $0.explanations.contains(hash) }.map(\.cells))
      if !fitting.isEmpty { return fitting.count == 1 ? fitting.first : nil }
    }
    return nil
  }

  private static func cells(
    _ row: ReviewSheet.Row, _ base: ReviewCells
  ) -> [ReviewColumn: ReviewCell] {
    var cells: [ReviewColumn: ReviewCell] = [:]
    for (column, raw) in row.cells { cells[column] = ReviewCell(column, raw, shown: base) }
    return cells
  }

  /// True where the row keeps a cell that only the newest decision shows.
  private static func keepsDecision(
    _ cells: [ReviewColumn: ReviewCell], _ shown: ShownFinding
  ) -> Bool {
    cells.contains { column, cell in
      cell.isSame && column != .owner
        && shown.past.allSatisfy { $0.cells[column] != shown.now.cells[column] }
    }
  }

  /// True where the row names who decided last: one may change one's own word.
  private static func isOwn(
    _ cells: [ReviewColumn: ReviewCell], _ shown: ShownFinding
  ) -> Bool {
    cells[.reviewer] == .same && !shown.now.cells.reviewer.isEmpty
      && shown.decision?.reviewer == shown.now.cells.reviewer
  }

  private mutating func take(
    _ cells: [ReviewColumn: ReviewCell], _ shown: ShownFinding, _ base: ReviewCells?,
    isFresh: Bool
  ) {
    for column in ReviewColumn.allCases {
      switch cells[column] {
      case nil, .same: continue
      case .refused(let code, let message):
        refusals.append(Refusal(column: column, code: code, message: message))
      case .text(let name) where column == .owner && !isFresh && shown.pastOwners.contains(name):
        // Whom it belonged to when the file was written.
        continue
      case .text(let name) where column == .owner && name.isEmpty && shown.decision?.owner == nil:
        // An older file may take back whom a reviewer had named then.
        if let base, base.owner != shown.now.cells.owner { continue }
        refusals.append(
          Refusal(
            column: .owner, code: "NothingToTakeBack",
            message: "no reviewer named the owner: write whose it is, or correct the account list, "
              + "the tags or their rules"))
      case .some(let cell): edits[column] = cell
      }
    }
    // How long a decision holds is a part of it.
    if edits[.status] != nil, refusals.contains(where: { $0.column == .reviewUntil }) {
      edits[.status] = nil
      refusals.append(
        Refusal(
          column: .status, code: "NotTaken",
          message: "not taken, since nobody can say until when: its ReviewUntil was refused"))
    }
    for refusal in Refusal.following(refusals, edits) + untilFollowing {
      if let column = refusal.column { edits[column] = nil }
      refusals.append(refusal)
    }
  }
  /// How long a Status holds that was refused.
  private var untilFollowing: [Refusal] {
    guard refusals.contains(where: { $0.column == .status }), edits[.reviewUntil] != nil else {
      return []
    }
    return [
      Refusal(
        column: .reviewUntil, code: "NotTaken",
        message: "not taken: it says how long a Status holds that was refused")
    ]
  }
}
