import BillingModel
import GRDB

/// What was published: every version's number and hash, and of the newest how it listed findings.
enum PublicationTable {
  static func insert(_ publication: Publication, run: Int64, _ database: Database) throws {
    let period = publication.billingPeriod?.description ?? ""
    try database.insert(
      into: "publication",
      [
        "period": period, "version": publication.version,
        "documents_sha256": publication.documentsHash.string, "run": run,
      ])
    try database.execute(sql: "DELETE FROM reported WHERE period = ?", arguments: [period])
    for (finding, status) in publication.reported {
      try database.insert(
        into: "reported",
        ["period": period, "finding": finding.string, "status": status.rawValue])
    }
  }

  /// The newest of each period, in the order of the periods; what has no period first.
  ///
  /// - Parameter listing: with how it lists each finding.
  static func newest(_ database: Database, listing: Bool) throws -> [Publication] {
    let newest = """
      SELECT * FROM publication p
      WHERE version = (SELECT max(version) FROM publication WHERE period = p.period)
      ORDER BY period
      """
    return try Row.fetchAll(database, sql: newest).map { row in
      let period: String = try row.value("period")
      return Publication(
        billingPeriod: period.isEmpty ? nil : try row.period("period"),
        version: try row.value("version"), documentsHash: try row.ownText("documents_sha256"),
        reported: listing ? try reported(in: period, database) : [:])
    }
  }

  /// The hash of every version that was ever published, by period and number; no period is empty.
  static func hashes(_ database: Database) throws -> [Text: [Int: Text]] {
    var hashes: [Text: [Int: Text]] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT * FROM publication") {
      hashes[try row.ownText("period"), default: [:]][try row.value("version")] =
        try row.ownText("documents_sha256")
    }
    return hashes
  }

  static func reported(
    in period: String, _ database: Database
  ) throws -> [Text: FindingStatus] {
    var reported: [Text: FindingStatus] = [:]
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM reported WHERE period = ?", arguments: [period])
    while let row = try rows.next() {
      reported[try row.ownText("finding")] = try row.word("status")
    }
    return reported
  }
}
