import BillingLedger
import BillingModel
import Detecting
import ExactNumbers
import Normalizing
import Reconciling

/// A judged period, and the days of the run on which its report is the same.
struct JudgedReport {
  var report: PeriodReport
  var span: DaySpan
  /// What is not settled in the period itself.
  var openItems: [OpenItem]
  /// Whether it may be closed, if someone asks.
  var verdict: ClosingVerdict?
}

/// Reconciles and judges periods from what is booked and what invoices came, oldest first.
struct PeriodJudging {
  private let plan: RunPlan
  private let memory: Memory
  private let scope: JudgingScope
  private let invoices: [Invoice]
  private let earlier: EarlierInvoices
  private let inputs: [KnownInput]
  private let book: LoadedBook
  private let attributor: Attributor
  private let closing: ClosingRecords
  private let asked: Set<BillingPeriod>
  private let reviews: ReviewLog
  private let decisions: DecisionBook
  private let disputes: [Dispute]

  init(
    _ plan: RunPlan, _ memory: Memory, _ scope: JudgingScope, book: LoadedBook,
    documents: [Invoice], inputs: [KnownInput], closing: ClosingRecords,
    asked: Set<BillingPeriod>, reviews: ReviewLog, disputes: [Dispute]
  ) {
    self.plan = plan
    self.memory = memory
    self.book = book
    self.scope = scope
    invoices = documents
    earlier = EarlierInvoices(documents)
    self.inputs = inputs
    self.closing = closing
    self.asked = asked
    self.reviews = reviews
    self.disputes = disputes
    decisions = DecisionBook(reviews.decisions, plan.definition.review)
    attributor = Attributor(
      rules: plan.definition.normalize.tags, accounts: plan.definition.normalize.accounts)
  }

  /// One report for each judged period, in the order of periods.
  func reports(_ progress: (String) -> Void) throws(Stop) -> [JudgedReport] {
    do throws(AmountOverflow) {
      return try judged(progress)
    } catch {
      let bookings = book.booked + book.shadows + book.replaced
      throw .overflow(LargestAmount(bookings: bookings, invoices: invoices).description)
    }
  }

  private func judged(_ progress: (String) -> Void) throws(AmountOverflow) -> [JudgedReport] {
    let reconciliations = try reconcile()
    if book.isOutOfRange { throw AmountOverflow() }
    var reports: [JudgedReport] = []
    var openItems = closing.openItems
    for period in scope.judged.sorted() {
      progress("judging \(period)")
      var facts = facts(
        period, reconciliations[period] ?? Reconciliation(billingPeriod: period),
        history: book.history.series(through: period),
        isRecent: scope.periods.suffix(2).contains(period))
      facts.usage = try book.history.usage(through: period)
      facts.calendar = plan.definition.detect.calendar
      let closingOfPeriod = ClosingJudging(
        facts, book, closing, attributor, reconciliations, plan.definition)
      let restatement = try closingOfPeriod.restatement()
      facts.signOff = closing.signOffs[period]
      facts.movedSinceSignOff = restatement.filter { $0.since == .signOff }
      var report = try report(facts)
      report.restatement = restatement
      report.signOff = facts.signOff
      report.expectedInvoices = try closingOfPeriod.expectedInvoices()
      let own = closingOfPeriod.openItems()
      openItems[period] = own
      report.openItems = closingOfPeriod.aged(
        own
          + (period == scope.periods.last
            ? RolledForward.items(openItems, to: period, among: scope.periods) : []))
      let verdict = asked.contains(period) ? try closingOfPeriod.verdict() : nil
      var span = facts.asOf.span
      span.narrow(to: facts.reconciliation.span)
      reports.append(
        JudgedReport(report: report, span: span, openItems: own, verdict: verdict))
    }
    return reports
  }

  private func reconcile() throws(AmountOverflow) -> [BillingPeriod: Reconciliation] {
    let results = try Reconciler(plan).reconcile(
      bookings: book.booked, replaced: book.replaced, invoices: invoices)
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
    let wasJudged = memory.findings(of: period).contains {
      $0.lastReported?.finding.kind == .anomaly
    }
    let asOf = RunDay(plan.asOf)
    let shown = invoices.filter {
      documents.contains($0.documentName) || $0.isRefused(in: period)
    }
    var facts = PeriodFacts(
      billingPeriod: period, asOf: asOf, bookings: bookings,
      shadows: book.shadows.filter { $0.billingPeriod == period },
      replaced: Dictionary(
        book.replaced.filter { $0.billingPeriod == period }.map { ($0.billingAccountID, $0) },
        uniquingKeysWith: { first, _ in first }),
      invoices: shown, reconciliation: reconciliation, history: history,
      openPayers: Set(bookings.filter { isOpen($0, asOf) }.map(\.billingAccountID)),
      reportsAnomalies: isRecent || wasJudged || plan.definition.detect.reportsBackfill,
      contract: plan.definition.reconcile.contract,
      accounts: plan.definition.normalize.accounts)
    facts.earlierInvoices = earlier.documents(before: shown)
    facts.previous = book.monthsBefore.filter { $0.billingPeriod == period.previous }
    facts.earlierSuspects = book.suspects.filter { $0.billingPeriod < period }
    return facts
  }

