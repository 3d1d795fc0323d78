import BillingModel

/// The values that all rows of a profile share, by column.
struct ProfileFields {
  private var values: [String: String]

  init(_ profile: UsageProfile) {
    values = Self.bill(profile.account)
    addUsage(profile)
    addProduct(profile)
    addPricing(profile)
    for (number, value) in profile.tags.enumerated() {
      let key =
        number < ExportColumns.tagKeys.count ? ExportColumns.tagKeys[number] : "Tag\(number + 1)"
      values["resourceTags/user:" + key] = value
    }
  }

  /// The values of a row that no profile has: what closes the month.
  init(account: Int, further: [String: String]) {
    values = Self.bill(account).merging(further) { $1 }
  }

  subscript(column: String) -> String? { values[column] }

  private static func bill(_ account: Int) -> [String: String] {
    let invoice = BenchCompany.invoices[BenchCompany.invoice(of: account)]
    let period = BenchSettings.period
    return [
      "bill/InvoiceId": invoice.id, "bill/InvoicingEntity": invoice.seller.legalEntity,
      "bill/BillingEntity": "AWS", "bill/BillType": "Anniversary",
      "bill/PayerAccountId": BenchCompany.payer.id,
      "bill/BillingPeriodStartDate": Spelling.midnight(period.firstDay),
      "bill/BillingPeriodEndDate": Spelling.midnight(period.end),
      "lineItem/UsageAccountId": BenchCompany.payer.accounts[account].id,
      "lineItem/CurrencyCode": "USD", "lineItem/LegalEntity": invoice.seller.legalEntity,
    ]
  }

  private mutating func addUsage(_ profile: UsageProfile) {
    let offer = profile.offer
    values["lineItem/LineItemType"] = profile.kind.rawValue
    values["lineItem/ProductCode"] = offer.product.code
    values["lineItem/UsageType"] = profile.usageType
    values["lineItem/Operation"] = offer.operation
    if offer.isInstance {
      values["lineItem/AvailabilityZone"] = profile.region.id + profile.zone
      values["lineItem/NormalizationFactor"] = "4"
    }
    if profile.statesRate {
      let rate = profile.kind == .reserved ? "0.0000000000" : profile.rateText
      values["lineItem/UnblendedRate"] = rate
      values["lineItem/BlendedRate"] = rate
    }
  }

  private mutating func addProduct(_ profile: UsageProfile) {
    let offer = profile.offer
    values["product/ProductName"] = offer.product.name
    values["product/regionCode"] = profile.region.id
    values["product/servicecode"] = offer.product.code
    values["product/sku"] = profile.statesRate ? profile.skuID : ""
    for (name, value) in offer.attributes { values["product/" + name] = value }
  }

  private mutating func addPricing(_ profile: UsageProfile) {
    values["pricing/unit"] = profile.offer.unit
    if profile.namesPlan { values["savingsPlan/SavingsPlanARN"] = BenchCompany.planARN }
    guard profile.statesRate else { return }
    values["pricing/currency"] = "USD"
    values["pricing/RateId"] =
      "\(10_000_000_000 + Int(profile.skuID.utf8.reduce(0) { $0 &* 31 &+ UInt32($1) }))"
    values["pricing/publicOnDemandRate"] = profile.rateText
    values["pricing/term"] = profile.kind == .reserved ? "Reserved" : "OnDemand"
    switch profile.kind {
    case .reserved:
      values["pricing/OfferingClass"] = "standard"
      values["pricing/PurchaseOption"] = "No Upfront"
      values["pricing/publicOnDemandCost"] = profile.rateText
      values["reservation/EffectiveCost"] = "0.0390000000"
      values["reservation/ReservationARN"] =
        BenchCompany.reservationARN(BenchCompany.invoice(of: profile.account))
    case .covered:
      values["savingsPlan/SavingsPlanRate"] = "0.0420000000"
    default: break
    }
  }
}

extension UsageProfile {
  /// Fees of a plan, credits and negations are no use of anything.
  var statesRate: Bool { kind == .usage || kind == .covered || kind == .reserved }
  var namesPlan: Bool { kind == .covered || kind == .negated || kind == .planFee }
}
