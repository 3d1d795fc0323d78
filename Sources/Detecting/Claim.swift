import BillingModel
import ExactNumbers

/// What a rule says of one key: both sides, the money, and what to do.
struct Claim {
  var kind: FindingKind = .errorCandidate
  /// Signed; positive: the customer paid, or will pay, too much.
  var impact: Amount
  /// The magnitude of the impact, unless the rule puts more at stake.
  var atStake: Amount?
  var actual: String
  var expected: String
  var explanation: Words
  var recommendation: Words
  var confidence: Confidence
  var leastSeverity: Severity = .info
  var mostSeverity: Severity?

  func finding(_ key: FindingKey, lines: Int, evidence: [Place] = [], selection: Selection? = nil)
    -> Finding
  {
    var finding = Finding(
      key: key, kind: kind, amountAtStake: (atStake ?? impact).magnitude, impact: impact,
      actual: Text(actual), expected: Text(expected), explanation: explanation,
      recommendation: recommendation, confidence: confidence.amount, lineCount: lines)
    finding.evidence = evidence
    finding.selection = selection
    finding.leastSeverity = leastSeverity
    finding.mostSeverity = mostSeverity
    return finding
  }

  /// The finding about a suspect, with its evidence. Region, days and tags are stated only where the
  /// first rows hold all there are.
  func finding(_ suspect: Suspect) -> Finding {
    var finding = finding(
      suspect.key, lines: suspect.rows, evidence: suspect.first.map(\.place),
      selection: Selection([suspect.grouped], isScreened: true))
    guard suspect.isWhole else { return finding }
    finding.tagSets = suspect.tagSets
    let regions = suspect.values(.regionID)
    if regions.count == 1 { finding.regionID = regions[0] }
    let starts = suspect.values(.chargePeriodStart).compactMap { Moment($0.string) }
    let ends = suspect.values(.chargePeriodEnd).compactMap { Moment($0.string) }
    finding.chargePeriodStart = starts.min()?.day
    // The end of a charge period is exclusive: midnight belongs to the day before.
    finding.chargePeriodEnd = ends.max().map { Moment(seconds: $0.seconds - 1).day }
    return finding
  }
}

/// How sure a rule is of its findings, by how it came to them.
enum Confidence {
  /// The documents contradict themselves or each other: arithmetic, no judgement.
  case proof
  /// A definition is broken, and a legitimate cause is rare.
  case strong
  /// A legitimate cause exists and cannot be told apart from the data at hand.
  case likely
  /// Worth a look: legitimate causes are common.
  case hint
  /// A share of one in parts per million, from a score.
  case score(Int128)

  var amount: Amount {
    switch self {
    case .proof: .one
    case .strong: .ppm(900_000)
    case .likely: .ppm(700_000)
    case .hint: .ppm(500_000)
    case .score(let ppm): .ppm(min(max(ppm, 0), 1_000_000))
    }
  }
}

extension Amount {
  /// A count of 10⁻⁶, for limits written down in the rules.
  static func ppm(_ count: Int128) -> Amount {
    do {
      return try Amount(units: count * 1_000_000_000_000)
    } catch {
      preconditionFailure("a small constant is in range")
    }
  }

  static let cent = ppm(10_000)

  /// 10⁻⁹
  static var billionth: Amount {
    do {
      return try Amount(units: 1_000_000_000)
    } catch {
      preconditionFailure("10⁻⁹ is in range")
    }
  }
}
