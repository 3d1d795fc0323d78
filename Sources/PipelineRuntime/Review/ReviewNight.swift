import BillingLedger
import BillingModel
import ExactNumbers

/// What the reviews of one night ask for, finding by finding.
struct ReviewNight {
  /// An edited cell, and where it stands.
  struct Edit {
    var cell: ReviewCell
    var file: InboxFile
    var row: ReviewSheet.Row
    var isStale: Bool
  }

  private(set) var decisions: [ReviewDecision] = []
  private(set) var refusals: [ReviewRefusal] = []
  /// By content of a file: the findings that it decided, alone or with others.
  private(set) var decided: [Text: Set<Text>] = [:]
  private let asOf: Day
  private let shown: [Text: ShownFinding]
  private var edits: [Text: [ReviewColumn: [Edit]]] = [:]

  init(asOf: Day, shown: [Text: ShownFinding]) {
    self.asOf = asOf
    self.shown = shown
  }

  /// The finding that a row names, as far as it is spelled like one.
  static func findingID(_ cell: String) -> Text? {
    var text = ReviewSheet.trimmed(cell)
    if text.hasPrefix("'") { text.removeFirst() }
    guard text.wholeMatch(of: /[Ff]-[0-9a-fA-F]{16}/) != nil else { return nil }
    return Text("F-" + text.dropFirst(2).lowercased())
  }

  mutating func read(_ file: InboxFile, _ sheet: ReviewSheet) {
    for row in sheet.rows {
      guard let id = Self.findingID(row.findingID) else {
        refuse(
          file, row, code: "NotAFindingId",
          "\"\(row.findingID)\" is no FindingId: copy it from the newest anomalies.csv")
        continue
      }
      guard let finding = shown[id] else {
        refuse(
          file, row, code: "UnknownFinding",
          "no run has reported \(id): take the newest anomalies.csv of the period")
        continue
      }
      if row.isTorn {
        refuse(
          file, row, of: finding, code: "TornRow",
          "the row has more cells than the header: put texts that hold the separator in quotes")
        continue
      }
      read(file, row, finding)
    }
  }

  private mutating func read(
    _ file: InboxFile, _ row: ReviewSheet.Row, _ finding: ShownFinding
  ) {
    let reading = ReviewReading(row, finding)
    let id = finding.record.id
    for refusal in reading.refusals {
      refuse(
        file, row, of: finding, column: refusal.column, code: refusal.code, refusal.message)
    }
    for (column, cell) in reading.edits {
      edits[id, default: [:]][column, default: []].append(
        Edit(cell: cell, file: file, row: row, isStale: reading.isStale))
    }
  }

  /// Turns what was read into decisions. What two rows want otherwise, and what an older file wants against
  /// a newer decision, is taken from none of them.
  mutating func decide() {
    for (id, columns) in edits.sorted(by: { $0.key < $1.key }) {
      guard let finding = shown[id] else { continue }
      if finding.record.status != .resolved, refuseStale(columns, finding) { continue }
      if refuseContradictions(columns, finding) { continue }
      let possible = withoutImpossible(columns, finding)
      let first = possible.values.compactMap(\.first).min { $0.isBefore($1) }
      guard let first else { continue }
      let cells = possible.compactMapValues(\.first?.cell)
      let amount = amountShown(in: possible.values.flatMap { $0 }, of: finding.reported.finding)
      decisions.append(decision(finding, cells, of: first.file, at: amount))
      for edit in possible.values.joined() {
        decided[edit.file.sha256, default: []].insert(id)
      }
    }
  }

  /// What is left of the edits of a finding once those are refused that cannot be.
  private mutating func withoutImpossible(
    _ columns: [ReviewColumn: [Edit]], _ finding: ShownFinding
  ) -> [ReviewColumn: [Edit]] {
    let cells = columns.compactMapValues(\.first?.cell)
    var possible = columns
    for refusal in ReviewTransition.refusals(of: cells, finding, asOf: asOf) {
      // A day that stood there before is refused with the status that it would be for.
      let own = refusal.column.map { columns[$0] ?? columns[.status] ?? [] }
      var rows: Set<String> = []
      for edit in (own ?? columns.values.flatMap { $0 }).sorted(by: { $0.isBefore($1) })
      where rows.insert(edit.place).inserted {
        refuse(
          edit.file, edit.row, of: finding, column: refusal.column, code: refusal.code,
          refusal.message)
      }
      if let column = refusal.column { possible[column] = nil } else { possible = [:] }
    }
    return possible
  }

