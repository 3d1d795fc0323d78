/// A language of the reports.
package enum Language: String, Sendable, Hashable, Codable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// One sentence in every language of the reports, with the same facts in each.
package struct Words: Sendable, Hashable, Codable {
  package var english: Text
  package var chinese: Text

  package init(_ english: String, zh chinese: String) {
    self.english = Text(english)
    self.chinese = Text(chinese)
  }

  package func text(in language: Language) -> Text {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}

// Until every rule says its sentences in both languages.
extension Words: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value, zh: value) }

  package static func + (a: Words, b: Words) -> Words {
    Words(a.english.string + b.english.string, zh: a.chinese.string + b.chinese.string)
  }
}
