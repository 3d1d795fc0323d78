import BillingModel
import ExactNumbers
import GRDB

/// The last columns of `charge` and `allocation`: `unblended, net_unblended, net_rows, line_items,
/// billed`.
struct CostColumns {
  var sums: CostSums
  var billedCost: Amount

  var values: [any DatabaseValueConvertible] {
    [
      sums.unblended.description, sums.netUnblended.description, sums.netRows, sums.lineItems,
      billedCost.description,
    ]
  }

  init(_ sums: CostSums, _ billedCost: Amount) {
    self.sums = sums
    self.billedCost = billedCost
  }

  /// Reads them from a row in which they begin at `index`.
  init(_ row: Row, from index: Int) throws {
    sums = CostSums(
      unblended: try Self.amount(row[index]), netUnblended: try Self.amount(row[index + 1]),
      netRows: row[index + 2], lineItems: row[index + 3])
    billedCost = try Self.amount(row[index + 4])
  }

  static func amount(_ spelling: String) throws -> Amount {
    do {
      return try Amount(parsing: spelling)
    } catch {
      throw UnreadableValue(column: "amount")
    }
  }
}

/// A billing period as an integer that people can read: 202605.
enum PeriodNumber {
  static func of(_ period: BillingPeriod) -> Int { period.year * 100 + period.month }

  static func period(_ number: Int) throws -> BillingPeriod {
    guard let period = BillingPeriod(year: number / 100, month: number % 100) else {
      throw UnreadableValue(column: "period")
    }
    return period
  }
}