  /// What was at stake in the files that decided: where they show different amounts, the one that is
  /// farthest from the present one, so that the finding opens again if any reviewer saw another.
  private func amountShown(in edits: [Edit], of finding: Finding) -> Amount {
    let present = finding.amountAtStake
    let others = edits.compactMap { ShownAmount.other($0.row.amount, than: present) }
    func distance(_ amount: Amount) -> Amount {
      // Neither is negative: the difference is in range.
      (try? amount - present)?.magnitude ?? .zero
    }
    return others.max { (distance($0), $0) < (distance($1), $1) } ?? present
  }

  private func decision(
    _ finding: ShownFinding, _ edits: [ReviewColumn: ReviewCell], of file: InboxFile,
    at amount: Amount
  ) -> ReviewDecision {
    let now = finding.now.cells
    var decision = ReviewDecision(
      findingID: finding.record.id, key: finding.record.key,
      kind: finding.reported.finding.kind, status: now.status,
      amount: amount, on: asOf, sha256: file.sha256)
    (decision.reviewer, decision.until, decision.note) = (now.reviewer, now.until, now.note)
    decision.owner = finding.decision?.owner
    for (column, cell) in edits {
      switch (column, cell) {
      case (.status, .status(let status)): decision.status = status
      case (.reviewUntil, .day(let day)): decision.until = day
      case (.reviewer, .text(let text)): decision.reviewer = text
      case (.reviewNote, .text(let text)): decision.note = text
      // An emptied cell takes back whom a reviewer named.
      case (.owner, .text(let text)): decision.owner = text.isEmpty ? nil : text
      default: break
      }
    }
    decision.claim = claim(finding.reported, decision.status, at: amount)
    // A note does not decide about an amount anew.
    if edits[.status] == nil, let earlier = finding.decision, earlier.status == now.status {
      (decision.amount, decision.claim) = (earlier.amount, earlier.claim)
    }
    return decision
  }

  /// What was paid too much, where a reviewer says that it was an error; money that another finding counts
  /// is claimed there.
  private func claim(
    _ reported: ReportedFinding, _ status: FindingStatus, at amount: Amount
  ) -> Amount {
    let finding = reported.finding
    let isClaimed =
      status == .disputed || (status == .confirmed && finding.kind == .errorCandidate)
    guard isClaimed, reported.reasonForNoClaim == nil else { return .zero }
    return finding.impact == finding.amountAtStake ? amount : finding.impact
  }

  // MARK: Refusals

  mutating func refuse(
    _ file: InboxFile, _ row: ReviewSheet.Row, of finding: ShownFinding? = nil,
    column: ReviewColumn? = nil, code: Text, _ message: String
  ) {
    var refusal = ReviewRefusal(
      file: file.name, sha256: file.sha256, record: row.record, line: row.line, code: code,
      message: Text(message))
    refusal.column = Text(column?.rawValue ?? "")
    refusal.raw = Text((column.flatMap { row.cells[$0] } ?? row.findingID).prefix(200))
    refusal.findingID = finding?.record.id ?? ""
    refusal.billingPeriod = finding?.record.key.billingPeriod
    refusals.append(refusal)
  }
}

extension ReviewNight.Edit {
  func isBefore(_ other: ReviewNight.Edit) -> Bool {
    (file.name, row.record) < (other.file.name, other.row.record)
  }

  var place: String { "\(file.name) line \(row.line)" }
}

extension ReviewRefusal {
  /// The order in which files and their rows are listed.
  static func precedes(_ a: ReviewRefusal, _ b: ReviewRefusal) -> Bool {
    (a.file, a.record, a.column, a.code, a.sha256) < (b.file, b.record, b.column, b.code, b.sha256)
  }
}
