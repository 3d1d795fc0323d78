package import ExactNumbers

/// An ISO 4217 currency code as the document spells it.
package struct CurrencyCode: Hashable, Comparable, Sendable, Codable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let text: Text

  package init(_ text: Text) { self.text = text }
  package init(stringLiteral value: String) { self.text = Text(value) }

  /// Three capital letters.
  package var isWellFormed: Bool {
    text.string.utf8.count == 3
      && text.string.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// How many digits its amounts have when they are paid (ISO 4217).
  package var minorUnitDigits: Int {
    switch text.string {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
      "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }

  package static func < (a: CurrencyCode, b: CurrencyCode) -> Bool { a.text < b.text }
  package var description: String { text.string }

  package init(from decoder: any Decoder) throws { self.text = try Text(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

/// An amount with its currency. Adding two currencies is an error, not a guess.
package struct Money: Hashable, Sendable, Codable {
  package let amount: Amount
  package let currency: CurrencyCode

  package init(_ amount: Amount, _ currency: CurrencyCode) {
    self.amount = amount
    self.currency = currency
  }

  package enum SumError: Error, Hashable, Sendable {
    case currencies(CurrencyCode, CurrencyCode)
    case overflow
  }

  package static func + (a: Money, b: Money) throws(SumError) -> Money {
    guard a.currency == b.currency else { throw .currencies(a.currency, b.currency) }
    do {
      return Money(try a.amount + b.amount, a.currency)
    } catch {
      throw .overflow
    }
  }
}

/// Exact sums kept apart by currency.
package struct CurrencyTotals: Hashable, Sendable {
  package private(set) var amounts: [CurrencyCode: Amount] = [:]

  package init() {}

  package mutating func add(_ amount: Amount, _ currency: CurrencyCode) throws(AmountOverflow) {
    amounts[currency] = try (amounts[currency] ?? .zero) + amount
  }

  package mutating func add(_ other: CurrencyTotals) throws(AmountOverflow) {
    for (currency, amount) in other.amounts { try add(amount, currency) }
  }

  package subscript(currency: CurrencyCode) -> Amount { amounts[currency] ?? .zero }

  /// In the order of the currency codes.
  package var sorted: [Money] {
    amounts.sorted { $0.key < $1.key }.map { Money($0.value, $0.key) }
  }
}

/// Stored as a list of ``Money`` in the order of the currency codes: the same totals are the same bytes.
extension CurrencyTotals: Codable {
  package init(from decoder: any Decoder) throws {
    for money in try decoder.singleValueContainer().decode([Money].self) {
      try add(money.amount, money.currency)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(sorted)
  }
}
