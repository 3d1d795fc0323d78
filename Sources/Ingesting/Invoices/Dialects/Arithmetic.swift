package import BillingModel
package import ExactNumbers

/// What the schematron for CII admits and that for UBL does not.
package enum EN16931Exception: String, Hashable, Sendable, CaseIterable {
  /// BR-CO-17: a tax that is exactly 1.00 off its computed value.
  case wholeUnit
  /// BR-CO-15: a gross total that is the net total, whatever tax is stated.
  case grossEqualsNet
}

/// The family of rules that a document's numbers are held to.
package enum Arithmetic: Hashable, Sendable {
  /// BR-CO-10 … BR-CO-17, with what the schematron of a syntax admits beyond them.
  case en16931(admits: Set<EN16931Exception>)
  /// Lines, tax and totals that add up within the tolerance, or within that of a rule of its own.
  case plain(tolerance: Amount, own: [ArithmeticRule: Amount] = [:])
}

/// A field that can be worked out of others.
package enum ComputedField: String, Hashable, Sendable, CaseIterable {
  /// Net + tax, with what it was rounded by; the net amount is lines − allowances + charges where it is
  /// not stated either.
  case gross
  /// Gross − withheld − prepaid.
  case payable
}

extension ArithmeticRule {
  /// The rules for documents outside EN 16931, with their keys in a dialect file.
  package static let plainKeys: [(key: String, rule: ArithmeticRule)] = [
    ("lineSum", .lineSum), ("grossSum", .grossSum), ("lineGross", .lineGross),
    ("lineProduct", .lineProduct), ("lineTax", .lineTax), ("lineTaxSum", .lineTaxSum),
    ("lineGrossSum", .lineGrossSum), ("taxBase", .taxBase), ("taxRate", .taxRate),
    ("taxSum", .taxSum), ("payableSum", .payableSum),
  ]
}
