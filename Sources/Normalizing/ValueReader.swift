import BillingModel

/// Reads the values of one dimension.
struct ValueReader: Sendable {
  /// A value that says something.
  struct Reading {
    var value: Text
    /// The rules list it, in some spelling.
    var isListed: Bool
  }

  /// What the rules list: folded spelling → value.
  let spellings: [Text: Text]
  private let placeholders: Set<Text>
  private let letterCase: DimensionRules.LetterCase

  init(_ rules: DimensionRules, placeholders: [Text]) {
    var listed: [Text: Text] = [:]
    for known in rules.values {
      for spelling in [known.canonical] + known.spellings {
        let folded = Spelling.foldedValue(spelling.string)
        if listed[folded] == nil { listed[folded] = known.canonical }
      }
    }
    spellings = listed
    self.placeholders = Set(placeholders.map { Spelling.foldedValue($0.string) })
    self.letterCase = rules.letterCase
  }

  /// Nil for a value that stands for none.
  func read(_ raw: Text) -> Reading? {
    let folded = Spelling.foldedValue(raw.string)
    if folded.isEmpty || placeholders.contains(folded) { return nil }
    if let canonical = spellings[folded] { return Reading(value: canonical, isListed: true) }
    return Reading(value: recased(Spelling.tidy(raw.string)), isListed: false)
  }

  private func recased(_ value: Text) -> Text {
    switch letterCase {
    case .keep: value
    case .lower: Text(value.string.lowercased())
    case .upper: Text(value.string.uppercased())
    }
  }
}
