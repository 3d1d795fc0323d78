import BillingModel
import ExactNumbers
import Reconciling

/// Reads the stages of a pipeline definition, whose keys are the stages in their order.
struct PipelineFile {
  static let keys = [
    "name", "language", "asOf", "claim", "ingest", "normalize", "reconcile", "detect", "review",
    "report",
    "close",
  ]

  /// The files that a definition refers to, relative to its own folder, with the node to blame.
  struct References {
    var dialects: YAMLNode?
    var tags: YAMLNode?
    var accounts: YAMLNode?
    var contract: YAMLNode?
    /// The rules that are switched off.
    var without: YAMLNode?
    var calendars: YAMLNode?
  }

  static func read(_ root: YAMLNode) -> (Definition, References) {
    let values = root.mapping(keys, required: ["name"])
    var definition = Definition(name: values["name"]?.text() ?? "")
    var references = References()
    let language = values["language"]?.word(among: Language.allCases.map(\.rawValue))
    definition.language = language.flatMap(Language.init) ?? definition.language
    definition.asOf = values["asOf"]?.day()
    if let node = values["claim"] { definition.claim = claim(node) }
    if let node = values["ingest"] { definition.ingest = ingest(node, &references) }
    if let node = values["normalize"] {
      let values = node.mapping(["tags", "accounts"])
      references.tags = values["tags"]
      references.accounts = values["accounts"]
    }
    if let node = values["reconcile"] { definition.reconcile = reconcile(node, &references) }
    if let node = values["detect"] { definition.detect = detect(node, &references) }
    if let node = values["review"] { definition.review = review(node) }
    if let node = values["report"] { definition.report = report(node) }
    if let node = values["close"]?.mapping(["unexplained"])["unexplained"] {
      definition.close.unexplained = unsigned(node)
    }
    return (definition, references)
  }

  private static func claim(_ node: YAMLNode) -> Definition.Claim {
    let values = node.mapping(["inbox", "settle", "ignore"])
    var claim = Definition.Claim()
    if let word = values["inbox"]?.word(among: Definition.Claim.Mode.allCases.map(\.rawValue)) {
      claim.inbox = Definition.Claim.Mode(rawValue: word) ?? .drop
    }
    claim.settleSeconds = values["settle"]?.integer(in: 0...3600) ?? claim.settleSeconds
    claim.ignore = values["ignore"]?.texts() ?? []
    return claim
  }

  private static func ingest(_ node: YAMLNode, _ references: inout References) -> Definition.Ingest
  {
    let values = node.mapping(["exports", "dialects"])
    var ingest = Definition.Ingest()
    references.dialects = values["dialects"]
    if let exports = values["exports"]?.mapping(["prefer"])["prefer"] {
      let words = ExportFormat.allCases.map(\.rawValue)
      let preferred = exports.list().compactMap { $0.word(among: words) }
        .compactMap(ExportFormat.init(rawValue:))
      ingest.prefer = preferred + ExportFormat.allCases.filter { !preferred.contains($0) }
    }
    return ingest
  }

  private static func reconcile(
    _ node: YAMLNode, _ references: inout References
  ) -> Definition.Reconcile {
    let values = node.mapping(["contract", "tolerance", "invoices"])
    var reconcile = Definition.Reconcile()
    references.contract = values["contract"]
    if let node = values["tolerance"] {
      let values = node.mapping(["perLine", "floor", "cap", "currencies"])
      reconcile.tolerance = tolerance(values, or: reconcile.tolerance)
      for (key, value) in values["currencies"]?.entries() ?? [] {
        guard let currency = key.currency() else { continue }
        reconcile.toleranceByCurrency[currency] = tolerance(
          value.mapping(["perLine", "floor", "cap"]), or: reconcile.tolerance)
      }
    }
    if let day = values["invoices"]?.mapping(["expectedBy"])["expectedBy"]?.integer(in: 1...28) {
      reconcile.invoicesExpectedBy = day
    }
    return reconcile
  }

