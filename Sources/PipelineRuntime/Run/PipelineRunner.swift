import BillingLedger
import BillingModel
import ByteStreaming
import Detecting
import Ingesting
import Reconciling

/// One run: the way of the data, from the inbox to the documents.
package struct PipelineRunner {
  private let plan: RunPlan
  private let source: Source
  private let progress: (String) -> Void

  /// Where a run takes its inputs from.
  enum Source {
    case inbox
    /// What an earlier run took, read again from the archive: nothing moves.
    case archive([KnownInput], RunRecord)

    /// The run that is played again.
    var run: RunRecord? { if case .archive(_, let run) = self { run } else { nil } }
  }

  init(_ plan: RunPlan, from source: Source = .inbox, progress: @escaping (String) -> Void) {
    self.plan = plan
    self.source = source
    self.progress = progress
  }

  func run() throws(Stop) -> RunOutcome {
    let lock = try plan.home.open()
    try plan.home.requireWholeLedger()
    let ledger = try Stop.onLedger { () throws(LedgerFault) in
      try Ledger(path: plan.home.ledger.description, isQuick: true)
    }
    try Filing(plan.home, ledger).finishMoves()
    let outcome = try night(ledger)
    lock.release()
    return outcome
  }

  /// The way of the data, for one night.
  func night(_ ledger: Ledger) throws(Stop) -> RunOutcome {
    let clock = RunClock()
    let filing = Filing(plan.home, ledger)
    var memory = try Stop.onLedger { () throws(LedgerFault) in
      try Memory(ledger, before: source.run)
    }
    try filing.mendLinks(memory)

    var night = NightWork(plan, memory, replaying: source.run)
    let survey = try claim(memory)
    let grouping = sort(survey, into: &night)
    readInvoices(survey, into: &night)
    try readDeliveries(grouping.ready, ledger, into: &night)

    try Stop.onLedger { () throws(LedgerFault) in try night.review(survey.files, ledger) }
    night.ask(survey.files)
    var judging = try NightJudging(night, &memory, ledger, progress)
    if night.close(judging.verdicts) {
      judging = try NightJudging(night, &memory, ledger, progress)
    }
    let evidence = DisputeEvidence(night, survey.files, documents: judging.documents)
    let reports = try evidence.completed(judging.reports)
    let publications = try Publishing(plan, memory).publish(reports + [night.unassigned])
    let outcome = RunOutcome(plan, night, publications, judging)
    try filing.record(night, publications, judging, outcome, clock)
    kept?.prune(keeping: night.book.recentFiles.union(survey.files.map(\.sha256)))
    return outcome
  }

  // MARK: Claim

  private func claim(_ memory: Memory) throws(Stop) -> InboxSurvey {
    try Stop.onFiles { () throws(FileError) in
      switch source {
      case .inbox:
        progress("looking at \(plan.home.inbox)")
        return try InboxSurvey(plan) { [plan] in memory.mirrored($0, $1, plan) }
      case .archive(let inputs, _):
        return InboxSurvey(inputs, home: plan.home, workers: plan.workers)
      }
    }
  }

  private func sort(_ survey: InboxSurvey, into night: inout NightWork) -> DeliveryGrouping {
    let grouping = DeliveryGrouping(
      survey.files,
      earlierManifests: night.memory.inputs.filter { $0.kind == "manifest" }.map(\.name))
    night.leave(survey.leftAlone + grouping.leftAlone)
    for file in survey.files + grouping.refused {
      guard case .refused(let code, let reason) = file.content else { continue }
      night.quarantine(file, kind: "unknown", code: code, reason: reason)
    }
    for file in grouping.duplicates {
      night.archive(
        file, kind: file.kind, outcome: "duplicate", reason: "the same bytes lie beside it")
    }
    if !plan.readsHistory {
      for delivery in grouping.superseded {
        night.archive(delivery, outcome: "superseded", reason: "a newer version lay beside it")
      }
    }
    return plan.readsHistory ? grouping.withHistory : grouping
  }

  // MARK: Ingest

  /// What the pass over the rows carries: for all rules, and for the credits by which claims come back.
  private static let screens = DetectorCatalog.screens + [NamedCredits.screen]

  static let carried = CarriedScreen.all(screens)

  /// Nil where nothing tells which program reads, and in a rebuild, which trusts the archive alone.
  private var kept: KeptSummaries? {
    guard let program = plan.program, source.run == nil else { return nil }
    return KeptSummaries(
      in: plan.home.summaries, program: program, rules: Self.screens.map(\.rule))
  }

  private func readInvoices(_ survey: InboxSurvey, into night: inout NightWork) {
    let files = survey.files.filter { if case .invoice = $0.content { true } else { false } }
    let known = night.memory.invoiceFiles
    let count = files.count { !known.contains($0.sha256) }
    if count > 0 { progress("reading \(count) invoice file\(count == 1 ? "" : "s")") }
    let results = InvoiceReading.read(
      files, dialects: plan.definition.ingest.dialects, workers: plan.workers
    ) { known.contains($0) }
    for result in results { night.add(result) }
  }

  private func readDeliveries(
    _ ready: [Delivery], _ ledger: Ledger, into night: inout NightWork
  ) throws(Stop) {
    let pass = ExportPass(screens: Self.screens)
    for var delivery in ready {
      night.dropKnownFaults(from: &delivery)
      if delivery.files.isEmpty || night.isKnown(delivery) {
        night.archive(delivery, outcome: "duplicate", reason: "read in an earlier night")
        continue
      }
      if let faulty = night.knownFault(in: delivery) {
        night.wait(delivery, reason: Text("waits for a sound copy of \(faulty)"))
        continue
      }
      if night.isHalfSynced(delivery) {
        night.wait(
          delivery, reason: "its files changed and its manifest did not: waits for the new manifest"
        )
        continue
      }
      var reading = try read(delivery, pass)
      for rival in delivery.rivals {
        let other = try read(rival, pass)
        let isNewer =
          (reading.latestUsageStart, delivery.mark.identity)
          < (other.latestUsageStart, rival.mark.identity)
        night.archive(
          isNewer ? delivery : rival, outcome: "superseded",
          reason: "its latest UsageStartDate is not the newest")
        if isNewer { (delivery, reading) = (rival, other) }
        delivery.decidedBy = "the latest UsageStartDate"
      }
      try take(reading, of: delivery, ledger, into: &night)
    }
  }

  private func read(_ delivery: Delivery, _ pass: ExportPass) throws(Stop) -> DeliveryReading {
    let kept = kept
    let known = delivery.files.count { kept?.has($0.sha256) ?? false }
    let count = delivery.files.count
    let files = "\(count) \(count == 1 ? "file" : "files")"
    progress(
      "reading \(delivery.exportName): "
        + (known == 0 ? files : "\(count - known) of \(files), the rest is known"))
    return try DeliveryReading(delivery, pass: pass, workers: plan.workers, kept: kept)
  }

  /// Books what was read, sets faulty files aside, or leaves the delivery waiting.
  private func take(
    _ reading: DeliveryReading, of delivery: Delivery, _ ledger: Ledger,
    into night: inout NightWork
  ) throws(Stop) {
    for faulty in reading.faulty {
      night.quarantine(
        faulty.file, kind: faulty.file.kind, code: faulty.fault.code, reason: faulty.fault.message,
        record: faulty.fault.record, column: faulty.fault.column, rejects: faulty.fault.rejects)
    }
    var rest = delivery
    let names = Set(reading.faulty.map(\.file.name))
    rest.files.removeAll { names.contains($0.name) }
    if !reading.faulty.isEmpty, !delivery.isLoose {
      night.wait(rest, reason: Text("waits for a sound copy of \(names.sorted()[0])"))
      return
    }
    guard !rest.files.isEmpty else { return }
    if reading.contents.charges.isEmpty {
      night.setAside(rest, reading.contents)
      return
    }
    try ControlBalance.check(reading.contents, delivery.exportName)
    try night.book(rest, reading.contents) { version throws(Stop) in
      try Stop.onLedger { () throws(LedgerFault) in try version.contents(in: ledger) }
    }
  }
}

extension Stop {
  /// Turns a fault of the ledger into a reason to stop.
  static func onLedger<Value>(_ body: () throws(LedgerFault) -> Value) throws(Stop) -> Value {
    do throws(LedgerFault) {
      return try body()
    } catch {
      switch error.kind {
      case .busy: throw .lockHeld(error.message)
      case .denied: throw .permission(error.message)
      default: throw .ledger(error.message)
      }
    }
  }
}
