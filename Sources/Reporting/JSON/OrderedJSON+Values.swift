package import BillingModel
package import ExactNumbers

extension OrderedJSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
  /// An object with its members in the order of the literal.
  package init(dictionaryLiteral members: (Text, OrderedJSON)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }

  package init(stringLiteral value: String) { self = .text(Text(value)) }

  package static func amount(_ amount: Amount) -> OrderedJSON { .text(Text(amount.description)) }

  package static func texts(_ texts: some Sequence<Text>) -> OrderedJSON {
    .list(texts.map { .text($0) })
  }

  package static func day(_ day: Day) -> OrderedJSON { .text(Text(day.description)) }

  package static func period(_ period: BillingPeriod?) -> OrderedJSON {
    period.map { .text(Text($0.description)) } ?? .null
  }

  /// Amounts by currency, in the order of the codes.
  package static func totals(_ totals: CurrencyTotals) -> OrderedJSON {
    .object(totals.sorted.map { Member($0.currency.text, .amount($0.amount)) })
  }

  /// How often each word occurs, sorted by bytes.
  package static func counts(_ words: some Sequence<Text>) -> OrderedJSON {
    var counts: [Text: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    return .object(counts.sorted { $0.key < $1.key }.map { Member($0.key, .number($0.value)) })
  }
}
