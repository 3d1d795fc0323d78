import BillingModel
import ExactNumbers

extension [Finding] {
  /// Each key once, sorted by key. A key is the name of a finding: two of one name would be one to a
  /// reviewer, whichever rule forgot to tell them apart.
  func withUniqueKeys() throws(AmountOverflow) -> [Finding] {
    var merged: [Finding] = []
    for same in Dictionary(grouping: Set(self), by: \.key).values {
      merged.append(try Finding(uniting: same.sorted(by: Finding.leads)))
    }
    return merged.sorted { $0.key < $1.key }
  }
}

extension Finding {
  /// The dearest speaks first; then by what is said, so that no order of rules or facts shows.
  fileprivate static func leads(_ a: Finding, _ b: Finding) -> Bool {
    if a.amountAtStake != b.amountAtStake { return a.amountAtStake > b.amountAtStake }
    return a.words.lexicographicallyPrecedes(b.words)
  }

  private var words: [Text] {
    [
      explanation.english, actual, expected, recommendation.english, Text(kind.rawValue),
      Text(impact.description), Text(confidence.description), regionID, explanation.chinese,
      recommendation.chinese,
    ]
  }

  /// The first, with the money, the rows and the words of the others.
  fileprivate init(uniting findings: [Finding]) throws(AmountOverflow) {
    self = findings[0]
    guard findings.count > 1 else { return }
    amountAtStake = try Amount.sum(findings.map(\.amountAtStake))
    impact = try Amount.sum(findings.map(\.impact))
    lineCount = findings.reduce(0) { $0 + $1.lineCount }
    actual = Self.joined(findings.map(\.actual), by: "; ")
    expected = Self.joined(findings.map(\.expected), by: "; ")
    explanation = .sentences(Self.distinct(findings.map(\.explanation)))
    recommendation = .sentences(Self.distinct(findings.map(\.recommendation)))
    if Set(findings.map(\.regionID)).count > 1 { regionID = "" }
    chargePeriodStart = findings.compactMap(\.chargePeriodStart).min()
    chargePeriodEnd = findings.compactMap(\.chargePeriodEnd).max()
    confidence = findings.map(\.confidence).min() ?? confidence
    leastSeverity = findings.map(\.leastSeverity).min() ?? leastSeverity
    let areTagsKnown = findings.allSatisfy { !$0.tagSets.isEmpty }
    tagSets = areTagsKnown ? Set(findings.flatMap(\.tagSets)).sorted() : []
    let places = Set(findings.flatMap(\.evidence)).sorted()
    evidence = Array(places.prefix(SuspectGroup.evidenceLimit))
    selection = Selection.union(findings.map(\.selection))
  }

  private static func joined(_ texts: [Text], by separator: String) -> Text {
    Text(distinct(texts).map(\.string).joined(separator: separator))
  }

  /// Each once, where it stands first.
  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}
