import BillingModel
import GRDB

/// The sums by tag set of a booking, in their order.
enum AllocationTable {
  static let days = "ALTER TABLE allocation ADD COLUMN days INTEGER;\n"

  static func insert(
    _ allocations: [AllocationSummary], of booking: Int, _ texts: inout TextTable,
    _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO allocation VALUES (\(places(16)))")
    for (position, allocation) in allocations.enumerated() {
      var values: [(any DatabaseValueConvertible)?] = [
        booking, position, try texts.id(of: allocation.billingAccountID),
        PeriodNumber.of(allocation.billingPeriod),
      ]
      for text in [
        allocation.invoiceID, allocation.currency.text, allocation.chargeType.text,
        allocation.subAccountID, allocation.serviceName,
      ] {
        values.append(try texts.id(of: text))
      }
      values.append(try texts.id(of: allocation.tags))
      values.append(contentsOf: CostColumns(allocation.sums, allocation.billedCost).values)
      values.append(allocation.days.map { Int($0.bits) })
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  static func allocations(
    of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws -> [AllocationSummary] {
    var allocations: [AllocationSummary] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM allocation WHERE booking = ? ORDER BY position",
      arguments: [booking])
    while let row = try rows.next() {
      let cost = try CostColumns(row, from: 10)
      var allocation = AllocationSummary(
        billingAccountID: try texts.text(row[2]),
        billingPeriod: try PeriodNumber.period(row[3]), invoiceID: try texts.text(row[4]),
        currency: CurrencyCode(try texts.text(row[5])),
        chargeType: ChargeType(try texts.text(row[6])), subAccountID: try texts.text(row[7]),
        serviceName: try texts.text(row[8]), tags: try texts.tagSet(row[9]), sums: cost.sums,
        billedCost: cost.billedCost)
      allocation.days = (row[15] as Int?).map { DaysOfMonth(bits: UInt32(truncatingIfNeeded: $0)) }
      allocations.append(allocation)
    }
    return allocations
  }
}
