import BillingModel
import ExactNumbers

/// An amount written in the source. A text that is no number is a mistake of the programmer.
extension Amount: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let amount = try? Amount(parsing: text) else {
      preconditionFailure("not a number: \(text)")
    }
    self = amount
  }
}

/// How exports and documents spell numbers, days and structured texts.
enum Spelling {
  /// As legacy reports do: ten fraction digits, an exponent below 10⁻⁶: `0.0230000000`, `4.0E-7`.
  static func decimal(_ amount: Amount) -> String {
    if !amount.isZero, amount.magnitude < "0.000001" { return scientific(amount) }
    return padded(amount.description, fractionDigits: 10)
  }

  /// As a CUR 2.0 column of type double: shortest form, an exponent below 10⁻³: `24.0`, `9.6322E-6`.
  static func double(_ amount: Amount) -> String {
    if !amount.isZero, amount.magnitude < "0.001" { return scientific(amount) }
    let text = amount.description
    return text.hasSuffix("0") ? String(text.dropLast()) : text
  }

  /// Two fraction digits, as documents print money.
  static func cents(_ amount: Amount) -> String {
    amount.rounded(toFractionDigits: 2, .halfAwayFromZero).description
  }

  private static func padded(_ text: String, fractionDigits: Int) -> String {
    let fraction = text.split(separator: ".")[1].utf8.count
    return text + String(repeating: "0", count: max(0, fractionDigits - fraction))
  }

  /// For magnitudes below one.
  private static func scientific(_ amount: Amount) -> String {
    let fraction = amount.magnitude.description.dropFirst(2)
    let digits = fraction.drop { $0 == "0" }
    let exponent = fraction.utf8.count - digits.utf8.count + 1
    var tail = digits.dropFirst()
    while tail.last == "0" { tail.removeLast() }
    return
      "\(amount.isNegative ? "-" : "")\(digits.prefix(1)).\(tail.isEmpty ? "0" : tail)E-\(exponent)"
  }

  static func midnight(_ day: Day) -> String { "\(day)T00:00:00Z" }
  static func midnightMillis(_ day: Day) -> String { "\(day)T00:00:00.000Z" }

  /// `20260401`.
  static func compact(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  /// One field of a CSV record (RFC 4180).
  static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  static func json(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// A JSON object of texts, in the order given.
  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { json($0.0) + ":" + json($0.1) }.joined(separator: ",") + "}"
  }

  /// Text inside an XML element or attribute.
  static func xml(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
