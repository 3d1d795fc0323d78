import BillingModel
import ExactNumbers
import GRDB

/// The daily usage cost of a booking. It is added up here, not in SQL: SQLite has no exact decimals.
///
/// Only usage is a daily series; fees, tax and credits are dated on some day of the month that says
/// nothing.
enum DailyTable {
  private struct Cell: Hashable {
    var series: DailySeries.Key
    var day: Day
  }

  static func insert(
    _ charges: [ChargeSummary], of booking: Int, _ texts: inout TextTable, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(sql: "INSERT INTO daily VALUES (\(places(7)))")
    for (cell, cost) in try sums(charges) {
      let series = cell.series
      try statement.execute(
        arguments: [
          booking, try texts.id(of: series.billingAccountID),
          try texts.id(of: series.subAccountID), try texts.id(of: series.serviceName),
          try texts.id(of: series.currency.text), cell.day.number, cost.description,
        ])
    }
  }

  private static func sums(_ charges: [ChargeSummary]) throws(LedgerFault) -> [Cell: Amount] {
    var sums: [Cell: Amount] = [:]
    for charge in charges where charge.key.chargeType.chargeClass == .usage {
      guard let day = charge.key.day else { continue }
      let series = DailySeries.Key(
        billingAccountID: charge.key.billingAccountID, subAccountID: charge.key.subAccountID,
        serviceName: charge.key.serviceName, currency: charge.key.currency)
      let cell = Cell(series: series, day: day)
      do {
        sums[cell] = try (sums[cell] ?? .zero) + charge.billedCost
      } catch {
        throw .overflow(
          "account \(series.subAccountID), service \(series.serviceName), \(day)")
      }
    }
    return sums
  }

  /// The series of the booked versions up to and including a day, sorted by key.
  static func series(through last: Day, _ database: Database) throws -> [DailySeries] {
    var texts = TextTable(database)
    var series: [DailySeries.Key: [Day: Amount]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT d.payer, d.account, d.service, d.currency, d.day, d.cost
        FROM daily d JOIN booking b ON b.id = d.booking
        WHERE b.role = 'booked' AND d.day <= ?
        """, arguments: [last.number])
    while let row = try rows.next() {
      let key = DailySeries.Key(
        billingAccountID: try texts.text(row[0]), subAccountID: try texts.text(row[1]),
        serviceName: try texts.text(row[2]), currency: CurrencyCode(try texts.text(row[3])))
      let day = Day(number: row[4])
      let cost = try row.amount("cost")
      // The last days of a month may stand in two periods' versions.
      series[key, default: [:]][day] = try (series[key]?[day] ?? .zero) + cost
    }
    return series.sorted { $0.key < $1.key }.map { DailySeries(key: $0.key, days: $0.value) }
  }
}
