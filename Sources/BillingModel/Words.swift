/// A language of the reports.
package enum Language: String, Sendable, Hashable, Codable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// One sentence in every language of the reports, with the same facts in each.
package struct Words: Sendable, Hashable, Codable {
  package var english: Text
  package var chinese: Text

  package init(_ english: String, zh chinese: ChineseText) {
    self.english = Text(english)
    self.chinese = Text(chinese.description)
  }

  package func text(in language: Language) -> Text {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}

extension Words {
  /// Parts of one sentence, one after the other.
  package static func + (a: Words, b: Words) -> Words {
    Words("\(a.english)\(b.english)", zh: "\(a.chinese)\(b.chinese)")
  }

  /// Whole sentences one after another: English sets a space between them, Chinese none.
  package static func sentences(_ all: [Words]) -> Words {
    Words(
      all.map(\.english.string).joined(separator: " "),
      zh: ChineseText(all.map(\.chinese.string).joined()))
  }
}
