import BillingModel
import ExactNumbers

/// The tax of one invoice by one seller, beside what the agreed rates make of its charges.
struct TaxGroup {
  struct Key: Hashable, Comparable {
    var billingAccountID: Text
    var billingPeriod: BillingPeriod
    var invoiceID: Text
    var currency: CurrencyCode
    var legalEntity: Text

    private var parts: [Text] { [billingAccountID, invoiceID, currency.text, legalEntity] }
    static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
  }

  /// The bases that a seller may legitimately tax.
  private enum Base: Int, CaseIterable {
    case allCharges, withoutCredits, withoutNegations

    func holds(_ type: ChargeType) -> Bool {
      switch self {
      case .allCharges: true
      case .withoutCredits: type.chargeClass != .credit && type.chargeClass != .refund
      case .withoutNegations: type != "SavingsPlanNegation"
      }
    }
  }

  var tax = Amount.zero
  var taxLines = 0
  /// Σ rate·cost for each ``Base``.
  private var expectations = Base.allCases.map { _ in Amount.zero }
  /// True if any of the charges is taxed at all.
  var isTaxable = false
  /// Charges for which no rate was agreed.
  var hasUnknownRate = false
  /// True if the tax of any of the charges stands in no rows.
  var hasNoRows = false
  var lines = 0

  /// What the tax ought to be, on the base that comes nearest to the tax that was charged: credits
  /// are taxed or not by jurisdiction, and a finding must not rest on that choice.
  func expected() throws(AmountOverflow) -> Amount {
    var nearest = expectations[0]
    for candidate in expectations.dropFirst()
    where try (tax - candidate).magnitude < (tax - nearest).magnitude { nearest = candidate }
    return nearest
  }

  var onAllCharges: Amount { expectations[Base.allCharges.rawValue] }

  /// Whether the tax fits the charges without credits and refunds, and not the charges with them.
  var isOnlyBeforeCredits: Bool {
    get throws(AmountOverflow) {
      guard isTaxable, !tax.isZero else { return false }
      let before = try (tax - expectations[Base.withoutCredits.rawValue]).magnitude
      let after = try (tax - onAllCharges).magnitude
      return before <= tolerance && after > tolerance
    }
  }

  /// Half a cent a tax line for rounding; at least a cent, at most one unit.
  var tolerance: Amount {
    min(max(.cent, .ppm(5_000 * Int128(taxLines))), .one)
  }

  mutating func add(_ charge: ChargeSummary, _ rates: TaxRates) throws(AmountOverflow) {
    lines += charge.sums.lineItems
    if charge.key.chargeType.chargeClass == .tax {
      try tax += charge.billedCost
      taxLines += charge.sums.lineItems
      return
    }
    guard let entry = rates.entry(charge.key.legalEntity, charge.key.productCode) else {
      if !charge.billedCost.isZero { hasUnknownRate = true }
      return
    }
    if entry.charged != .rows { hasNoRows = true }
    let rate = entry.rate
    if !rate.isZero, !charge.billedCost.isZero { isTaxable = true }
    let due = try charge.billedCost.multiplied(by: rate)
    for base in Base.allCases where base.holds(charge.key.chargeType) {
      try expectations[base.rawValue] += due
    }
  }
}

extension Detector {
  /// Judges the tax of each invoice and seller for which every rate is agreed.
  func judgeTax(
    in facts: PeriodFacts,
    _ judge: (TaxGroup.Key, TaxGroup) throws(AmountOverflow) -> Claim?
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard let agreed = facts.contract.taxRates else {
      judgement.unchecked = [Self.unchecked("the contract names no tax rates (taxRates)")]
      return judgement
    }
    let rates = TaxRates(agreed)
    for booking in facts.bookings {
      guard booking.contents.rejects.isEmpty else {
        // A base or a tax that lacks a row is not to be had to the cent.
        judgement.unchecked.append(Self.unchecked(booking, "rows of the export were rejected"))
        continue
      }
      let groups = try Self.taxGroups(booking, rates)
      if booking.charges.contains(where: { $0.key.invoiceID.isEmpty }) {
        judgement.unchecked.append(
          Self.unchecked(booking, "lines without an invoice id are not taxed yet"))
      }
      for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
        if group.hasUnknownRate {
          judgement.unchecked.append(
            Self.unchecked(booking, "the contract names no tax rate for \(key.legalEntity)"))
        } else if group.hasNoRows {
          judgement.unchecked.append(
            Self.unchecked(
              booking,
              "the tax of \(key.legalEntity) has no rows (taxRates, charged): it is held "
                + "against the invoice"))
        } else if let claim = try judge(key, group) {
          judgement.findings.append(
            claim.finding(
              Self.key(key), lines: group.lines,
              selection: Selection([
                [.invoiceID: key.invoiceID, .legalEntity: key.legalEntity]
              ])))
        }
      }
    }
    return judgement
  }

  private static func taxGroups(
    _ booking: Booking, _ rates: TaxRates
  ) throws(AmountOverflow) -> [TaxGroup.Key: TaxGroup] {
    var groups: [TaxGroup.Key: TaxGroup] = [:]
    for charge in booking.charges where !charge.key.invoiceID.isEmpty {
      let key = TaxGroup.Key(
        billingAccountID: charge.key.billingAccountID, billingPeriod: charge.key.billingPeriod,
        invoiceID: charge.key.invoiceID, currency: charge.key.currency,
        legalEntity: charge.key.legalEntity)
      try groups[key, default: TaxGroup()].add(charge, rates)
    }
    return groups
  }

  private static func key(_ group: TaxGroup.Key) -> FindingKey {
    var key = key(group.billingAccountID, group.billingPeriod, group.currency)
    key.invoiceID = group.invoiceID
    key.detail = group.legalEntity
    return key
  }
}
