import BillingModel
import ExactNumbers

/// The money that rejected rows may have taken out of a payer's daily series.
struct RejectedCost {
  /// Σ |readable cost|; nil where the cost of some row cannot be read, so that there is no bound.
  private let bound: Amount?

  init(_ facts: PeriodFacts, payer: Text, currency: CurrencyCode) {
    var bound: Amount? = .zero
    for booking in facts.bookings where booking.billingAccountID == payer {
      for reject in booking.contents.rejects where (reject.currency ?? currency) == currency {
        guard let cost = reject.cost, let sum = bound else {
          bound = nil
          continue
        }
        // A bound that cannot be held is no bound.
        bound = try? sum + cost.magnitude
      }
    }
    self.bound = bound
  }

  func mayExplain(_ drop: Amount) -> Bool { bound.map { drop <= $0 } ?? true }
}
