import BillingModel
import ExactNumbers
import GRDB

/// The sums by price of a booking, in their order.
enum PriceTable {
  static let schema = """
    -- What was charged at each price. Versions that were read before have none.
    CREATE TABLE price (
      booking INTEGER NOT NULL REFERENCES booking ON DELETE CASCADE,
      position INTEGER NOT NULL,
      payer INTEGER NOT NULL, period INTEGER NOT NULL, currency INTEGER NOT NULL,
      charge_type INTEGER NOT NULL, account INTEGER NOT NULL, service INTEGER NOT NULL,
      product INTEGER NOT NULL, usage_type INTEGER NOT NULL, region INTEGER NOT NULL,
      unit INTEGER NOT NULL, sku INTEGER NOT NULL,
      rate TEXT,
      unblended TEXT NOT NULL, net_unblended TEXT NOT NULL, net_rows INTEGER NOT NULL,
      line_items INTEGER NOT NULL,
      PRIMARY KEY (booking, position)
    ) STRICT, WITHOUT ROWID;

    -- New rules look at new facts.
    DELETE FROM judged;

    """

  static func insert(
    _ prices: [PriceSummary], of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO price VALUES (\(places(18)))")
    for (position, price) in prices.enumerated() {
      var values: [(any DatabaseValueConvertible)?] = [
        booking, position, try texts.id(of: price.billingAccountID),
        PeriodNumber.of(price.billingPeriod),
      ]
      for text in [
        price.currency.text, price.chargeType.text, price.subAccountID, price.serviceName,
        price.productCode, price.usageType, price.regionID, price.pricingUnit, price.skuID,
      ] {
        values.append(try texts.id(of: text))
      }
      values.append(price.rate?.description)
      values.append(contentsOf: CostColumns(price.sums, .zero).values.dropLast())
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  static func prices(
    of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws -> [PriceSummary] {
    var prices: [PriceSummary] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM price WHERE booking = ? ORDER BY position",
      arguments: [booking])
    while let row = try rows.next() {
      let rate = try (row[13] as String?).map { try CostColumns.amount($0) }
      prices.append(
        PriceSummary(
          billingAccountID: try texts.text(row[2]),
          billingPeriod: try PeriodNumber.period(row[3]),
          currency: CurrencyCode(try texts.text(row[4])),
          chargeType: ChargeType(try texts.text(row[5])), subAccountID: try texts.text(row[6]),
          serviceName: try texts.text(row[7]), productCode: try texts.text(row[8]),
          usageType: try texts.text(row[9]), regionID: try texts.text(row[10]),
          pricingUnit: try texts.text(row[11]), skuID: try texts.text(row[12]), rate: rate,
          sums: CostSums(
            unblended: try CostColumns.amount(row[14]),
            netUnblended: try CostColumns.amount(row[15]), netRows: row[16], lineItems: row[17])))
    }
    return prices
  }
}
