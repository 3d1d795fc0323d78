import BillingLedger
import BillingModel
import ByteStreaming

/// The last steps of a night, in the order that survives a crash anywhere: reasons and second names are
/// written, the night is recorded in one transaction, then links are set and inputs moved. What a dead run
/// left after its transaction, the next one finishes from what the ledger says.
struct Filing {
  private let home: Home
  private let ledger: Ledger
  private let publisher: Publisher

  init(_ home: Home, _ ledger: Ledger) {
    self.home = home
    self.ledger = ledger
    publisher = Publisher(home: home)
  }

  func record(
    _ work: NightWork, _ publications: Publications, _ judging: NightJudging,
    _ outcome: RunOutcome, _ clock: RunClock
  ) throws(Stop) {
    for reason in work.quarantined { try reason.write(to: home.quarantine) }
    try Stop.onFiles { () throws(FileError) in
      for link in work.links { try AtomicFile.addName(link.to, for: link.from) }
    }
    var night = night(work, publications, outcome, clock)
    night.judging = judging.record(publications)
    night.openItems = judging.openItems
    night.disputes = judging.disputes
    try Stop.onLedger { () throws(LedgerFault) in try ledger.record(night) }
    try finishMoves()
    try finishLinks(publications, work)
    try clock.write(to: home.runs, work.plan, outcome)
  }

  private func night(
    _ work: NightWork, _ publications: Publications, _ outcome: RunOutcome, _ clock: RunClock
  ) -> Night {
    var night = Night(
      run: work.replayed
        ?? RunRecord(
          started: clock.started, asOf: work.plan.asOf,
          definition: Text(work.plan.definition.name), outcome: Text(outcome.headline),
          exitCode: outcome.hasQuarantine ? 65 : 0,
          accepted: work.plan.accepted.sorted().map { Text($0) },
          readsHistory: work.plan.readsHistory))
    night.inputs = work.inputs
    night.mirrored = work.mirrored
    night.roleChanges = work.book.roleChanges(from: work.memory.headers)
    night.bookings = work.book.versions.compactMap { version in
      guard case .tonight(let booking) = version.origin else { return nil }
      return NewBooking(booking: booking, role: version.role, files: version.files)
    }
    night.invoices = work.invoices
    night.findings = publications.findings
    night.publications = publications.records
    night.signOffs = work.signOffs(with: publications)
    night.reviews.decisions = work.reviews.decisions
    night.reviews.refusals = work.reviews.refusals
    night.reviews.pastFaces = publications.pastFaces
    night.moves = work.moves
    return night
  }

  /// Moves what recorded nights decided to move; a source that is gone was moved before.
  func finishMoves() throws(Stop) {
    let moves = try Stop.onLedger { () throws(LedgerFault) in try ledger.unfinishedMoves() }
    guard !moves.isEmpty else { return }
    try Stop.onFiles { () throws(FileError) in
      for move in moves {
        let source = home.root.appending(bytes: move.from)
        guard try source.kind() != nil else { continue }
        try AtomicFile.move(source, to: home.root.appending(bytes: move.to))
        Folder.prune(source.folder, upTo: home.inbox)
      }
    }
    try Stop.onLedger { () throws(LedgerFault) in try ledger.confirmMoves(moves.map(\.id)) }
  }

  private func finishLinks(_ publications: Publications, _ work: NightWork) throws(Stop) {
    let retention = work.plan.definition.report.retention
    try Stop.onFiles { () throws(FileError) in
      for entry in publications.published {
        try publisher.link(period: entry.period, version: entry.version)
        try publisher.prune(
          period: entry.period, newest: entry.version, keeping: retention,
          and: work.signedVersions(of: entry.period))
      }
    }
  }

  /// Links that a run did not come to set after its transaction.
  func mendLinks(_ memory: Memory) throws(Stop) {
    try Stop.onFiles { () throws(FileError) in
      for publication in memory.allPublications {
        let period = Text(publication.billingPeriod?.description ?? "unassigned")
        try publisher.link(period: period, version: publication.version)
      }
    }
  }
}
