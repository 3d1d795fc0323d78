import BillingModel
import ExactNumbers

/// One row of a bill, with all that any of the formats says about it.
struct LineItem {
  /// Names what recurs; the row's id in the export is drawn from it, so one id recurs every day.
  var stream: String
  /// `identity/TimeInterval`, the end excluded.
  var interval: Range<Day>
  /// UsageStartDate and UsageEndDate; longer than the interval for taxes and monthly fees.
  var usageDates: Range<Day>
  var seller: Seller
  var billingEntity: String
  var invoiceID: String
  var billType = "Anniversary"
  var account: String
  var type = "Usage"
  var product: Product
  var usageType: String
  var operation = ""
  var region = ""
  var zone = ""
  var resource = ""
  var unit = ""
  var description: String
  var usage: Amount
  /// Nil where the export leaves the rate empty: taxes, fees, credits.
  var rate: Amount?
  var publicRate: Amount?
  var cost: Amount
  /// What the export says the usage costs by the price list, where that is not the truth.
  var statedPublicCost: Amount?
  var currency: String
  var pricingCurrency: String
  var taxType = ""
  var reservationARN = ""
  var savingsPlanARN = ""
  /// What the usage costs after commitments are spread over it; nil where it is the cost.
  var effectiveCost: Amount?
  /// Further columns of the legacy report by their names, which only reports with such rows have.
  var details: [String: String] = [:]
  /// Key and value as the owner typed them.
  var tags: [Tag] = []
  /// The label by which a story finds a row that it planted; never written.
  var mark: String?

  struct Tag: Hashable {
    var key: String
    var value: String
  }

  var lineItemID: String {
    var chance = SplitMix64("line item \(stream) \(interval.lowerBound.period)")
    return chance.base32(26)
  }

  var skuID: String {
    var chance = SplitMix64("sku \(product.code) \(usageType) \(region)")
    return chance.capitals(16)
  }

  /// The line of a document that the row is part of: data transfer is a service of its own there.
  var documentService: String {
    usageType.contains("DataTransfer") ? "AWS Data Transfer" : product.name
  }

  var isTax: Bool { type == "Tax" }
}

extension LineItem {
  /// What the usage costs by the price list, to ten fraction digits; zero where the list has no price.
  var publicCost: Amount {
    if let statedPublicCost { return statedPublicCost }
    guard let cost = try? (publicRate ?? .zero).multiplied(by: usage) else {
      preconditionFailure("\(usage) at \(publicRate ?? .zero) leaves the range of amounts")
    }
    return cost.rounded(toFractionDigits: 10, .halfAwayFromZero)
  }

  /// Sets the usage and the cost that the rate makes of it, to ten fraction digits.
  mutating func use(_ quantity: Amount) throws(AmountOverflow) {
    usage = quantity
    cost = try (rate ?? .zero).multiplied(by: quantity)
      .rounded(toFractionDigits: 10, .halfAwayFromZero)
  }
}
