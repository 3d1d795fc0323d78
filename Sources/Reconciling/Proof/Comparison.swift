import BillingModel
import ExactNumbers

/// The two sides of a match, added up.
struct Comparison: Sendable {
  let group: MatchGroup
  let currency: CurrencyCode
  let charged: ChargedSums
  let chargedByMonth: [PayerPeriod: ChargedSums]
  let invoiced: InvoicedSums
  /// Of charges without rows for their tax.
  let agreedTax: AgreedTax
  let tolerance: Amount
  /// Invoiced − charged; an absent side counts 0. Two currencies have no difference.
  let difference: Amount

  init(_ group: MatchGroup, tolerance: Tolerance, _ rates: TaxRates) throws(AmountOverflow) {
    self.group = group
    currency = group.currency
    var charged = ChargedSums()
    var byMonth: [PayerPeriod: ChargedSums] = [:]
    var agreedTax = AgreedTax(rates, in: group.currency)
    for charge in group.nodes.lazy.flatMap(\.charges) {
      try charged.add(charge)
      try agreedTax.add(charge)
      try byMonth[PayerPeriod(charge.key), default: ChargedSums()].add(charge)
    }
    try charged.setApart(tax: agreedTax.contained())
    self.charged = charged
    self.agreedTax = agreedTax
    chargedByMonth = byMonth
    invoiced = try InvoicedSums(group.invoices, in: group.currency)
    self.tolerance = try tolerance.amount(lines: invoiced.lines)
    difference =
      group.nodes.isEmpty || invoiced.unconverted.isEmpty
      ? try invoiced.total - charged.total : .zero
  }

  var hasCharges: Bool { !group.nodes.isEmpty }
  var hasDocuments: Bool { !group.documents.isEmpty }
  var hasBothSides: Bool { hasCharges && hasDocuments }

  /// False while a document cannot be expressed in the currency of the charges.
  var isInOneCurrency: Bool { invoiced.unconverted.isEmpty }

  /// The latest issue date of the invoices: what came after it cannot be on them.
  var invoiceDate: Day? {
    group.invoices.filter { $0.kind == .invoice }.compactMap(\.issueDate).max()
  }

  func isWithinTolerance(_ amount: Amount) -> Bool { amount.magnitude <= tolerance }

  /// An amount can be a part of a residual if it has its sign and is not larger, rounding apart.
  func fits(_ amount: Amount, in residual: Amount) -> Bool {
    guard !amount.isZero, amount.isNegative == residual.isNegative else { return false }
    guard let excess = try? amount.magnitude - residual.magnitude else { return false }
    return excess <= tolerance
  }

  /// Whether an amount is the whole residual, rounding apart.
  func isWhole(_ residual: Amount, _ amount: Amount) -> Bool {
    guard !amount.isZero, let rest = try? residual - amount else { return false }
    return isWithinTolerance(rest) && rest.magnitude < residual.magnitude
  }
}
