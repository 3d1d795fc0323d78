import BillingModel
import ExactNumbers
import Foundation
import GRDB

/// The daily series of a booking, a row each, in their order. The days of one are packed: they are read
/// whole and never searched.
enum UsageTable {
  static let schema =
    """
    CREATE TABLE usage_series (
      booking INTEGER NOT NULL REFERENCES booking ON DELETE CASCADE,
      position INTEGER NOT NULL,
      currency INTEGER NOT NULL, account INTEGER NOT NULL, service INTEGER NOT NULL,
      region INTEGER NOT NULL, usage_type INTEGER NOT NULL, unit INTEGER NOT NULL,
      days BLOB NOT NULL,                -- PackedDays
      PRIMARY KEY (booking, position)
    ) STRICT, WITHOUT ROWID;

    """

  static func insert(
    _ usage: [UsageSummary], of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO usage_series VALUES (\(places(9)))")
    for (position, summary) in usage.enumerated() {
      let key = summary.series.key
      var values: [(any DatabaseValueConvertible)?] = [booking, position]
      for text in [
        key.currency.text, key.subAccountID, key.serviceName, key.regionID, key.usageType, key.unit,
      ] {
        values.append(try texts.id(of: text))
      }
      values.append(PackedDays.data(summary.series.days))
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  static func usage(of booking: Int, _ database: Database) throws -> [UsageSummary] {
    guard
      let header = try Row.fetchOne(
        database, sql: "SELECT payer, period FROM booking WHERE id = ?", arguments: [booking])
    else { return [] }
    let payer = try header.text("payer")
    let period = try header.period("period")
    var texts = TextTable(database)
    var usage: [UsageSummary] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM usage_series WHERE booking = ? ORDER BY position",
      arguments: [booking])
    while let row = try rows.next() {
      let key = UsageSeries.Key(
        billingAccountID: payer, currency: CurrencyCode(try texts.text(row[2])),
        subAccountID: try texts.text(row[3]), serviceName: try texts.text(row[4]),
        regionID: try texts.text(row[5]), usageType: try texts.text(row[6]),
        unit: try texts.text(row[7]))
      guard let days = PackedDays.days(Array(row[8] as Data)) else {
        throw UnreadableValue(column: "usage_series.days")
      }
      usage.append(
        UsageSummary(billingPeriod: period, series: UsageSeries(key: key, days: days)))
    }
    return usage
  }
}

/// Days as bytes: for each the distance from the day before, cost, quantity and line items, every number
/// with seven bits a byte, the lowest first (LEB128), and signed ones folded so that small ones are short.
enum PackedDays {
  static func data(_ days: [UsageSeries.DayUsage]) -> Data {
    var bytes: [UInt8] = []
    var last = 0
    for day in days {
      put(folded(Int128(day.day.number - last)), &bytes)
      last = day.day.number
      put(folded(day.billedCost.units), &bytes)
      // No quantity is 0, a quantity one more than itself.
      put(day.quantity.map { folded($0.units) + 1 } ?? 0, &bytes)
      put(UInt128(day.lineItems), &bytes)
    }
    return Data(bytes)
  }

  /// Nil where the bytes are no such days.
  static func days(_ bytes: [UInt8]) -> [UsageSeries.DayUsage]? {
    var days: [UsageSeries.DayUsage] = []
    var rest = bytes[...]
    var last = 0
    while !rest.isEmpty {
      guard let distance = take(&rest), let cost = take(&rest), let quantity = take(&rest),
        let lines = take(&rest), lines <= UInt128(Int.max),
        let step = Int(exactly: unfolded(distance)),
        let billed = try? Amount(units: unfolded(cost))
      else { return nil }
      let (number, overflow) = last.addingReportingOverflow(step)
      guard !overflow else { return nil }
      last = number
      var amount: Amount?
      if quantity > 0 {
        guard let stated = try? Amount(units: unfolded(quantity - 1)) else { return nil }
        amount = stated
      }
      days.append(
        UsageSeries.DayUsage(
          day: Day(number: number), billedCost: billed, quantity: amount, lineItems: Int(lines)))
    }
    return days
  }

  private static func folded(_ value: Int128) -> UInt128 {
    UInt128(bitPattern: (value << 1) ^ (value >> 127))
  }

  private static func unfolded(_ value: UInt128) -> Int128 {
    Int128(bitPattern: value >> 1) ^ -Int128(value & 1)
  }

  private static func put(_ value: UInt128, _ bytes: inout [UInt8]) {
    var value = value
    while value > 127 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 128)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  private static func take(_ bytes: inout ArraySlice<UInt8>) -> UInt128? {
    var value: UInt128 = 0
    var shift: UInt128 = 0
    while let byte = bytes.popFirst(), shift < 128 {
      value |= UInt128(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    return nil
  }
}
