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
    for allocation in allocations {
      for tag in allocation.tags.tags {
        let role = memo.role(of: tag.key)
        guard role.isUnknown, let key = role.key, !key.folded.isEmpty else { continue }
        try add(key, tag.value, allocation.billedCost.magnitude, said)
      }
    }
    for (folded, tally) in tallies { grounds[folded] = grounds(of: folded, tally) }
  }

  private mutating func add(
    _ key: TagKey, _ value: Text, _ gross: Amount, _ said: [Dimension: Set<Text>]
  ) throws(AmountOverflow) {
    var tally = tallies[key.folded] ?? Tally(own: key.own)
    tally.own = min(tally.own, key.own)
    try tally.gross += gross
    for dimension in Dimension.allCases {
      guard let reading = attributor.readers[dimension]?.read(value),
        reading.isListed || said[dimension]?.contains(reading.value) == true
      else { continue }
      try tally.grossByDimension[dimension, default: .zero] += gross
    }
    tallies[key.folded] = tally
  }

  private func grounds(of folded: Text, _ tally: Tally) -> [Dimension: Ground] {
    var grounds: [Dimension: Ground] = [:]
    for dimension in Dimension.allCases {
      let part = tally.grossByDimension[dimension] ?? .zero
      if let near = nearest(folded, dimension) {
        grounds[dimension] = near
      } else if part.units > tally.gross.units - part.units {
        grounds[dimension] = .values
      }
    }
    return grounds
  }

  private func nearest(_ folded: Text, _ dimension: Dimension) -> Ground? {
    for rule in attributor.rules.dimensions[dimension]?.rules ?? [] {
      for key in [rule.key] + rule.aliases
      where OneEdit.isBetween(folded, Spelling.foldedKey(key.string)) {
        return .near(key, rule: rule.name)
      }
    }
    return nil
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

/// Two words of which one was mistyped.
enum OneEdit {
  /// In shorter words one letter makes another word: `cc` and `ec`, `env` and `enc`.
  private static let leastLength = 4

  /// True if one letter was added, left out or written for another, or two neighbours changed places; false
  /// for equal words.
  static func isBetween(_ a: Text, _ b: Text) -> Bool {
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
