import BillingModel
import GRDB

/// The charge sums of a booking, in their order.
enum ChargeTable {
  static func insert(
    _ charges: [ChargeSummary], of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO charge VALUES (\(places(22)))")
    for (position, charge) in charges.enumerated() {
      let key = charge.key
      var values: [(any DatabaseValueConvertible)?] = [
        booking, position, try texts.id(of: key.billingAccountID),
        PeriodNumber.of(key.billingPeriod),
      ]
      for text in [
        key.invoiceID, key.invoiceIssuer, key.billingEntity, key.legalEntity, key.billType,
        key.chargeType.text, key.currency.text, key.subAccountID, key.subAccountName,
        key.serviceName, key.productCode,
      ] {
        values.append(try texts.id(of: text))
      }
      values.append(key.isDataTransfer ? 1 : 0)
      values.append(key.day?.number)
      values.append(contentsOf: CostColumns(charge.sums, charge.billedCost).values)
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  static func charges(
    of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws -> [ChargeSummary] {
    var charges: [ChargeSummary] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM charge WHERE booking = ? ORDER BY position",
      arguments: [booking])
    while let row = try rows.next() {
      let cost = try CostColumns(row, from: 17)
      charges.append(
        ChargeSummary(key: try key(row, &texts), sums: cost.sums, billedCost: cost.billedCost))
    }
    return charges
  }

  /// Only those of some types.
  static func charges(
    of booking: Int, types: [Text], _ texts: inout TextTable, _ database: Database
  ) throws -> [ChargeSummary] {
    var charges: [ChargeSummary] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT * FROM charge WHERE booking = ? AND charge_type IN (
          SELECT id FROM text WHERE bytes IN (\(places(types.count)))) ORDER BY position
        """,
      arguments: StatementArguments(
        [booking as any DatabaseValueConvertible] + types.map { $0.blob }))
    while let row = try rows.next() {
      let cost = try CostColumns(row, from: 17)
      charges.append(
        ChargeSummary(key: try key(row, &texts), sums: cost.sums, billedCost: cost.billedCost))
    }
    return charges
  }

  /// Only what daily series are made of: a month of history is read for its days, not for its invoices.
  static func usage(
    of booking: Int, before day: Day, _ texts: inout TextTable, _ database: Database
  ) throws -> [UsageCost] {
    var usage: [UsageCost] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT payer, account, service, currency, day, billed, charge_type FROM charge
        WHERE booking = ? AND day < ? ORDER BY position
        """,
      arguments: [booking, day.number])
    while let row = try rows.next() {
      guard ChargeType(try texts.text(row[6])).chargeClass == .usage else { continue }
      usage.append(
        UsageCost(
          series: DailySeries.Key(
            billingAccountID: try texts.text(row[0]), subAccountID: try texts.text(row[1]),
            serviceName: try texts.text(row[2]), currency: CurrencyCode(try texts.text(row[3]))),
          day: Day(number: row[4]), billedCost: try CostColumns.amount(row[5])))
    }
    return usage
  }

  private static func key(_ row: Row, _ texts: inout TextTable) throws -> ChargeKey {
    ChargeKey(
      billingAccountID: try texts.text(row[2]), billingPeriod: try PeriodNumber.period(row[3]),
      invoiceID: try texts.text(row[4]), invoiceIssuer: try texts.text(row[5]),
      billingEntity: try texts.text(row[6]), legalEntity: try texts.text(row[7]),
      billType: try texts.text(row[8]), chargeType: ChargeType(try texts.text(row[9])),
      currency: CurrencyCode(try texts.text(row[10])), subAccountID: try texts.text(row[11]),
      subAccountName: try texts.text(row[12]), serviceName: try texts.text(row[13]),
      productCode: try texts.text(row[14]), isDataTransfer: row[15] != 0,
      day: (row[16] as Int?).map { Day(number: $0) })
  }
}

/// `?, ?, ?` for so many values.
func places(_ count: Int) -> String {
  Array(repeating: "?", count: count).joined(separator: ", ")
}
