import BillingLedger
import BillingModel
import ExactNumbers

/// The largest amount among what is reconciled: where to look when a sum leaves its range. Real bills are
/// many digits away from that, so one absurd amount is the cause.
struct LargestAmount {
  private var magnitude = Amount.zero
  private var place = "reconciliation"

  init(bookings: [Booking], invoices: [Invoice]) {
    for booking in bookings { consider(booking) }
    for invoice in invoices { consider(invoice) }
  }

  /// Names payer, period and file, and what to do.
  var description: String { place }

  private mutating func consider(_ booking: Booking) {
    for charge in booking.contents.charges {
      let largest =
        [charge.billedCost, charge.sums.unblended, charge.sums.netUnblended]
        .map(\.magnitude).max() ?? .zero
      guard largest > magnitude else { continue }
      magnitude = largest
      let files = booking.contents.files.map(\.file.string).sorted()
      place =
        "payer \(booking.billingAccountID), \(booking.billingPeriod): \(charge.key.currency) "
        + "\(charge.billedCost) in \(files.joined(separator: ", ")); correct that and deliver it again"
    }
  }

  private mutating func consider(_ invoice: Invoice) {
    let stated = [invoice.gross, invoice.net, invoice.tax, invoice.payable, invoice.prepaid]
    let largest = stated.compactMap { $0?.magnitude }.max() ?? .zero
    guard largest > magnitude else { return }
    magnitude = largest
    place =
      "payer \(invoice.billingAccountID), invoice \(invoice.invoiceID): \(invoice.currency) \(largest) "
      + "in \(invoice.file); correct that and deliver it again"
  }
}