  /// AWS may restate a month for about two weeks after its end, and longer while lines lack an invoice.
  private func isOpen(_ booking: Booking, _ asOf: RunDay) -> Bool {
    booking.contents.charges.contains { $0.key.invoiceID.isEmpty }
      && asOf.isBefore(booking.billingPeriod.end.advanced(by: 15))
  }

  // MARK: Report

  private func report(_ facts: PeriodFacts) throws(AmountOverflow) -> PeriodReport {
    let allocations = facts.bookings.flatMap(\.contents.allocations)
    let names = AccountNames(facts)
    let allocation = try PeriodAllocation(
      allocations, earlier: facts.previous.flatMap(\.contents.allocations),
      accountNames: names.names, attributor, debtLimit: plan.definition.report.tagDebt)
    var facts = facts
    facts.owners = try owners(facts, allocation.ownership)
    facts.tagUses = try TagUses.all(allocations, attributor)
    let judgement = try DetectorCatalog.judge(facts, without: plan.definition.detect.without)
    let desk = FindingDesk(
      facts: facts, detect: plan.definition.detect, memory: memory,
      decisions: decisions, ownership: allocation.ownership, names: names)
    var report = PeriodReport(
      billingPeriod: facts.billingPeriod, asOf: plan.asOf,
      definition: Text(plan.definition.name))
    report.findings = try desk.reported(judgement.findings)
    let claims = PeriodClaims(report.findings, facts.reconciliation)
    report.disputes = claims.standing(
      disputes.filter { $0.key.billingPeriod == facts.billingPeriod })
    report.unclaimed = claims.unclaimed
    report.dismissed = report.findings.filter { $0.status == .dismissed }
    report.candidates = try desk.reportedCandidates(judgement.candidates)
    report.reconciliation = facts.reconciliation
    report.coverage = allocation.coverage
    report.accuracy = allocation.accuracy
    report.tagDebt = allocation.debt
    for dimension in Dimension.allCases {
      report.traceability.append(try Traceability(of: report.findings, by: dimension))
    }
    report.decisions = reviews.decisions(of: facts.billingPeriod)
    report.reviewRefusals = reviews.refusals(of: facts.billingPeriod)
    report.rejects =
      facts.bookings.flatMap(\.contents.rejects) + report.reviewRefusals.map(\.reject)
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
    report.notes =
      notes(facts) + claims.notes(report.disputes) + suppressed(report.findings)
    return report
  }

  /// What a decision about the same cause keeps off `anomalies.csv`: the summary names it.
  private func suppressed(_ findings: [ReportedFinding]) -> [Text] {
    let decided = Set(reviews.decisions.map(\.findingID))
    return findings.filter { $0.status == .dismissed && !decided.contains($0.id) }.map {
      let key = $0.finding.key
      return Text(
        "\($0.id) (\(key.rule), \(key.currency) \($0.finding.amountAtStake)) is not listed: "
          + "\($0.remark?.english ?? "")")
    }.sorted()
  }

  /// Whose each account's service is in the month; one without an owner is left out.
  private func owners(
    _ facts: PeriodFacts, _ ownership: Ownership
  ) throws(AmountOverflow) -> [DailySeries.Key: Text] {
    var owners: [DailySeries.Key: Text] = [:]
    for series in facts.history {
      var key = FindingKey(
        rule: "", billingAccountID: series.key.billingAccountID,
        billingPeriod: facts.billingPeriod, currency: series.key.currency)
      key.subAccountID = series.key.subAccountID
      key.serviceName = series.key.serviceName
      owners[series.key] = try ownership.attribution(of: key).values[.owner]?.value
    }
    return owners
  }

  private func inputs(of facts: PeriodFacts) -> [ReportedInput] {
    let files = book.files(of: facts.billingPeriod)
      .union(facts.invoices.map(\.sha256)).union([facts.signOff?.sha256].compactMap { $0 })
    return inputs.filter { $0.isListed(among: files) }.map {
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

extension Reconciler {
  /// The same for where documents belong and for their proof.
  init(_ plan: RunPlan) {
    let options = plan.definition.reconcile
    self.init(asOf: plan.asOf)
    invoicesExpectedBy = options.invoicesExpectedBy
    tolerance = options.tolerance
    toleranceByCurrency = options.toleranceByCurrency
    purchaseOrders = options.contract.purchaseOrders ?? []
    taxRates = options.contract.taxRates ?? []
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
