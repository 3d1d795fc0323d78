import BillingModel
import ExactNumbers

/// The tag keys of a currency's line items that no rule knows, and which dimension each may belong to.
///
/// A key is a candidate for a dimension if it is one edit away from a key that leads there, or if more
/// than half of the gross cost that carries it has one of the dimension's values there: those that the
/// rules list, and those that tags say in the same month.
struct UnknownKeys {
  /// Why a key may belong to a dimension.
  enum Ground: Hashable {
    /// It is one edit away from this key of this rule.
    case near(Text, rule: Text)
    /// Its values are the dimension's.
    case values
  }

  private struct Tally {
    var gross = Amount.zero
    var grossByDimension: [Dimension: Amount] = [:]
    /// As taggers write it, the first by bytes.
    var own: Text
  }

  private let attributor: Attributor
  private var tallies: [Text: Tally] = [:]
  /// By folded key.
  private(set) var grounds: [Text: [Dimension: Ground]] = [:]

  init(
    _ allocations: [AllocationSummary], _ memo: inout AttributionMemo
  ) throws(AmountOverflow) {
    attributor = memo.attributor
    var said: [Dimension: Set<Text>] = [:]
    for allocation in allocations {
      for (dimension, value) in memo.reading(allocation.tags).own.values {
        said[dimension, default: []].insert(value.value)
      }
    }
    var values = SpokenValues(attributor, said)
    for allocation in allocations {
      for tag in allocation.tags.tags {
        let role = memo.role(of: tag.key)
        guard role.isUnknown, let key = role.key, !key.folded.isEmpty else { continue }
        try add(key, values.dimensions(of: tag.value), allocation.billedCost.magnitude)
      }
    }
    let known = Self.knownKeys(attributor.rules)
    for (folded, tally) in tallies { grounds[folded] = Self.grounds(of: folded, tally, known) }
  }

  private mutating func add(
    _ key: TagKey, _ dimensions: [Dimension], _ gross: Amount
  ) throws(AmountOverflow) {
    var tally = tallies[key.folded] ?? Tally(own: key.own)
    tally.own = min(tally.own, key.own)
    try tally.gross += gross
    for dimension in dimensions {
      try tally.grossByDimension[dimension, default: .zero] += gross
    }
    tallies[key.folded] = tally
  }

  /// A key that leads to a dimension.
  private struct KnownKey {
    var dimension: Dimension
    var key: Text
    var rule: Text
    var folded: Text
  }

  private static func knownKeys(_ rules: TagRules) -> [KnownKey] {
    Dimension.allCases.flatMap { dimension in
      (rules.dimensions[dimension]?.rules ?? []).flatMap { rule in
        ([rule.key] + rule.aliases).map { key in
          KnownKey(
            dimension: dimension, key: key, rule: rule.name,
            folded: Spelling.foldedKey(key.string))
        }
      }
    }
  }

  private static func grounds(
    of folded: Text, _ tally: Tally, _ known: [KnownKey]
  ) -> [Dimension: Ground] {
    var grounds: [Dimension: Ground] = [:]
    for key in known
    where grounds[key.dimension] == nil && OneEdit.isBetween(folded, key.folded) {
      grounds[key.dimension] = .near(key.key, rule: key.rule)
    }
    for (dimension, part) in tally.grossByDimension
    where grounds[dimension] == nil && part.units > tally.gross.units - part.units {
      grounds[dimension] = .values
    }
    return grounds
  }

  /// The key as taggers write it.
  func spelling(of folded: Text) -> Text { tallies[folded]?.own ?? folded }

  /// Whether the key may belong to the dimension, and the value would be one of its own.
  func mayMean(_ folded: Text, _ value: Text, _ dimension: Dimension) -> Bool {
    guard grounds[folded]?[dimension] != nil,
      let reading = attributor.readers[dimension]?.read(value)
    else { return false }
    return attributor.isSettled(reading.value, dimension)
  }
}

/// Whose value a text is: listed by the rules of a dimension, or said by tags in the same month.
private struct SpokenValues {
  private let attributor: Attributor
  private let said: [Dimension: Set<Text>]
  /// Keys share values, and line items repeat them. Bounded, since values may be as many as resources.
  private var known: [Text: [Dimension]] = [:]
  private static let capacity = 1 << 15

  init(_ attributor: Attributor, _ said: [Dimension: Set<Text>]) {
    self.attributor = attributor
    self.said = said
  }

  mutating func dimensions(of value: Text) -> [Dimension] {
    if let dimensions = known[value] { return dimensions }
    if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
    let dimensions = Dimension.allCases.filter { dimension in
      guard let reading = attributor.readers[dimension]?.read(value) else { return false }
      return reading.isListed || said[dimension]?.contains(reading.value) == true
    }
    known[value] = dimensions
    return dimensions
  }
}

/// Two words of which one was mistyped.
enum OneEdit {
  /// In shorter words one letter makes another word: `cc` and `ec`, `env` and `enc`.
  private static let leastLength = 4

  /// True if one letter was added, left out or written for another, or two neighbours changed places; false
  /// for equal words.
  static func isBetween(_ a: Text, _ b: Text) -> Bool {
    // No scalar has more than four bytes: most words are told apart by their length.
    guard abs(a.string.utf8.count - b.string.utf8.count) <= 4 else { return false }
    let (a, b) = (Array(a.string.unicodeScalars), Array(b.string.unicodeScalars))
    guard min(a.count, b.count) >= leastLength, abs(a.count - b.count) <= 1, a != b else {
      return false
    }
    var start = 0
    while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
    var end = 0
    while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] {
      end += 1
    }
    let (x, y) = (a[start..<a.count - end], b[start..<b.count - end])
    if max(x.count, y.count) <= 1 { return true }
    return x.count == 2 && y.count == 2 && x.first == y.last && x.last == y.first
  }
}
