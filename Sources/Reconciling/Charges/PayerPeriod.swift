import BillingModel
import ExactNumbers

/// One payer's month: what is booked, replaced and rejected as a whole.
struct PayerPeriod: Hashable, Comparable, Sendable {
  var billingAccountID: Text
  var billingPeriod: BillingPeriod

  init(billingAccountID: Text, billingPeriod: BillingPeriod) {
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
  }

  init(_ booking: Booking) {
    self.init(
      billingAccountID: booking.billingAccountID, billingPeriod: booking.billingPeriod)
  }

  init(_ charge: ChargeKey) {
    self.init(billingAccountID: charge.billingAccountID, billingPeriod: charge.billingPeriod)
  }

  static func < (a: Self, b: Self) -> Bool {
    (a.billingAccountID, a.billingPeriod) < (b.billingAccountID, b.billingPeriod)
  }
}

/// What is known of each payer's month as a whole.
struct PeriodStates: Sendable {
  /// Months with rejected rows whose cost could not be read: nothing in them is proved.
  private(set) var unproved: Set<PayerPeriod> = []
  /// Months with rows that still wait for their invoice id.
  private(set) var halfFinal: Set<PayerPeriod> = []
  /// Σ readable cost of rejected rows.
  private var rejected: [PayerPeriod: CurrencyTotals] = [:]

  init(_ bookings: [Booking], nodes: [ChargeNode]) throws(AmountOverflow) {
    for booking in bookings {
      let month = PayerPeriod(booking)
      for file in booking.contents.files {
        try rejected[month, default: CurrencyTotals()].add(file.rejected.cost)
        if file.rejectedWithoutCost > 0 { unproved.insert(month) }
      }
    }
    for node in nodes where node.isOpen && node.awaitsInvoiceID {
      for period in node.periods {
        halfFinal.insert(
          PayerPeriod(
            billingAccountID: node.key.billingAccountID, billingPeriod: period))
      }
    }
  }

  func rejectedCost(
    of months: [PayerPeriod], in currency: CurrencyCode
  ) throws(AmountOverflow) -> Amount {
    try Amount.sum(months.compactMap { rejected[$0]?[currency] })
  }

  /// The months of the set that a document can belong to; a document may not name its payer.
  static func contains(
    _ months: Set<PayerPeriod>, payer: Text, period: BillingPeriod
  ) -> Bool {
    guard payer.isEmpty else {
      return months.contains(PayerPeriod(billingAccountID: payer, billingPeriod: period))
    }
    return months.contains { $0.billingPeriod == period }
  }
}
