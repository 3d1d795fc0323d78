/// A made-up export in the shape of a legacy cost and usage report: 190 columns, about 913 bytes a row,
/// most of the product columns empty.
struct ExportText {
  enum Profile: String, CaseIterable {
    case lines = "LF"
    case carriages = "CR LF"
    /// Every field that is not empty stands in quotes, some with doubled quotes and line ends inside,
    /// a lone CR too.
    case quoted
  }

  static let columns = 190
  /// Fourteen columns: keys, two amounts, and a span of tags at the end.
  static let wanted =
    [0, 3, 8, 9, 12, 14, 16, 20, 23, 24, 26, 46, 71].map { $0...$0 } + [184...189]

  let profile: Profile
  private var random: Random

  init(_ profile: Profile, seed: UInt64) {
    self.profile = profile
    random = Random(state: seed)
  }

  /// Whole rows with their header, until `size` bytes are reached.
  mutating func bytes(_ size: Int) -> [UInt8] {
    let lineEnd = profile == .carriages ? "\r\n" : "\n"
    var result: [UInt8] = []
    result.reserveCapacity(size + 4096)
    result += (0..<Self.columns).map { "family/column\($0)" }.joined(separator: ",").utf8
    result += lineEnd.utf8
    while result.count < size {
      for column in 0..<Self.columns {
        if column > 0 { result.append(UInt8(ascii: ",")) }
        append(value(column), to: &result)
      }
      result += lineEnd.utf8
    }
    return result
  }

  private func append(_ value: String, to result: inout [UInt8]) {
    let needsQuotes = value.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
    guard needsQuotes || profile == .quoted && !value.isEmpty else {
      result += value.utf8
      return
    }
    result.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      result.append(byte)
      if byte == UInt8(ascii: "\"") { result.append(byte) }
    }
    result.append(UInt8(ascii: "\""))
  }

  private mutating func value(_ column: Int) -> String {
    switch column {
    case 0: return random.letters(52)
    case 1, 11: return "2026-10-\(10 + random.below(20))T\(10 + random.below(14)):00:00Z"
    case 2, 5, 6: return "2026-10-01T00:00:00Z"
    case 3, 4, 8: return "\(100_000_000_000 + random.below(40) * 7_919)"
    case 7: return "Amazon Web Services, Inc."
    case 9: return ["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage", "Tax"][random.below(4)]
    case 20...24: return "\(random.below(9)).\(random.below(1_000_000_000))"
    case 26: return description()
    case 184...189: return random.below(3) == 0 ? "" : random.letters(4 + random.below(12))
    case let other where other % 5 < 2: return random.letters(5 + random.below(8))
    default: return ""
    }
  }

  private mutating func description() -> String {
    if profile == .quoted, random.below(4) > 0 { return "per hour\nfor \"Linux\",\ron demand\r\n" }
    return random.below(100) == 0 ? "a 3.5\" disk" : "$0.096 per On Demand Linux instance hour"
  }
}

/// SplitMix64, so that every run measures the same bytes.
struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  mutating func letters(_ count: Int) -> String {
    String(
      decoding: (0..<count).map { _ in UInt8(ascii: "a") + UInt8(below(26)) }, as: UTF8.self)
  }
}
