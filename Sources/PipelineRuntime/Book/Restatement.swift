import BillingModel
import ExactNumbers

/// What moved when one version of a month replaced another.
enum Restatement {
  private struct Key: Hashable {
    var subAccountID: Text
    var serviceName: Text
    var chargeType: ChargeType
    var currency: CurrencyCode
    /// Empty where the sums of all invoices are compared.
    var invoiceID: Text

    init(_ key: ChargeKey) {
      subAccountID = key.subAccountID
      serviceName = key.serviceName
      chargeType = key.chargeType
      currency = key.currency
      invoiceID = key.invoiceID
    }

    var acrossInvoices: Key {
      var key = self
      key.invoiceID = ""
      return key
    }

    var parts: [Text] { [invoiceID, subAccountID, serviceName, chargeType.text, currency.text] }
  }

  private struct Sums {
    var before = Amount.zero
    var after = Amount.zero
  }

  /// Money by invoice × account × service × type before and after, where it is not the same. Lines that
  /// only got their invoice id since have not moved.
  static func between(
    _ before: Booking, _ after: Booking
  ) throws(AmountOverflow) -> [RestatedCharge] {
    var sums: [Key: Sums] = [:]
    for charge in before.contents.charges {
      try sums[Key(charge.key), default: Sums()].before += charge.billedCost
    }
    for charge in after.contents.charges {
      try sums[Key(charge.key), default: Sums()].after += charge.billedCost
    }
    var totals: [Key: Sums] = [:]
    for (key, sum) in sums {
      try totals[key.acrossInvoices, default: Sums()].before += sum.before
      try totals[key.acrossInvoices, default: Sums()].after += sum.after
    }
    return sums.filter { key, sum in
      sum.before != sum.after && totals[key.acrossInvoices].map { $0.before != $0.after } ?? false
    }
    .sorted { $0.key.parts.lexicographicallyPrecedes($1.key.parts) }
    .map { key, sum in
      RestatedCharge(
        billingAccountID: after.billingAccountID, invoiceID: key.invoiceID,
        subAccountID: key.subAccountID, serviceName: key.serviceName, chargeType: key.chargeType,
        currency: key.currency, before: sum.before, after: sum.after)
    }
  }
}
