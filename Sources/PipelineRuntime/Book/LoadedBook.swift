import BillingLedger
import BillingModel
import Detecting
import ExactNumbers

/// The versions of a book with the contents that a night looks at.
struct LoadedBook {
  /// What is booked: whole where the period is loaded, else as its outline.
  private(set) var booked: [Booking] = []
  private(set) var shadows: [Booking] = []
  /// Versions that named an invoice first; before any was named, the last version.
  private(set) var replaced: [Booking] = []
  /// The version that each booked one replaced.
  private(set) var previous: [Booking] = []
  /// The daily usage of booked months, loaded or not.
  private(set) var history: DailyHistory
  /// What is booked for the months before those that are judged.
  private(set) var monthsBefore: [Booking] = []
  /// Of each booked month before the last that is judged, for rules that look back.
  private(set) var suspects: [SuspectGroup] = []
  private var files: [BillingPeriod: Set<Text>] = [:]
  /// True if a sum of the history left its range.
  private(set) var isOutOfRange = false

  init(_ book: OutlinedBook, _ scope: JudgingScope, _ ledger: Ledger) throws(LedgerFault) {
    let end = scope.judged.map(\.end).max()
    history = DailyHistory(judging: scope.judged.min())
    for month in book.booked {
      let version = month.version
      let isLoaded = scope.loaded.contains(version.billingPeriod)
      booked.append(isLoaded ? try version.booking(in: ledger) : month.booking)
      try lookBack(month, booked[booked.count - 1], isLoaded: isLoaded, scope, ledger)
      guard let end, month.isHistory(before: end) else { continue }
      try remember(version, booked[booked.count - 1], isLoaded: isLoaded, before: end, ledger)
    }
    var older: [[Text]: [Booking]] = [:]
    for version in book.versions {
      switch version.role {
      case .shadow where scope.judged.contains(version.billingPeriod):
        shadows.append(try version.booking(in: ledger))
      case .replaced where scope.loaded.contains(version.billingPeriod):
        let payerPeriod = [version.billingAccountID, Text(version.billingPeriod.description)]
        older[payerPeriod, default: []].append(try version.booking(in: ledger))
      default: break
      }
      if version.isCurrent { files[version.billingPeriod, default: []].formUnion(version.files) }
    }
    for (_, versions) in older.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      keep(versions.sorted { $0.delivery < $1.delivery })
    }
  }

  private mutating func lookBack(
    _ month: OutlinedBook.Month, _ booking: Booking, isLoaded: Bool, _ scope: JudgingScope,
    _ ledger: Ledger
  ) throws(LedgerFault) {
    let version = month.version
    if scope.judged.contains(version.billingPeriod.next) {
      monthsBefore.append(isLoaded ? booking : try version.booking(in: ledger))
    }
    guard let last = scope.judged.max(), version.billingPeriod < last else { return }
    let rules = DetectorCatalog.lookingBack
    if case .ledger(let id) = version.origin, !isLoaded {
      var contents = ExportContents()
      contents.suspects = try ledger.suspects(of: id, rules: rules)
      contents.screens = try ledger.screens(of: id)
      suspects += contents.asked(PipelineRunner.carried).suspects
    } else {
      let contents = isLoaded ? booking.contents : try version.contents(in: ledger)
      suspects += contents.suspects.filter { rules.contains($0.rule) }
    }
  }

  /// The replaced versions of one payer's period, oldest first.
  private mutating func keep(_ versions: [Booking]) {
    guard let last = versions.last else { return }
    previous.append(last)
    var named: Set<Text> = []
    for version in versions {
      let ids = Set(version.contents.charges.map(\.key.invoiceID).filter { !$0.isEmpty })
      let isLast = version.delivery == last.delivery
      guard !named.isSuperset(of: ids) || (isLast && named.isEmpty) else { continue }
      named.formUnion(ids)
      replaced.append(version)
    }
  }

  private mutating func remember(
    _ version: BookedVersion, _ booking: Booking, isLoaded: Bool, before end: Day, _ ledger: Ledger
  ) throws(LedgerFault) {
    var series = booking.contents.usage
    // Of a version that an older program booked only its charges are known.
    var usage: [UsageCost]?
    if case .ledger(let id) = version.origin, !isLoaded {
      series = try ledger.usageSeries(id)
      if series.isEmpty { usage = try ledger.usage(id, before: end) }
    }
    do throws(AmountOverflow) {
      if !series.isEmpty {
        try history.add(series)
      } else if let usage {
        try history.add(usage)
      } else {
        try history.add(booking.contents.charges)
      }
    } catch {
      isOutOfRange = true
    }
  }

  /// The hashes of the files that a period's current versions were read from.
  func files(of period: BillingPeriod) -> Set<Text> { files[period] ?? [] }
}

extension BookedVersion {
  /// As far as the rules of this program can judge it.
  func booking(in ledger: Ledger) throws(LedgerFault) -> Booking {
    switch origin {
    case .ledger(let id):
      var booking = try ledger.booking(id)
      booking.contents = booking.contents.asked(PipelineRunner.carried)
      return booking
    case .tonight(let new): return new
    }
  }

  func contents(in ledger: Ledger) throws(LedgerFault) -> ExportContents {
    try booking(in: ledger).contents
  }
}