  private static func tolerance(
    _ values: [String: YAMLNode], or standard: Tolerance
  ) -> Tolerance {
    let tolerance = Tolerance(
      perLine: values["perLine"]?.amount() ?? standard.perLine,
      floor: values["floor"]?.amount() ?? standard.floor,
      cap: values["cap"]?.amount() ?? standard.cap)
    if tolerance.floor > tolerance.cap {
      (values["cap"] ?? values["floor"])?.mistake(
        "the floor \(tolerance.floor) is above the cap \(tolerance.cap)")
    }
    return tolerance
  }

  private static func detect(
    _ node: YAMLNode, _ references: inout References
  ) -> Definition.Detect {
    let values = node.mapping(["without", "severity", "backfill", "calendars"])
    var detect = Definition.Detect()
    if let node = values["severity"] {
      let values = node.mapping(["critical", "high", "medium", "low", "currencies"])
      detect.severity = bands(values, or: detect.severity)
      for (key, value) in values["currencies"]?.entries() ?? [] {
        guard let currency = key.currency() else { continue }
        detect.severityByCurrency[currency] = bands(
          value.mapping(["critical", "high", "medium", "low"]), or: detect.severity)
      }
    }
    detect.reportsBackfill = values["backfill"]?.mapping(["report"])["report"]?.flag() ?? false
    references.without = values["without"]
    references.calendars = values["calendars"]
    detect.without = Set((values["without"]?.texts() ?? []).map { RuleID(Text($0)) })
    return detect
  }

  private static func bands(
    _ values: [String: YAMLNode], or standard: Definition.Detect.SeverityBands
  ) -> Definition.Detect.SeverityBands {
    let bands = Definition.Detect.SeverityBands(
      critical: values["critical"]?.amount() ?? standard.critical,
      high: values["high"]?.amount() ?? standard.high,
      medium: values["medium"]?.amount() ?? standard.medium,
      low: values["low"]?.amount() ?? standard.low)
    if !(bands.low <= bands.medium && bands.medium <= bands.high && bands.high <= bands.critical) {
      (values["critical"] ?? values["high"] ?? values["medium"] ?? values["low"])?.mistake(
        "the bands must not fall: low, medium, high, critical are "
          + "\(bands.low), \(bands.medium), \(bands.high), \(bands.critical)")
    }
    return bands
  }

  private static func review(_ node: YAMLNode) -> Definition.Review {
    let values = node.mapping(["reopen"])["reopen"]?.mapping(["share", "floor"]) ?? [:]
    var review = Definition.Review()
    review.share = values["share"].map(unsigned) ?? review.share
    review.floor = values["floor"].map(unsigned) ?? review.floor
    return review
  }

  private static func unsigned(_ node: YAMLNode) -> Amount {
    guard let amount = node.amount() else { return .zero }
    if amount < .zero { node.mistake("an amount of 0 or more, not \(amount)") }
    return amount
  }

  private static func report(_ node: YAMLNode) -> Definition.Report {
    let values = node.mapping(["bom", "retention", "tagDebt"])
    var report = Definition.Report()
    report.byteOrderMark = values["bom"]?.flag() ?? report.byteOrderMark
    report.retention = values["retention"]?.integer(in: 1...10_000) ?? report.retention
    report.tagDebt = values["tagDebt"]?.integer(in: 0...1_000) ?? report.tagDebt
    return report
  }
}

extension YAMLNode {
  func currency() -> CurrencyCode? {
    guard let text = text() else { return nil }
    let code = CurrencyCode(Text(text))
    if text == "RMB" {
      mistake("the ISO 4217 code of the renminbi is CNY, not \"RMB\"")
      return nil
    }
    guard code.isWellFormed else {
      mistake("expected an ISO 4217 code such as USD, not \"\(text)\"")
      return nil
    }
    return code
  }

  func day() -> Day? {
    guard let text = text() else { return nil }
    guard let day = Day(text) else {
      mistake("expected a day as YYYY-MM-DD, not \"\(text)\"")
      return nil
    }
    return day
  }
}
