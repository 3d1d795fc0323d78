package import ExactNumbers

/// Decides what the invoice must show for each group payer × billing period × InvoiceId.
///
/// BilledCost is Σ `UnblendedCost`, discount rows included, if the group holds a discount row;
/// subtracting discount columns *and* summing discount rows would count the discount twice. Else it is
/// Σ `NetUnblendedCost`, and of a row that does not state it its `UnblendedCost`: AWS leaves the net
/// columns of a row empty where no discount applies (tax, credits), and a file that was written before
/// the account had a discount has no such column. Rows of split cost allocation add 0 either way.
package struct ChargeBook: Sendable {
  package struct Group: Hashable, Sendable {
    package var billingAccountID: Text
    package var billingPeriod: BillingPeriod
    package var invoiceID: Text
    package var currency: CurrencyCode

    package init(
      billingAccountID: Text, billingPeriod: BillingPeriod, invoiceID: Text, currency: CurrencyCode
    ) {
      self.billingAccountID = billingAccountID
      self.billingPeriod = billingPeriod
      self.invoiceID = invoiceID
      self.currency = currency
    }
  }

  /// A group in which discount rows and net columns are both there and do not agree.
  package struct Disagreement: Hashable, Sendable {
    package var group: Group
    /// Σ `UnblendedCost`, discount rows included.
    package var unblended: Amount
    /// Σ `NetUnblendedCost` of all rows but the discount rows.
    package var net: Amount
  }

  private struct Reading {
    var unblended = Amount.zero
    var net = Amount.zero
    /// Rows that may be discounted, and those of them that state a net cost.
    var rows = 0
    var netRows = 0
    var discountRows = 0
    var lineItems = 0

    /// Whether net costs could be what discount rows say too: where a row that may be discounted states none,
    /// nothing tells.
    var isWhollyNet: Bool { rows > 0 && netRows == rows }

    /// Whether both readings are there and lie further apart than they do where each row is rounded.
    func disagrees() throws(AmountOverflow) -> Bool {
      guard discountRows > 0, isWhollyNet else { return false }
      let margin = Product(try ChargeBook.rowMargin, try Amount(lineItems))
      return Product(try unblended - net).magnitude > margin
    }
  }

  private var readings: [Group: Reading] = [:]

  package init(_ charges: [ChargeSummary]) throws(AmountOverflow) {
    for charge in charges {
      var reading = readings[Group(charge.key)] ?? Reading()
      try reading.unblended += charge.sums.unblended
      reading.lineItems += charge.sums.lineItems
      if Self.isUnblended(charge.key.chargeType) {
        reading.discountRows += charge.sums.lineItems
      } else {
        try reading.net += charge.sums.netUnblended
        if Self.mayBeDiscounted(charge.key.chargeType) {
          reading.rows += charge.sums.lineItems
          reading.netRows += charge.sums.netRows
        }
      }
      readings[Group(charge.key)] = reading
    }
  }

  /// Rows of other types need no net cost: it is their cost.
  private static func mayBeDiscounted(_ type: ChargeType) -> Bool {
    ![.tax, .credit, .refund].contains(type.chargeClass)
  }

  /// Whether a row of this type makes Σ `UnblendedCost` the cost of its group.
  package static func isUnblended(_ type: ChargeType) -> Bool { type.chargeClass == .discount }

  package func billedCost(_ sums: CostSums, in group: Group) -> Amount {
    guard let reading = readings[group], reading.discountRows == 0 else { return sums.unblended }
    return sums.netUnblended
  }

  /// Where discounts come as rows and the net columns are filled too, both readings must agree, to 10⁻⁶ a row: AWS
  /// writes them as doubles, each with a rounding of its own.
  package var disagreements: [Disagreement] {
    get throws(AmountOverflow) {
      var result: [Disagreement] = []
      for (group, reading) in readings where try reading.disagrees() {
        result.append(
          Disagreement(group: group, unblended: reading.unblended, net: reading.net))
      }
      return result.sorted { $0.group < $1.group }
    }
  }

  private static var rowMargin: Amount {
    get throws(AmountOverflow) { try Amount(units: 1_000_000_000_000) }
  }
}

extension ChargeBook.Group: Comparable {
  package init(_ key: ChargeKey) {
    self.init(
      billingAccountID: key.billingAccountID, billingPeriod: key.billingPeriod,
      invoiceID: key.invoiceID, currency: key.currency)
  }

  package init(_ summary: AllocationSummary) {
    self.init(
      billingAccountID: summary.billingAccountID, billingPeriod: summary.billingPeriod,
      invoiceID: summary.invoiceID, currency: summary.currency)
  }

  private var parts: [Text] {
    [billingAccountID, Text(billingPeriod.description), invoiceID, currency.text]
  }

  package static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}
