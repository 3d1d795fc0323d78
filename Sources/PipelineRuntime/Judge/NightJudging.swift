import BillingLedger
import BillingModel
import Reconciling

/// What a night judges: only periods that something touched since they were judged last.
///
/// A night that brings nothing, on a day that changes nothing, loads nothing.
struct NightJudging {
  /// One for each judged period, in their order.
  private(set) var reports: [PeriodReport] = []
  /// All that are known, on a night that judges.
  private(set) var documents: [Invoice] = []
  /// The periods of the months that were loaded.
  private(set) var loaded: [BillingPeriod] = []
  private let plan: RunPlan
  /// What earlier nights judged.
  private var earlier: [JudgedPeriod] = []
  /// That nothing needs to be judged on a night that brings nothing.
  private let whole: JudgedPeriod?
  /// Absent on a night that brings nothing.
  private var scope: JudgingScope?
  private var spans: [BillingPeriod: DaySpan] = [:]
  /// Whether the periods may be closed that someone asks to close.
  private(set) var verdicts: [BillingPeriod: ClosingVerdict] = [:]
  /// What is not settled in any period.
  private var itemsOfAll: [BillingPeriod: [OpenItem]] = [:]
  /// False if what the ledger will hold is not what was judged.
  private let isFaithful: Bool

  /// - Parameter memory: Remembers more of each judged period afterwards.
  init(
    _ night: NightWork, _ memory: inout Memory, _ ledger: Ledger, _ progress: (String) -> Void
  ) throws(Stop) {
    plan = night.plan
    isFaithful = !night.hasRepeatedInputs
    whole = memory.whole
    if night.addsNothing, let whole, plan.holds(whole) { return }
    earlier = try Stop.onLedger { () throws(LedgerFault) in try ledger.judged() }

    let (evidence, documents) = try Self.evidence(of: night, ledger)
    itemsOfAll = evidence.openItems
    self.documents = documents
    let scope = JudgingScope(evidence, earlier: earlier)
    do {
      try judge(scope, evidence, documents, &memory, ledger, night, progress)
      // What rolls forward is shown in the newest period.
      if let newest = scope.periods.last, !scope.judged.contains(newest),
        scope.basis(of: newest, itemsOfAll) != scope.basis(of: newest, evidence.openItems)
      {
        let more = JudgingScope(scope, with: newest)
        try judge(more, evidence, documents, &memory, ledger, night, progress)
      }
    } catch {
      // Where a sum leaves its range all periods are looked at, to name the largest amount of all.
      guard case .overflow = error, scope.judged.count < scope.periods.count else { throw error }
      let all = JudgingScope(all: scope)
      try judge(all, evidence, documents, &memory, ledger, night, progress)
    }
  }

  private static func evidence(
    of night: NightWork, _ ledger: Ledger
  ) throws(Stop) -> (JudgingScope.Evidence, [Invoice]) {
    let (invoices, book, items) = try Stop.onLedger { () throws(LedgerFault) in
      (
        try ledger.invoices() + night.invoices, try OutlinedBook(night.book, ledger),
        try ledger.openItems()
      )
    }
    let documents = invoices.map(\.document)
    let reviews = ReviewLog(night)
    let evidence = JudgingScope.Evidence(
      plan: night.plan, book: book,
      matches: Reconciler(night.plan).outlines(
        bookings: book.booked.map(\.booking), invoices: documents),
      invoices: invoices, earlier: EarlierInvoices(documents),
      inputs: night.memory.inputs + night.inputs,
      signOffs: ClosingRecords.signOffs(of: night), asked: night.asked,
      reviews: reviews,
      disputes: try DisputeClaims.disputes(
        reviews.decisions, book, documents, ledger,
        taxRates: Set((night.plan.definition.reconcile.contract.taxRates ?? []).map(\.rate))),
      openItems: Dictionary(grouping: items, by: \.billingPeriod))
    return (evidence, documents)
  }

