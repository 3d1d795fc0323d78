import BillingLedger
import BillingModel
import ExactNumbers
import Reconciling

/// Which periods a night judges, and which months it must load for that.
///
/// Each period has a basis: the hash of all that it is judged from. A period whose last judgement had
/// the same basis and holds on the day of the run has the same documents.
struct JudgingScope {
  /// What a night has at hand before any month is loaded.
  struct Evidence {
    let plan: RunPlan
    let book: OutlinedBook
    let matches: [MatchOutline]
    let invoices: [StoredInvoice]
    let earlier: EarlierInvoices
    let inputs: [KnownInput]
    /// The newest of each period.
    let signOffs: [BillingPeriod: SignOff]
    /// Periods that someone asks to close.
    let asked: Set<BillingPeriod>
    /// What reviewers decided, oldest first, and what was not taken of it.
    let reviews: ReviewLog
    /// What is claimed back in any period.
    let disputes: [Dispute]
    /// As they were when their periods were judged last.
    let openItems: [BillingPeriod: [OpenItem]]
  }

  /// All periods that hold charges or a match, sorted.
  let periods: [BillingPeriod]
  let judged: Set<BillingPeriod>
  /// The judged ones, and all that share a match with them, or with one that does.
  let loaded: Set<BillingPeriod>
  /// Empty where nothing tells which definition or program judges.
  private let bases: [BillingPeriod: Text]
  private let clusters: [[BillingPeriod]]

  /// - Parameter earlier: What earlier nights judged.
  init(_ evidence: Evidence, earlier: [JudgedPeriod]) {
    let shown = evidence.matches.flatMap(\.periods)
    let periods = Set(evidence.book.booked.map(\.version.billingPeriod)).union(shown).sorted()
    let clusters = Self.clusters(of: periods, evidence.matches)
    var bases: [BillingPeriod: Text] = [:]
    if let common = evidence.plan.judgingBasis {
      let shared = clusters.map { Self.basis(of: $0, evidence) }
      for (cluster, basis) in zip(clusters, shared) {
        for period in cluster {
          let isRecent = periods.suffix(2).contains(period)
          bases[period] = Fingerprint.of(
            [common, basis, isRecent ? "recent" : ""]
              + [Self.ownBasis(of: period, evidence)])
        }
      }
    }
    let known = Dictionary(
      earlier.compactMap { record in record.billingPeriod.map { ($0, record) } },
      uniquingKeysWith: { first, _ in first })
    let basis = { period in
      Self.basis(bases[period], of: period, among: periods, evidence.openItems)
    }
    let judged = Set(
      periods.filter { period in
        guard !evidence.plan.judgesAll, !evidence.asked.contains(period),
          let basis = basis(period), let record = known[period]
        else { return true }
        return record.basis != basis || !record.span.contains(evidence.plan.asOf)
      })
    self.periods = periods
    self.bases = bases
    self.clusters = clusters
    self.judged = judged
    loaded = Set(clusters.filter { !judged.isDisjoint(with: $0) }.flatMap { $0 })
  }

  /// The same, and the newest period, which shows what rolls forward from the others.
  init(_ scope: JudgingScope, with newest: BillingPeriod) {
    periods = scope.periods
    bases = scope.bases
    clusters = scope.clusters
    let judged = scope.judged.union([newest])
    self.judged = judged
    loaded = Set(clusters.filter { !judged.isDisjoint(with: $0) }.flatMap { $0 })
  }

  /// What a period is judged from; in the newest one what rolls forward counts too.
  func basis(of period: BillingPeriod, _ openItems: [BillingPeriod: [OpenItem]]) -> Text? {
    Self.basis(bases[period], of: period, among: periods, openItems)
  }

  private static func basis(
    _ basis: Text?, of period: BillingPeriod, among periods: [BillingPeriod],
    _ openItems: [BillingPeriod: [OpenItem]]
  ) -> Text? {
    guard let basis, period == periods.last else { return basis }
    let items = RolledForward.items(openItems, to: period, among: periods)
    return items.isEmpty ? basis : Fingerprint.of([basis, RolledForward.fingerprint(items)])
  }

