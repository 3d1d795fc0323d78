import BillingModel
import ExactNumbers

/// What an agreed discount should be on one product of a payer, and what was granted.
struct DiscountedProduct {
  struct Key: Hashable, Comparable {
    var currency: CurrencyCode
    var serviceName: Text
    var productCode: Text

    private var parts: [Text] { [currency.text, serviceName, productCode] }
    static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
  }

  /// Eligible cost, after the discounts that come before this one.
  var base = Amount.zero
  /// Above zero.
  var granted = Amount.zero
  var lines = 0

  func due(_ rate: Amount) throws(AmountOverflow) -> Amount {
    try base.multiplied(by: rate).rounded(toFractionDigits: 10, .halfAwayFromZero)
  }

  /// Whether what was granted is what was agreed, up to a cent and a ten-thousandth of the base.
  func isRight(_ rate: Amount) throws(AmountOverflow) -> Bool {
    let margin = max(try base.magnitude.multiplied(by: .ppm(100)), .cent)
    return try (granted - due(rate)).magnitude <= margin
  }
}

extension ContractTerms.Discount {
  fileprivate func holds(for booking: Booking) -> Bool {
    billingAccountID.isAny(or: booking.billingAccountID) && span.touches(booking.billingPeriod)
  }

  private func isEligible(_ key: ChargeKey) -> Bool {
    let isCharge = key.chargeType.chargeClass == .usage || key.chargeType.chargeClass == .purchase
    return isCharge && Booking.isOwn(key) && names(key.productCode)
  }

  private func names(_ product: Text) -> Bool {
    (products.isEmpty || products.contains(product)) && !except.contains(product)
  }

  /// The line items that count for a product: those of the discount, and what it is given on.
  fileprivate func selection(
    _ booking: Booking, _ product: DiscountedProduct.Key
  ) -> Selection {
    booking.selection(
      over: [.lineItemType, .serviceName, .productCode, .billingEntity, .chargePeriodStart]
    ) { key in
      guard let day = key.day, span.contains(day), key.currency == product.currency,
        key.serviceName == product.serviceName, key.productCode == product.productCode
      else { return false }
      return key.chargeType == type || isEligible(key)
    }
  }

  /// - Parameter asRows: Whether discounts are rows of the export; else they are the step from cost to
  ///   net cost.
  fileprivate func products(
    of booking: Booking, asRows: Bool
  ) throws(AmountOverflow) -> [DiscountedProduct.Key: DiscountedProduct] {
    var result: [DiscountedProduct.Key: DiscountedProduct] = [:]
    for charge in booking.charges {
      guard let day = charge.key.day, span.contains(day), names(charge.key.productCode) else {
        continue
      }
      let key = DiscountedProduct.Key(
        currency: charge.key.currency, serviceName: charge.key.serviceName,
        productCode: charge.key.productCode)
      var product = result[key] ?? DiscountedProduct()
      let cost = charge.sums.unblended
      if charge.key.chargeType == type {
        try product.granted += -cost
        product.lines += charge.sums.lineItems
      } else if isEligible(charge.key) {
        try product.base += cost
        if !asRows { try product.granted += cost - charge.sums.netUnblended }
        product.lines += charge.sums.lineItems
      } else if charge.key.chargeType.chargeClass == .discount {
        // Private rates and bundles come off before a discount on the whole bill.
        try product.base += cost
      }
      result[key] = product
    }
    return result
  }
}

extension Detector {
  /// Judges each agreed discount on each product that it names.
  func judgeDiscounts(
    in facts: PeriodFacts,
    _ judge: (
      DiscountedProduct, ContractTerms.Discount, DiscountedProduct.Key
    ) throws(AmountOverflow) -> Claim?
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard let agreed = facts.contract.terms.discounts else {
      judgement.unchecked = [Self.unchecked("the contract names no discounts (discounts)")]
      return judgement
    }
    for booking in facts.bookings {
      let held = agreed.filter { $0.holds(for: booking) }
      let asRows = booking.charges.contains { $0.key.chargeType.chargeClass == .discount }
      if held.isEmpty { continue }
      if facts.openPayers.contains(booking.billingAccountID) {
        judgement.unchecked.append(Self.unchecked(booking, "the month is not final"))
        continue
      }
      if !asRows, held.count > 1 {
        let reason = "net costs do not tell the \(held.count) agreed discounts apart"
        judgement.unchecked.append(Self.unchecked(booking, reason))
        continue
      }
      for discount in held {
        let products = try discount.products(of: booking, asRows: asRows)
        for (product, sums) in products.sorted(by: { $0.key < $1.key }) {
          guard sums.base.isPositive, let claim = try judge(sums, discount, product) else {
            continue
          }
          var key = Self.key(booking.billingAccountID, booking.billingPeriod, product.currency)
          key.serviceName = product.serviceName
          key.detail = Text("\(discount.type) \(product.productCode)")
          judgement.findings.append(
            claim.finding(
              key, lines: sums.lines, selection: discount.selection(booking, product)))
        }
      }
    }
    return judgement
  }
}