  private mutating func judge(
    _ scope: JudgingScope, _ evidence: JudgingScope.Evidence, _ documents: [Invoice],
    _ memory: inout Memory, _ ledger: Ledger, _ night: NightWork, _ progress: (String) -> Void
  ) throws(Stop) {
    self.scope = scope
    if scope.judged.isEmpty { return }
    let (loadedBook, closing) = try Stop.onLedger { () throws(LedgerFault) in
      for period in scope.judged { try memory.recall(period, ledger) }
      return (
        try LoadedBook(evidence.book, scope, ledger),
        try ClosingRecords(
          night, judged: scope.judged, openItems: evidence.openItems.flatMap(\.value), ledger)
      )
    }
    loaded = scope.loaded.sorted()
    let judging = PeriodJudging(
      plan, memory, scope, book: loadedBook, documents: documents, inputs: evidence.inputs,
      closing: closing, asked: evidence.asked, reviews: evidence.reviews,
      disputes: evidence.disputes)
    let judged = try judging.reports(progress)
    reports = judged.map(\.report)
    for period in judged {
      guard let month = period.report.billingPeriod else { continue }
      itemsOfAll[month] = period.openItems
      verdicts[month] = period.verdict
    }
    // What is no longer there has nothing open.
    for period in itemsOfAll.keys where !scope.periods.contains(period) { itemsOfAll[period] = [] }
    spans = Dictionary(
      uniqueKeysWithValues: judged.compactMap { period in
        period.report.billingPeriod.map { ($0, period.span) }
      })
  }

  // MARK: What the night leaves behind

  /// For the ledger: what is claimed back of each judged period.
  var disputes: [BillingPeriod: [Dispute]] {
    Dictionary(
      reports.compactMap { report in report.billingPeriod.map { ($0, report.disputes) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the documents of all periods list, those that were not judged included.
  func openFindings(_ publications: Publications) -> OpenFindings {
    guard let scope else { return whole.map { OpenFindings($0) } ?? OpenFindings() }
    var open = OpenFindings()
    for record in earlier where isKept(record, scope) { open.add(OpenFindings(record)) }
    for report in publications.reports { open.add(OpenFindings(report.findings)) }
    return open
  }

  /// For the ledger: of the periods that were judged, and of those that are gone.
  var openItems: [BillingPeriod: [OpenItem]] {
    guard let scope else { return [:] }
    return itemsOfAll.filter { scope.judged.contains($0.key) || $0.value.isEmpty }
  }

  /// For the ledger; nothing changes there on a night that brought nothing.
  func record(_ publications: Publications) -> JudgingRecord? {
    guard let scope else { return nil }
    guard let basis = plan.judgingBasis else { return JudgingRecord() }
    var record = JudgingRecord()
    let kept = earlier.filter { isKept($0, scope) }
    record.kept = Set(kept.compactMap(\.billingPeriod))
    for report in publications.reports {
      guard let period = report.billingPeriod, let span = spans[period],
        let basis = scope.basis(of: period, itemsOfAll)
      else { continue }
      record.judged.append(Self.record(period, basis, span, OpenFindings(report.findings)))
    }
    guard isFaithful, record.judged.count + kept.count == scope.periods.count else {
      return record
    }
    var span = DaySpan.always
    for judged in record.judged + kept { span.narrow(to: judged.span) }
    record.whole = Self.record(nil, basis, span, openFindings(publications))
    return record
  }

  private func isKept(_ record: JudgedPeriod, _ scope: JudgingScope) -> Bool {
    guard let period = record.billingPeriod else { return false }
    return scope.periods.contains(period) && !scope.judged.contains(period)
  }

  private static func record(
    _ period: BillingPeriod?, _ basis: Text, _ span: DaySpan, _ open: OpenFindings
  ) -> JudgedPeriod {
    JudgedPeriod(
      billingPeriod: period, basis: basis, span: span, openFindings: open.count,
      dearest: open.dearest)
  }
}

extension RunPlan {
  /// Whether the record of the whole ledger speaks for this run.
  fileprivate func holds(_ whole: JudgedPeriod) -> Bool {
    !judgesAll && whole.basis == judgingBasis && whole.span.contains(asOf)
  }
}

extension StoredInvoice {
  /// The document, with the day on which it came.
  var document: Invoice {
    var document = invoice
    document.received = receivedDay
    return document
  }
}
