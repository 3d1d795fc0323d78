import BillingLedger
import BillingModel

extension NightWork {
  /// Takes what reviewers decided in the files that they dropped in. A file that is dropped in again is read
  /// again: what was refused of it may be possible now, and what was decided otherwise since is a conflict.
  mutating func review(_ files: [InboxFile], _ ledger: Ledger) throws(LedgerFault) {
    var sheets: [(InboxFile, ReviewSheet)] = []
    for file in files.sorted(by: { $0.name < $1.name }) {
      guard case .review(let sheet) = file.content else { continue }
      // What stays in a mirrored inbox as it was is not dropped in again.
      let isKnown =
        memory.mirrored(file.name, file.status, plan) != nil
        || sheets.contains { $0.0.sha256 == file.sha256 }
      // A run that is played again finds its decisions in the ledger.
      if replayed != nil || isKnown {
        archive(
          file, kind: ReviewSheet.kind, outcome: "duplicate",
          reason: "this very review lies beside it, or was taken before")
      } else {
        sheets.append((file, sheet))
      }
    }
    guard !sheets.isEmpty else { return }
    let ids = Set(sheets.flatMap { $0.1.rows.compactMap { ReviewNight.findingID($0.findingID) } })
    var night = ReviewNight(
      asOf: plan.asOf, shown: try shown(ids, ledger))
    for (file, sheet) in sheets { night.read(file, sheet) }
    night.decide()
    reviews = TakenReviews(
      decisions: night.decisions, refusals: night.refusals.sorted(by: ReviewRefusal.precedes))
    for (file, _) in sheets {
      let refused = reviews.refusals.count { $0.sha256 == file.sha256 }
      reviews.files.append(
        TakenReviews.File(
          name: file.name, sha256: file.sha256, decided: night.decided[file.sha256]?.count ?? 0,
          refused: refused))
      archive(
        file, kind: ReviewSheet.kind, outcome: "reviewed",
        reason: refused == 0 ? "" : Text("Refused: \(refused) of its cells or rows"))
    }
  }

  private func shown(
    _ ids: Set<Text>, _ ledger: Ledger
  ) throws(LedgerFault) -> [Text: ShownFinding] {
    let decisions = Dictionary(
      memory.decisions.map { ($0.findingID, $0) }, uniquingKeysWith: { _, last in last })
    var shown: [Text: ShownFinding] = [:]
    for record in try ledger.findings(named: ids) {
      shown[record.id] = ShownFinding(
        record, past: try ledger.pastFaces(of: record.id), decision: decisions[record.id])
    }
    return shown
  }
}
