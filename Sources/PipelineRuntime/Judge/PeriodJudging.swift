import BillingLedger
import BillingModel
import Detecting
import ExactNumbers
import Normalizing
import Reconciling

/// Reconciles and judges every period from what is booked and what invoices came, oldest first.
struct PeriodJudging {
  private let plan: RunPlan
  private let memory: Memory
  private let invoices: [StoredInvoice]
  private let inputs: [KnownInput]
  private let book: LoadedBook
  private let attributor: Attributor

  init(
    _ plan: RunPlan, _ memory: Memory, book: LoadedBook, invoices: [StoredInvoice],
    inputs: [KnownInput]
  ) {
    self.plan = plan
    self.memory = memory
    self.book = book
    self.invoices = invoices
    self.inputs = inputs
    attributor = Attributor(
      rules: plan.definition.normalize.tags, accounts: plan.definition.normalize.accounts)
  }

  /// One report for each period that holds charges or a match, in the order of periods.
  func reports(_ progress: (String) -> Void) throws(Stop) -> [PeriodReport] {
    do throws(AmountOverflow) {
      return try judged(progress)
    } catch {
      let bookings = book.booked + book.shadows + book.replaced
      throw .overflow(LargestAmount(bookings: bookings, invoices: invoices).description)
    }
  }

  private func judged(_ progress: (String) -> Void) throws(AmountOverflow) -> [PeriodReport] {
    let reconciliations = try reconcile()
    let periods = Set(book.booked.map(\.billingPeriod)).union(reconciliations.keys).sorted()
    var history = DailyHistory()
    for booking in book.booked { try history.add(booking.contents.charges) }
    var reports: [PeriodReport] = []
    for period in periods {
      progress("judging \(period)")
      let facts = facts(
        period, reconciliations[period] ?? Reconciliation(billingPeriod: period),
        history: history.series(through: period), isRecent: periods.suffix(2).contains(period))
      reports.append(try report(facts))
    }
    return reports
  }

  private func reconcile() throws(AmountOverflow) -> [BillingPeriod: Reconciliation] {
    let options = plan.definition.reconcile
    var reconciler = Reconciler(asOf: plan.asOf)
    reconciler.invoicesExpectedBy = options.invoicesExpectedBy
    reconciler.tolerance = options.tolerance
    reconciler.toleranceByCurrency = options.toleranceByCurrency
    let results = try reconciler.reconcile(
      bookings: book.booked, replaced: book.replaced, invoices: invoices.map(\.document))
    return Dictionary(uniqueKeysWithValues: results.map { ($0.billingPeriod, $0) })
  }

  // MARK: Facts

  private func facts(
    _ period: BillingPeriod, _ reconciliation: Reconciliation, history: [DailySeries],
    isRecent: Bool
  ) -> PeriodFacts {
    let bookings = book.booked.filter { $0.billingPeriod == period }
    let documents = Set(reconciliation.matches.flatMap(\.documents))
    // What was judged once stays judged, though the period is no longer one of the newest.
    let wasJudged = memory.findingRecords.contains {
      $0.key.billingPeriod == period && $0.lastReported?.finding.kind == .anomaly
    }
    return PeriodFacts(
      billingPeriod: period, asOf: plan.asOf, bookings: bookings,
      shadows: book.shadows.filter { $0.billingPeriod == period },
      replaced: Dictionary(
        book.replaced.filter { $0.billingPeriod == period }.map { ($0.billingAccountID, $0) },
        uniquingKeysWith: { first, _ in first }),
      invoices: invoices.map(\.invoice).filter {
        documents.contains($0.documentName) || $0.isRefused(in: period)
      },
      reconciliation: reconciliation, history: history,
      openPayers: Set(bookings.filter(isOpen).map(\.billingAccountID)),
      reportsAnomalies: isRecent || wasJudged || plan.definition.detect.reportsBackfill,
      contract: plan.definition.reconcile.contract,
      accounts: plan.definition.normalize.accounts)
  }

  /// AWS may restate a month for about two weeks after its end, and longer while lines lack an invoice.
  private func isOpen(_ booking: Booking) -> Bool {
    plan.asOf < booking.billingPeriod.end.advanced(by: 15)
      && booking.contents.charges.contains { $0.key.invoiceID.isEmpty }
  }

  // MARK: Report

  private func report(_ facts: PeriodFacts) throws(AmountOverflow) -> PeriodReport {
    let judgement = try DetectorCatalog.judge(facts, without: plan.definition.detect.without)
    let allocations = facts.bookings.flatMap(\.contents.allocations)
    let desk = FindingDesk(
      facts: facts, detect: plan.definition.detect, memory: memory,
      ownership: try Ownership(allocations, attributor))
    var report = PeriodReport(
      billingPeriod: facts.billingPeriod, asOf: plan.asOf,
      definition: Text(plan.definition.name))
    report.findings = try desk.reported(judgement.findings)
    report.candidates = try desk.reported(judgement.candidates)
    report.reconciliation = facts.reconciliation
    report.coverage = try TagCoverage.rows(allocations, attributor)
    report.rejects = facts.bookings.flatMap(\.contents.rejects)
    report.unchecked = judgement.unchecked
    report.unjudged = judgement.unjudged
    report.inputs = inputs(of: facts)
    var merged = ExportContents()
    for booking in facts.bookings {
      merged.files += booking.contents.files
      merged.charges += booking.contents.charges
      merged.allocations += booking.contents.allocations
      if let before = facts.replaced[booking.billingAccountID] {
        report.restated += try Restatement.between(before, booking)
      }
    }
    report.stages = try ControlBalance.stages(of: merged)
    report.notes = notes(facts)
    return report
  }

  private func inputs(of facts: PeriodFacts) -> [ReportedInput] {
    let files = book.files(of: facts.billingPeriod)
      .union(facts.invoices.map(\.sha256))
    // The same bytes under another name are no input of the month; what has no period lists them.
    return inputs.filter { files.contains($0.sha256) && $0.outcome != "duplicate" }.map {
      ReportedInput(
        file: $0.name, sha256: $0.sha256, kind: $0.kind, outcome: $0.outcome, reason: $0.reason)
    }
  }

  /// What a reader of the summary should know beside the figures.
  private func notes(_ facts: PeriodFacts) -> [Text] {
    var notes: [Text] = []
    for booking in facts.bookings {
      let rounded = booking.contents.files.map(\.roundedNumbers).reduce(0, +)
      if rounded > 0 {
        notes.append(
          Text(
            "\(booking.billingAccountID): \(rounded) numbers had more than 18 fraction digits; "
              + "each was rounded by at most 0.0000000000000000005"))
      }
      for file in booking.contents.files { notes += file.notes.map { Text("\(file.file): \($0)") } }
    }
    for shadow in facts.shadows {
      notes.append(
        Text(
          "\(shadow.billingAccountID): \(shadow.exportName) (\(shadow.format.rawValue)) was summed and "
            + "compared, not booked"))
    }
    return notes.sorted()
  }
}

extension StoredInvoice {
  /// The document, with the day on which it came.
  fileprivate var document: Invoice {
    var document = invoice
    document.received = receivedDay
    return document
  }
}

extension Invoice {
  /// A document that must not be booked matches nothing; its arithmetic is judged all the same, in the
  /// month that it states or else in the one before its issue date.
  func isRefused(in period: BillingPeriod) -> Bool {
    !refusal.isEmpty && (billingPeriod ?? issueDate?.period.previous) == period
  }

  /// As a match lists its documents.
  var documentName: Text { Text("\(dialect):\(invoiceID)") }
}