  /// Everything, whatever was judged before.
  init(all scope: JudgingScope) {
    periods = scope.periods
    bases = scope.bases
    clusters = scope.clusters
    judged = Set(scope.periods)
    loaded = Set(scope.periods)
  }

  /// Periods that are held together by matches over several of them.
  private static func clusters(
    of periods: [BillingPeriod], _ matches: [MatchOutline]
  ) -> [[BillingPeriod]] {
    var clusters: [BillingPeriod: Int] = [:]
    var members = periods.map { [$0] }
    for (index, period) in periods.enumerated() { clusters[period] = index }
    for match in matches {
      guard let first = match.periods.first.flatMap({ clusters[$0] }) else { continue }
      for period in match.periods.dropFirst() {
        guard let other = clusters[period], other != first else { continue }
        for member in members[other] { clusters[member] = first }
        members[first] += members[other]
        members[other] = []
      }
    }
    return members.filter { !$0.isEmpty }.map { $0.sorted() }
  }

  /// What reconciles the periods of a cluster: their charges, those they replaced, and what meets them.
  private static func basis(of cluster: [BillingPeriod], _ evidence: Evidence) -> Text {
    let members = Set(cluster)
    var fingerprint = Fingerprint()
    for version in evidence.book.versions where members.contains(version.billingPeriod) {
      fingerprint.add(version.identity)
    }
    fingerprint.add("matches")
    for match in evidence.matches where !members.isDisjoint(with: match.periods) {
      fingerprint.add(match.periods.map { Text($0.description) })
      fingerprint.add(match.parts)
    }
    return fingerprint.value
  }

  /// What a period looks at by itself: the days before its end, the issuers of the month before,
  /// documents that it shows, and the files that its summary lists.
  private static func ownBasis(of period: BillingPeriod, _ evidence: Evidence) -> Text {
    var fingerprint = Fingerprint()
    fingerprint.add(Text(period.description))
    for month in evidence.book.booked
    where month.isHistory(before: period.end) || month.version.billingPeriod < period {
      fingerprint.add(month.version.identity)
    }
    let shown = evidence.matches.filter { $0.periods.last == period }
    let names = shown.reduce(into: Set<Text>()) { $0.formUnion($1.documents) }
    let invoices = evidence.invoices.filter {
      names.contains($0.invoice.documentName) || $0.invoice.isRefused(in: period)
    }
    fingerprint.add("documents")
    for stored in invoices {
      fingerprint.add([stored.invoice.sha256, Text(String(stored.invoice.index))])
    }
    fingerprint.add("earlier")
    for invoice in evidence.earlier.documents(before: invoices.map(\.document)) {
      fingerprint.add([invoice.sha256, Text(String(invoice.index))])
    }
    var files = Set(
      evidence.book.versions.filter { $0.billingPeriod == period && $0.isCurrent }
        .flatMap(\.files) + invoices.map(\.invoice.sha256))
    if let signOff = evidence.signOffs[period] {
      files.insert(signOff.sha256)
      fingerprint.add(["signed", signOff.sha256, Text(String(signOff.version))])
    }
    fingerprint.add(evidence.reviews.basis(of: period))
    fingerprint.add("disputes")
    for dispute in evidence.disputes where dispute.key.billingPeriod == period {
      fingerprint.add([dispute.findingID, Text(dispute.recovered.description)])
      fingerprint.add(dispute.credits)
      fingerprint.add(dispute.possibleCredits)
    }
    fingerprint.add("files")
    let listed = evidence.inputs.filter { $0.isListed(among: files) }.map {
      [$0.sha256, $0.name, $0.kind, $0.outcome, $0.reason]
    }
    for input in listed.sorted(by: { $0.lexicographicallyPrecedes($1) }) { fingerprint.add(input) }
    return fingerprint.value
  }
}

extension OutlinedBook.Month {
  /// True where the month has usage that a period which ends on that day looks back at.
  func isHistory(before end: Day) -> Bool { outline.firstUsageDay.map { $0 < end } ?? false }
}

extension KnownInput {
  /// The same bytes under another name are no input of the month; what has no period lists them.
  func isListed(among files: Set<Text>) -> Bool {
    files.contains(sha256) && outcome != "duplicate"
  }
}
