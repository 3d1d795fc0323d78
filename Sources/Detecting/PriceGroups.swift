import BillingModel
import ExactNumbers

extension Booking {
  var prices: [PriceSummary] { contents.prices }

  /// What a version was charged at each price was not kept by older programs.
  var lacksPrices: Bool { prices.isEmpty && !charges.isEmpty }

  /// Whether a service of the seller of the cloud itself; agreements with AWS end where others sell.
  static func isOwn(_ key: ChargeKey) -> Bool { key.billingEntity != "AWS Marketplace" }
}

/// One SKU as it is charged for one usage type.
struct PricedThing: Hashable, Comparable {
  var currency: CurrencyCode
  var serviceName: Text
  var usageType: Text
  var skuID: Text

  init?(_ price: PriceSummary) {
    guard !price.skuID.isEmpty else { return nil }
    currency = price.currency
    serviceName = price.serviceName
    usageType = price.usageType
    skuID = price.skuID
  }

  /// Its `Usage`, where it also holds one of these values.
  func selection(_ values: [[Field: Text]]) -> Selection {
    let own: [Field: Text] = [
      .lineItemType: "Usage", .serviceName: serviceName, .usageType: usageType, .skuID: skuID,
    ]
    return Selection(values.map { own.merging($0) { $1 } })
  }

  private var parts: [Text] { [currency.text, serviceName, usageType, skuID] }
  static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

extension Detector {
  /// Judges the prices of each booking that has them.
  static func judgePrices(
    of bookings: [Booking], needing field: Field? = nil,
    _ judge: (Booking) throws(AmountOverflow) -> Judgement
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in bookings {
      if booking.lacksPrices {
        let reason = "the export was read before prices were kept; read it again"
        judgement.unchecked.append(unchecked(booking, reason))
      } else if let field, !booking.prices.contains(where: { !$0.text(field).isEmpty }),
        !booking.prices.isEmpty
      {
        judgement.unchecked.append(unchecked(booking, "no row states \(field.rawValue)"))
      } else {
        judgement.add(try judge(booking))
      }
    }
    return judgement
  }

  static func key(_ thing: PricedThing, _ booking: Booking) -> FindingKey {
    var key = key(booking.billingAccountID, booking.billingPeriod, thing.currency)
    key.serviceName = thing.serviceName
    key.usageType = thing.usageType
    key.detail = thing.skuID
    return key
  }
}

extension PriceSummary {
  /// What its line items hold; of a price that has a rate.
  var values: [Field: Text] {
    [
      .lineItemType: chargeType.text, .subAccountID: subAccountID, .serviceName: serviceName,
      .productCode: productCode, .usageType: usageType, .regionID: regionID,
      .pricingUnit: pricingUnit, .skuID: skuID, .unblendedRate: Text(rate?.description ?? ""),
    ]
  }

  fileprivate func text(_ field: Field) -> Text {
    switch field {
    case .skuID: skuID
    case .regionID: regionID
    case .pricingUnit: pricingUnit
    case .usageType: usageType
    default: Text(rate?.description ?? "")
    }
  }
}

extension PeriodFacts {
  /// What is booked for the month before and the same payer.
  func previous(of booking: Booking) -> Booking? {
    previous.first { $0.billingAccountID == booking.billingAccountID }
  }
}

extension Judgement {
  /// Findings of a rule that compares with the past: candidates only in a month that came as history.
  func asAnomalies(_ facts: PeriodFacts) -> Judgement {
    guard !facts.reportsAnomalies else { return self }
    var result = self
    result.candidates += findings
    result.findings = []
    return result
  }
}
