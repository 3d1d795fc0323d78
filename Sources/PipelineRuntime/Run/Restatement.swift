import BillingModel
import ExactNumbers

/// What moved when one version of a month replaced another.
enum Restatement {
  private struct Key: Hashable {
    var invoiceID: Text
    var subAccountID: Text
    var serviceName: Text
    var chargeType: ChargeType
    var currency: CurrencyCode

    init(_ key: ChargeKey) {
      invoiceID = key.invoiceID
      subAccountID = key.subAccountID
      serviceName = key.serviceName
      chargeType = key.chargeType
      currency = key.currency
    }

    var parts: [Text] { [invoiceID, subAccountID, serviceName, chargeType.text, currency.text] }
  }

  /// Money by invoice × account × service × type before and after, where it is not the same.
  static func between(
    _ before: Booking, _ after: Booking
  ) throws(AmountOverflow) -> [RestatedCharge] {
    var sums: [Key: (before: Amount, after: Amount)] = [:]
    for charge in before.contents.charges {
      var sum = sums[Key(charge.key)] ?? (.zero, .zero)
      try sum.before += charge.billedCost
      sums[Key(charge.key)] = sum
    }
    for charge in after.contents.charges {
      var sum = sums[Key(charge.key)] ?? (.zero, .zero)
      try sum.after += charge.billedCost
      sums[Key(charge.key)] = sum
    }
    return sums.filter { $0.value.before != $0.value.after }
      .sorted { $0.key.parts.lexicographicallyPrecedes($1.key.parts) }
      .map { key, sum in
        RestatedCharge(
          billingAccountID: after.billingAccountID, invoiceID: key.invoiceID,
          subAccountID: key.subAccountID, serviceName: key.serviceName, chargeType: key.chargeType,
          currency: key.currency, before: sum.before, after: sum.after)
      }
  }
}
