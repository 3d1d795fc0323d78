import BillingModel
import Reporting

/// What one row of a review asks for, beside what was shown of its finding.
///
/// A row is held against the way in which its finding is shown now. A row that shows the finding as it was
/// before a decision comes from an older file: what stands there as it stood then was not edited, and an
/// edit of a cell that was edited since would overwrite a decision that its reviewer had not seen.
struct ReviewReading {
  /// A cell that is not taken, or the whole row.
  struct Refusal: Hashable {
    var column: ReviewColumn?
    var code: Text
    var message: String
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
      // Nothing tells from which file it comes: it may be an older one, as it was.
      if shown.past.contains(where: { Self.cells(row, $0.cells).values.allSatisfy(\.isSame) }) {
        return
      }
      isStale = !Self.keepsDecision(cells, shown)
    }
    take(
      cells, shown, base,
      isFresh: shown.isNewest(row.explanation)
        || (base == shown.now.cells && !shown.past.isEmpty))
    if let base { merge(from: base, to: shown.now.cells) }
    if edits.isEmpty { isStale = false }
  }

  /// An edit of an older file counts where nobody has edited that cell since; what says the same as a
  /// decision since then says nothing new.
  private mutating func merge(from base: ReviewCells, to now: ReviewCells) {
    for (column, cell) in edits {
      if cell.value == now[column] {
        edits[column] = nil
      } else if base[column] != now[column] {
        isStale = true
      }
    }
  }

  /// The cells that the row was made from; nil where nothing tells.
  private static func base(of row: ReviewSheet.Row, _ shown: ShownFinding) -> ReviewCells? {
    if shown.past.isEmpty { return shown.now.cells }
    guard let explanation = row.explanation else { return nil }
    let hash = ShownFinding.Face.hash(asShown: explanation)
    let fitting = Set(
      ([shown.now] + shown.past).filter { $0.explanations.contains(hash) }.map(\.cells))
    return fitting.count == 1 ? fitting.first : nil
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
  }
}
