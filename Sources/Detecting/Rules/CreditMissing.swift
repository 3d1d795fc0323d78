import BillingModel
import ExactNumbers

/// A credit has a balance, there is something to apply it to, and it is not applied.
///
/// *Formula.* In a final month within its days: balance > 0, eligible cost > 0 and no line of the credit. At
/// stake is the lesser of the two. The balance is the amount less what all booked months and those before
/// them used.
/// *Source.* The contract (the letter that granted the credit).
/// *False positives.* A credit may be applied later or to another payer, hence a lower confidence.
struct CreditMissing: Detector {
  static let id: RuleID = "CreditMissing"
  static let looksBack = true

  var screens: [Screen] { [.credits(Self.id)] }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeCredits(in: facts) { (use, booking) throws(AmountOverflow) in
      let credit = use.credit
      guard use.now.isEmpty, credit.span.covers(booking.billingPeriod),
        !facts.openPayers.contains(booking.billingAccountID)
      else { return [] }
      let balance = try credit.amount - use.usedBefore()
      let cost = try Self.eligible(credit, booking)
      let missing = min(balance, cost)
      guard missing >= .cent else { return [] }
      return [("missing", Self.claim(credit, balance, cost, missing))]
    }
  }

  private static func eligible(
    _ credit: ContractTerms.Credit, _ booking: Booking
  ) throws(AmountOverflow) -> Amount {
    var cost = Amount.zero
    for charge in booking.charges where charge.key.currency == credit.currency {
      let type = charge.key.chargeType.chargeClass
      guard type == .usage || type == .purchase, Booking.isOwn(charge.key),
        credit.products.isEmpty || credit.products.contains(charge.key.productCode)
      else { continue }
      try cost += charge.billedCost
    }
    return cost
  }

  private static func claim(
    _ credit: ContractTerms.Credit, _ balance: Amount, _ cost: Amount, _ missing: Amount
  ) -> Claim {
    let left = Phrase.money(balance, credit.currency)
    let spent = Phrase.money(cost, credit.currency)
    let money = Phrase.money(missing, credit.currency)
    return Claim(
      impact: missing, actual: "0.00", expected: "\(missing)",
      explanation: Words(
        "Credit \(credit.name) has \(left) left and is not applied, though \(spent) of its products is "
          + "charged.",
        zh: "抵扣金 \(credit.name) 尚余 \(left)，本月其适用产品费用为 \(spent)，却未抵扣。"),
      recommendation: Words(
        "Ask AWS to apply \(money) of the credit to this month.",
        zh: "请要求 AWS 将该抵扣金中的 \(money) 用于本月。"),
      confidence: .likely)
  }
}
