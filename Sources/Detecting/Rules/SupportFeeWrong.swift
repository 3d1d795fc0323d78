import BillingModel
import ExactNumbers

/// The support fee is not what the tiers of the support plan make of the charges.
///
/// *Formula.* By seller, in a final month: Σ cost of support's products ≠ max(minimum, Σ tier rate · charges
/// within the tier) by more than the tolerance. The charges are usage, fees and discounts of the month before
/// (or of the same month), without support, Marketplace, tax, credits and refunds.
/// *Source.* The contract; AWS Support pricing.
/// *False positives.* Tiers over a whole organization: state the plan without a seller. A fee that is not
/// there yet comes later: not checked.
struct SupportFeeWrong: Detector {
  static let id: RuleID = "SupportFeeWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let plans = facts.contract.terms.support else {
      return .unchecked(Self.unchecked("the contract names no support plan (support)"))
    }
    var judgement = Judgement()
    for booking in facts.bookings {
      for plan in plans
      where plan.billingAccountID.isAny(or: booking.billingAccountID)
        && plan.span.covers(booking.billingPeriod)
      {
        let basis = plan.basis == .sameMonth ? booking : facts.previous(of: booking)
        if facts.openPayers.contains(booking.billingAccountID) {
          judgement.unchecked.append(Self.unchecked(booking, "the month is not final"))
        } else if let basis {
          judgement.add(try Self.judge(plan, booking, basis))
        } else {
          judgement.unchecked.append(
            Self.unchecked(booking, "the month before, which support is a share of, is not booked"))
        }
      }
    }
    return judgement
  }

  private static func judge(
    _ plan: ContractTerms.Support, _ booking: Booking, _ basis: Booking
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    let fees = try booking.groups { plan.isFee($0.key) ? $0.key.currency : nil }
    if fees.isEmpty {
      judgement.unchecked = [unchecked(booking, "no support fee is charged yet")]
    }
    for (currency, fee) in fees.sorted(by: { $0.key < $1.key }) {
      let charges = try Amount.sum(
        basis.charges.filter { $0.key.currency == currency && plan.isBase($0.key) }
          .map(\.billedCost))
      let due = try plan.fee(on: charges)
      let off = try fee.cost - due
      guard off.magnitude > plan.tolerance else { continue }
      var key = key(booking.billingAccountID, booking.billingPeriod, currency)
      key.detail = plan.legalEntity
      judgement.findings.append(
        claim(plan, fee.cost, due, off, charges, currency, basis).finding(
          key, lines: fee.lines,
          selection: booking.selection(over: [.lineItemType, .productCode, .legalEntity]) {
            $0.currency == currency && plan.isFee($0)
          }))
    }
    return judgement
  }

  private static func claim(
    _ plan: ContractTerms.Support, _ fee: Amount, _ due: Amount, _ off: Amount, _ charges: Amount,
    _ currency: CurrencyCode, _ basis: Booking
  ) -> Claim {
    let paid = Phrase.money(fee, currency)
    let right = Phrase.money(due, currency)
    let base = Phrase.money(charges, currency)
    let money = Phrase.money(off.magnitude, currency)
    let isLess = off.isNegative
    return Claim(
      impact: off, actual: "\(fee)", expected: "\(due)",
      explanation: Words(
        "Support costs \(paid), but the plan makes \(right) of the \(base) charged in "
          + "\(basis.billingPeriod): \(money) too \(isLess ? "little" : "much").",
        zh: "支持费为 \(paid)，而按支持计划应为 \(right)（以 \(basis.billingPeriod) 的费用 \(base) 计），"
          + "\(isLess ? "少收" : "多收") \(money)。"),
      recommendation: Words(
        "Ask AWS for the charges that the fee of \(paid) was computed from.",
        zh: "请向 AWS 索取 \(paid) 支持费的计算基数。"),
      confidence: .strong)
  }
}

extension ContractTerms.Support {
  private func isSold(_ key: ChargeKey) -> Bool { legalEntity.isAny(or: key.legalEntity) }

  fileprivate func isFee(_ key: ChargeKey) -> Bool {
    isSold(key) && products.contains(key.productCode) && key.chargeType.chargeClass != .tax
  }

  fileprivate func isBase(_ key: ChargeKey) -> Bool {
    let isCharge = [.usage, .purchase, .discount].contains(key.chargeType.chargeClass)
    return isSold(key) && isCharge && Booking.isOwn(key) && !products.contains(key.productCode)
  }
}
