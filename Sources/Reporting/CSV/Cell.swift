package import BillingModel
package import ExactNumbers

/// One value of a table. Numbers are cells of their own, so that only ``Amount`` and `Int` are ever
/// written as numbers and only text is made safe for spreadsheets.
package enum Cell: Hashable, Sendable {
  case text(Text)
  /// Written exactly; empty where absent.
  case amount(Amount?)
  /// Empty where absent.
  case count(Int?)
  case day(Day?)

  package static func period(_ period: BillingPeriod?) -> Cell {
    .text(Text(period?.description ?? ""))
  }

  package static func currency(_ currency: CurrencyCode) -> Cell { .text(currency.text) }

  /// Texts in the order of their bytes, with `;` between them.
  package static func list(_ texts: [Text]) -> Cell {
    .text(Text(texts.sorted().map(\.string).joined(separator: ";")))
  }

  /// A word of our own vocabulary.
  package static func word(_ word: some RawRepresentable<String>) -> Cell {
    .text(Text(word.rawValue))
  }

  /// What the cell says, before any quoting.
  package var plain: Text {
    switch self {
    case .text(let text): text
    case .amount(let amount): Text(amount?.description ?? "")
    case .count(let count): Text(count.map { String($0) } ?? "")
    case .day(let day): Text(day?.description ?? "")
    }
  }

  package var isNumber: Bool {
    switch self {
    case .amount, .count: true
    case .text, .day: false
    }
  }
}
