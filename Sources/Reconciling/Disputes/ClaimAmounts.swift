import BillingModel
import ExactNumbers

/// The amounts that a credit for a claim may state.
struct ClaimAmounts {
  /// Those of the contract, as fractions: a credit may have tax on top.
  let taxRates: Set<Amount>

  /// What is left of a claim, exactly and as it can be paid, without and with tax on top.
  func spellings(
    of left: Amount, _ currency: CurrencyCode
  ) throws(AmountOverflow) -> Set<Amount> {
    try withTax(left, currency).union([left, currency.payable(left)]).subtracting([.zero])
  }

  /// The same of several equal claims together: paid as one, or each for itself.
  func spellings(
    ofSum count: Int, of claim: Dispute
  ) throws(AmountOverflow) -> Set<Amount> {
    func times(_ amount: Amount) throws(AmountOverflow) -> Amount {
      try Amount.sum(Array(repeating: amount, count: count))
    }
    let currency = claim.key.currency
    var sums = try spellings(of: try times(claim.left), currency)
    for each in try spellings(of: claim.left, currency) { sums.insert(try times(each)) }
    return sums
  }

  func withTax(
    _ left: Amount, _ currency: CurrencyCode
  ) throws(AmountOverflow) -> Set<Amount> {
    var amounts: Set<Amount> = []
    for rate in taxRates where rate > .zero {
      let gross = try left.multiplied(by: try .one + rate)
      amounts.formUnion([gross, currency.payable(gross)])
    }
    return amounts
  }
}
