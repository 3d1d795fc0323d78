import BillingModel
import ExactNumbers

/// A discount is granted, but not at the agreed rate.
///
/// *Formula.* By discount and product: |granted − rate·base| > max(0.01, 10⁻⁴·base). The base is the usage
/// and the fees of AWS itself within the days of the agreement, less the discounts of other types; granted
/// are the rows of the discount's type or, where discounts are columns, cost − net cost.
/// *Source.* The contract; AWS CUR user guide, `EdpDiscount` and `NetUnblendedCost`.
/// *False positives.* Products that the agreement leaves out are named in the contract; Marketplace never
/// counts. A month that is not final is not checked, nor are several discounts in one net cost.
struct DiscountRateWrong: Detector {
  static let id: RuleID = "DiscountRateWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeDiscounts(in: facts) { (sums, discount, product) throws(AmountOverflow) in
      guard !sums.granted.isZero, try !sums.isRight(discount.rate) else { return nil }
      let due = try sums.due(discount.rate)
      let missing = try due - sums.granted
      let currency = product.currency
      let granted = Phrase.money(sums.granted, currency)
      let right = Phrase.money(due, currency)
      let off = Phrase.money(missing.magnitude, currency)
      let base = Phrase.money(sums.base, currency)
      return Claim(
        impact: missing, actual: "\(sums.granted)", expected: "\(due)",
        explanation: Words(
          "\(discount.type) on \(product.serviceName) is \(granted), but \(discount.rate) of "
            + "\(base) is \(right): \(off) too \(missing.isNegative ? "much" : "little").",
          zh:
            "\(product.serviceName) 的折扣（\(discount.type)）为 \(granted)，而按 \(discount.rate) 对 \(base) 计算应为 "
            + "\(right)，\(missing.isNegative ? "多给" : "少给") \(off)。"),
        recommendation: Words(
          "Send the agreement and this calculation to your account manager, and ask for a "
            + "correction of \(off).",
          zh: "请将协议和此计算发给客户经理，要求更正 \(off)。"),
        confidence: .strong)
    }
  }
}
