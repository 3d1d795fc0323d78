import BillingModel
import GRDB

/// What is claimed back, by the period of its finding.
enum DisputeTable {
  static func replace(_ disputes: [BillingPeriod: [Dispute]], _ database: Database) throws {
    for (period, disputes) in disputes {
      try database.execute(
        sql: "DELETE FROM dispute WHERE period = ?", arguments: [period.description])
      for dispute in disputes {
        try database.insert(
          into: "dispute",
          [
            "period": period.description, "finding": dispute.findingID.string,
            "dispute": try StoredJSON.text(dispute),
          ])
      }
    }
  }

  static func disputes(_ database: Database) throws -> [Dispute] {
    try String.fetchAll(database, sql: "SELECT dispute FROM dispute ORDER BY period, finding")
      .map { try StoredJSON.value(Dispute.self, $0) }
  }
}
