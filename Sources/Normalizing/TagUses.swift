package import BillingModel
package import ExactNumbers

/// Adds up what each spelling of each tag value covers, by account, service and dimension, and on which days.
package enum TagUses {
  private struct Key: Hashable {
    var billingAccountID: Text
    var billingPeriod: BillingPeriod
    var currency: CurrencyCode
    var subAccountID: Text
    var serviceName: Text
    var dimension: Dimension
    var value: Text
    var spelling: Text
  }

  private struct Sums {
    var lineItems = 0
    var gross = Amount.zero
    var days: DaysOfMonth? = DaysOfMonth()

    mutating func add(_ allocation: AllocationSummary) throws(AmountOverflow) {
      lineItems += allocation.sums.lineItems
      try gross += allocation.billedCost.magnitude
      if let more = allocation.days { days?.formUnion(more) } else { days = nil }
    }
  }

  /// In no particular order.
  package static func all(
    _ allocations: [AllocationSummary], _ attributor: Attributor
  ) throws(AmountOverflow) -> [TagUse] {
    var memo = AttributionMemo(attributor)
    var sums: [Key: Sums] = [:]
    for allocation in allocations where allocation.chargeType.chargeClass == .usage {
      let said = memo.reading(allocation.tags).own
      for dimension in Dimension.allCases {
        let value = said[dimension]
        let key = Key(
          billingAccountID: allocation.billingAccountID, billingPeriod: allocation.billingPeriod,
          currency: allocation.currency, subAccountID: allocation.subAccountID,
          serviceName: allocation.serviceName, dimension: dimension, value: value.value,
          spelling: value.spelling)
        try sums[key, default: Sums()].add(allocation)
      }
    }
    return sums.map { key, sums in
      TagUse(
        billingAccountID: key.billingAccountID, billingPeriod: key.billingPeriod,
        currency: key.currency, subAccountID: key.subAccountID, serviceName: key.serviceName,
        dimension: key.dimension, value: key.value, spelling: key.spelling,
        isUnlisted: attributor.isUnlisted(key.value, key.dimension), lineItems: sums.lineItems,
        gross: sums.gross, days: sums.days)
    }
  }
}

extension AttributedValue {
  /// What was typed behind the tag's key.
  fileprivate var spelling: Text {
    let raw = raw.string
    guard let end = raw.firstIndex(of: "=") else { return "" }
    return Text(String(raw[raw.index(after: end)...]))
  }
}
