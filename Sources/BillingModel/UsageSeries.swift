package import ExactNumbers

/// The daily cost and quantity of one usage type of one account, service and region: the finest series
/// that is kept of a month.
package struct UsageSeries: Hashable, Sendable {
  package struct Key: Hashable, Sendable, Comparable {
    package var billingAccountID: Text
    package var currency: CurrencyCode
    package var subAccountID: Text
    package var serviceName: Text
    package var regionID: Text
    package var usageType: Text
    /// In what the quantity is counted; empty where the export does not say.
    package var unit: Text

    package init(
      billingAccountID: Text, currency: CurrencyCode, subAccountID: Text, serviceName: Text,
      regionID: Text, usageType: Text, unit: Text
    ) {
      self.billingAccountID = billingAccountID
      self.currency = currency
      self.subAccountID = subAccountID
      self.serviceName = serviceName
      self.regionID = regionID
      self.usageType = usageType
      self.unit = unit
    }

    /// The series of its account and service.
    package var service: DailySeries.Key {
      DailySeries.Key(
        billingAccountID: billingAccountID, subAccountID: subAccountID, serviceName: serviceName,
        currency: currency)
    }

    private var parts: [Text] {
      [
        billingAccountID, currency.text, subAccountID, serviceName, regionID, usageType, unit,
      ]
    }

    package static func < (a: Key, b: Key) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
  }

  package struct DayUsage: Hashable, Sendable, Codable {
    package var day: Day
    package var billedCost: Amount
    /// Absent where no row of the day states one.
    package var quantity: Amount?
    package var lineItems: Int

    package init(day: Day, billedCost: Amount, quantity: Amount?, lineItems: Int) {
      self.day = day
      self.billedCost = billedCost
      self.quantity = quantity
      self.lineItems = lineItems
    }
  }

  package var key: Key
  /// Days with rows, in order, each once.
  package var days: [DayUsage]

  package init(key: Key, days: [DayUsage]) {
    self.key = key
    self.days = days
  }
}

/// A ``UsageSeries`` of one billing period, as a pass over the rows finds it.
package struct UsageSummary: Hashable, Sendable {
  package var billingPeriod: BillingPeriod
  package var series: UsageSeries

  package init(billingPeriod: BillingPeriod, series: UsageSeries) {
    self.billingPeriod = billingPeriod
    self.series = series
  }
}

extension UsageSeries: Codable {}
extension UsageSeries.Key: Codable {}
extension UsageSummary: Codable {}
