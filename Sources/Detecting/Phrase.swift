import BillingModel
import ExactNumbers

/// The words that figures are given in.
enum Phrase {
  /// `USD 1234.50`: to the cent, but exactly where that would show nothing.
  static func money(_ amount: Amount, _ currency: CurrencyCode) -> String {
    let cents = amount.rounded(toFractionDigits: 2, .halfAwayFromZero)
    return "\(currency) \(cents.isZero ? amount : cents)"
  }

  /// `1 line item`, `3 line items`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// `1 line item is`, `3 line items are`.
  static func are(_ count: Int, _ noun: String) -> String {
    "\(self.count(count, noun)) \(count == 1 ? "is" : "are")"
  }

  /// `costs` of one thing, `cost` of several.
  static func verb(_ count: Int, _ plural: String) -> String { count == 1 ? plural + "s" : plural }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `a`, `a 和 b`, `a、b 和 c`.
  static func chineseList(_ items: [String]) -> ChineseText {
    guard let last = items.last, items.count > 1 else { return ChineseText(items.first ?? "") }
    return "\(items.dropLast().joined(separator: "、"))和\(last)"
  }

  /// A name, which is the same in all languages, or words for one that is not known.
  static func name(_ name: Text?, or unknown: Words) -> Words {
    guard let name, !name.isEmpty else { return unknown }
    return Words(name.string, zh: ChineseText(name.string))
  }
}

extension Words {
  /// What a rate too high costs is computed from the lines alone: a discount stands on lines of its own, and
  /// was given on the error too, as tax was charged on it.
  var lessDiscount: Words {
    func open(_ text: Text, _ end: String) -> String {
      text.string.hasSuffix(end) ? String(text.string.dropLast(end.count)) : text.string
    }
    return Words(
      "\(open(english, ".")), less the discount that was given on it and with its tax on top.",
      zh: ChineseText(open(chinese, "。") + "，扣除已就其给予的折扣，并连同其税款。"))
  }
}
