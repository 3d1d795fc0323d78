package import BillingModel
package import ExactNumbers

/// A rule: it declares what the pass over the rows shall look for, and judges what came back.
///
/// A detector is a value without state. It reads ``BillingModel/PeriodFacts`` and nothing else, so
/// the same facts give the same judgement on any machine.
package protocol Detector: Sendable {
  /// The rule's name, which is also the name of its type and of its file. It goes into every
  /// FindingId: a rule may be rewritten, but not renamed.
  static var id: RuleID { get }

  /// What the pass over the rows must carry for this rule: none, or one, since a
  /// ``BillingModel/SuspectGroup`` names only its rule.
  var screens: [Screen] { get }

  /// Whether the rule also reads what its screen found in earlier months.
  static var looksBack: Bool { get }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement
}

extension Detector {
  package var screens: [Screen] { [] }
  package static var looksBack: Bool { false }
}

/// What a rule says of one billing period.
package struct Judgement: Hashable, Sendable {
  package var findings: [Finding] = []
  /// What was scored and left under the line.
  package var candidates: [Finding] = []
  /// Where the rule could not look, and why. A rule that is silent has looked everywhere.
  package var unchecked: [UncheckedRule] = []
  package var unjudged: [UnjudgedSeries] = []

  package init() {}

  /// Nothing could be looked at.
  static func unchecked(_ rule: UncheckedRule) -> Judgement {
    var judgement = Judgement()
    judgement.unchecked = [rule]
    return judgement
  }

  mutating func add(_ other: Judgement) {
    findings += other.findings
    candidates += other.candidates
    unchecked += other.unchecked
    unjudged += other.unjudged
  }

  /// The same, in an order that depends on nothing but what it says.
  func sorted() -> Judgement {
    var result = Judgement()
    result.findings = findings.sorted { $0.key < $1.key }
    result.candidates = candidates.sorted { $0.key < $1.key }
    result.unchecked = Set(unchecked).sorted {
      ($0.rule.text, $0.reason) < ($1.rule.text, $1.reason)
    }
    result.unjudged = unjudged.sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
    return result
  }
}

extension UnjudgedSeries {
  fileprivate var parts: [Text] {
    [billingAccountID, subAccountID, serviceName, currency.text, reason]
  }
}
