import BillingModel

/// Tells a dimension by what an account or its resources are called.
struct NameReader: Sendable {
  private struct Pattern {
    var rule: NameRule
    var glob: NameGlob
    /// As documents show it.
    var value: Text
  }

  /// In the order of the rules.
  private var patterns: [Dimension: [Pattern]] = [:]

  init(_ rules: [NameRule], _ readers: [Dimension: ValueReader]) {
    for rule in rules {
      guard let reading = readers[rule.dimension]?.read(rule.value) else { continue }
      patterns[rule.dimension, default: []].append(
        Pattern(rule: rule, glob: NameGlob(rule.pattern), value: reading.value))
    }
  }

  /// - Parameters:
  ///   - account: The account's name; nil where it has none.
  ///   - resources: What the resources are called. All must fit, and none tells nothing.
  func value(
    _ dimension: Dimension, account: FoldedName?, resources: [FoldedName]
  ) -> AttributedValue? {
    for pattern in patterns[dimension] ?? [] {
      let subjects = pattern.rule.subjects
      if subjects.contains(.account), let account, pattern.glob.matches(account) {
        return told(pattern, account)
      }
      if subjects.contains(.resource), let first = resources.min(by: { $0.text < $1.text }),
        resources.allSatisfy(pattern.glob.matches)
      {
        return told(pattern, first)
      }
    }
    return nil
  }

  private func told(_ pattern: Pattern, _ name: FoldedName) -> AttributedValue {
    AttributedValue(
      value: pattern.value, tier: .name, rule: pattern.rule.pattern, raw: name.text)
  }
}

/// A name, and how it is compared: case and width do not count, as in tag values. It is folded once and
/// held against many patterns.
struct FoldedName: Sendable {
  let text: Text
  let folded: Text
  fileprivate let bytes: [UInt8]

  /// Nil for an empty name.
  init?(_ text: Text) {
    guard !text.isEmpty else { return nil }
    self.text = text
    folded = Spelling.foldedValue(text.string)
    bytes = Array(folded.string.utf8)
  }
}

/// A pattern with `*` for any run of characters.
struct NameGlob: Sendable {
  /// What stands between the stars.
  private let parts: [[UInt8]]

  init(_ pattern: Text) {
    parts = Spelling.foldedValue(pattern.string).string.utf8
      .split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
  }

  func matches(_ name: FoldedName) -> Bool {
    var rest = name.bytes[...]
    guard let first = parts.first, rest.starts(with: first) else { return false }
    if parts.count == 1 { return rest.count == first.count }
    rest = rest.dropFirst(first.count)
    // The earliest place of each part leaves the most for those that follow.
    for part in parts.dropFirst().dropLast() {
      guard let end = Self.end(of: part, in: rest) else { return false }
      rest = rest[end...]
    }
    let last = parts[parts.count - 1]
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }

  /// Where the first occurrence of a part ends.
  private static func end(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= part.count else { return nil }
    for start in text.startIndex...(text.endIndex - part.count)
    where text[start..<start + part.count].elementsEqual(part) {
      return start + part.count
    }
    return nil
  }
}
