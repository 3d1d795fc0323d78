import BillingModel
import ExactNumbers

/// The amount at stake that a row of a review shows, whatever a spreadsheet made of its separators.
///
/// A decision is about the amount that its reviewer saw. The cell is no edit: what cannot be read there, as
/// `1.2E+05`, says nothing.
enum ShownAmount {
  /// The amount in a cell; nil where it shows none, or the present one as far as its digits tell.
  static func other(_ cell: String?, than present: Amount) -> Amount? {
    let readings = readings(of: cell ?? "")
    let isPresent = readings.contains { reading in
      reading.amount == present
        || (reading.digits >= 2
          && present.rounded(toFractionDigits: reading.digits, .halfAwayFromZero)
            == reading.amount)
    }
    return isPresent ? nil : readings.first?.amount
  }

  /// The likeliest first: a separator that stands once is the decimal one. With how many digits it has.
  private static func readings(of cell: String) -> [(amount: Amount, digits: Int)] {
    let text = cell.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
    let marks = text.filter { $0 == "." || $0 == "," }
    guard let last = marks.last else { return [reading(text, decimal: nil)].compactMap { $0 } }
    let isRepeated = marks.count { $0 == last } > 1
    let other = reading(text, decimal: nil)
    if isRepeated { return [other].compactMap { $0 } }
    let isOnly = marks.count == 1
    return [reading(text, decimal: last), isOnly ? other : nil].compactMap { $0 }
  }

  private static func reading(
    _ text: String, decimal: Character?
  ) -> (amount: Amount, digits: Int)? {
    let digits = decimal.flatMap { text.split(separator: $0).last?.count } ?? 0
    let plain = text.compactMap { character -> Character? in
      if character == decimal { return "." }
      return character == "." || character == "," ? nil : character
    }
    guard plain.allSatisfy({ $0 == "." || $0.isASCII && $0.isWholeNumber }),
      let amount = try? Amount(parsing: String(plain))
    else { return nil }
    return (amount, digits)
  }
}
