import BillingModel
import ExactNumbers

/// A discount was agreed, and nothing of it is granted on a product.
///
/// *Formula.* As for a wrong rate: base > 0 and granted = 0, where at least a cent is due.
/// *Source.* The contract; AWS CUR user guide, `EdpDiscount` and `NetUnblendedCost`.
/// *False positives.* Products that the agreement leaves out are named in the contract. A month that is
/// not final is not checked.
struct DiscountMissing: Detector {
  static let id: RuleID = "DiscountMissing"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeDiscounts(in: facts) { (sums, discount, product) throws(AmountOverflow) in
      let due = try sums.due(discount.rate)
      guard sums.granted.isZero, due >= .cent else { return nil }
      let base = Phrase.money(sums.base, product.currency)
      let missing = Phrase.money(due, product.currency)
      return Claim(
        impact: due, actual: "0.00", expected: "\(due)",
        explanation: Words(
          "\(product.serviceName) costs \(base) and has no \(discount.type), though \(discount.rate) "
            + "was agreed, \(missing).",
          zh:
            "\(product.serviceName) 费用为 \(base)，没有任何折扣（\(discount.type)），而约定折扣率为 \(discount.rate)，"
            + "应为 \(missing)。"),
        recommendation: Words(
          "Claim \(missing), or add the product to those that the agreement leaves out (except).",
          zh: "请追索 \(missing)；如果该产品不在协议范围内，请将其加入协议的例外（except）。"),
        confidence: .strong)
    }
  }
}
