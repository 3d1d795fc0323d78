import BillingModel
import ExactNumbers
import GRDB

/// Who closed which period, and what it held then.
enum SignOffTable {
  static func insert(_ new: NewSignOff, run: Int64, _ database: Database) throws {
    let signOff = new.signOff
    try database.insert(
      into: "sign_off",
      [
        "period": signOff.billingPeriod.description, "signed_on": signOff.on.description,
        "signed_by": signOff.by.blob, "note": signOff.note.blob, "sha256": signOff.sha256.string,
        "version": signOff.version, "documents_sha256": signOff.documentsHash.string,
        "matches": try StoredJSON.text(new.state.matches), "run": run,
      ])
    var sums = SignedSums(of: Int(database.lastInsertedRowID), database)
    for (key, sum) in new.state.charges { try sums.insert(sum, key, tags: nil) }
    for (key, byTags) in new.state.allocations {
      for (tags, sum) in byTags { try sums.insert(sum, key, tags: tags) }
    }
  }

  static func signOffs(_ database: Database) throws -> [SignOffRecord] {
    let sql = """
      SELECT id, period, signed_on, signed_by, note, sha256, version, documents_sha256, run
      FROM sign_off ORDER BY id
      """
    return try Row.fetchAll(database, sql: sql).map { row in
      var signOff = SignOff(
        billingPeriod: try row.period("period"), on: try row.day("signed_on"),
        by: try row.text("signed_by"), note: try row.text("note"),
        sha256: try row.ownText("sha256"), version: try row.value("version"))
      signOff.documentsHash = try row.ownText("documents_sha256")
      return SignOffRecord(id: try row.value("id"), signOff: signOff, run: try row.value("run"))
    }
  }

  static func state(of id: Int, _ database: Database) throws -> PeriodState {
    var state = PeriodState()
    let matches = try String.fetchOne(
      database, sql: "SELECT matches FROM sign_off WHERE id = ?", arguments: [id])
    state.matches = try StoredJSON.value([StateMatch].self, matches ?? "[]")
    try SignedSums(of: id, database).read(into: &state)
    return state
  }
}

/// The sums of one sign-off.
private struct SignedSums {
  private let id: Int
  private let database: Database
  private var texts: TextTable
  private var position = 0

  init(of id: Int, _ database: Database) {
    self.id = id
    self.database = database
    texts = TextTable(database)
  }

  mutating func insert(_ sum: StateSum, _ key: RestatementKey, tags: TagSet?) throws {
    var values: [(any DatabaseValueConvertible)?] = [id, position]
    for text in [
      key.billingAccountID, key.currency.text, key.invoiceID, key.subAccountID, key.serviceName,
      key.chargeType.text,
    ] {
      values.append(try texts.id(of: text))
    }
    if let tags { values.append(try texts.id(of: tags)) } else { values.append(nil) }
    values += [sum.billedCost.description, sum.lineItems]
    try database.cachedStatement(sql: "INSERT INTO signed_sum VALUES (\(places(11)))")
      .execute(arguments: StatementArguments(values))
    position += 1
  }

  consuming func read(into state: inout PeriodState) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM signed_sum WHERE sign_off = ? ORDER BY position",
      arguments: [id])
    while let row = try rows.next() {
      let key = RestatementKey(
        billingAccountID: try texts.text(row[2]), currency: CurrencyCode(try texts.text(row[3])),
        invoiceID: try texts.text(row[4]), subAccountID: try texts.text(row[5]),
        serviceName: try texts.text(row[6]), chargeType: ChargeType(try texts.text(row[7])))
      let sum = StateSum(
        billedCost: try CostColumns.amount(row[9]), lineItems: row[10])
      if let tags = row[8] as Int? {
        state.allocations[key, default: [:]][try texts.tagSet(tags)] = sum
      } else {
        state.charges[key] = sum
      }
    }
  }
}

/// What is not settled, by the period in which it came up.
enum OpenItemTable {
  static func replace(_ items: [BillingPeriod: [OpenItem]], _ database: Database) throws {
    for (period, items) in items {
      try database.execute(
        sql: "DELETE FROM open_item WHERE period = ?", arguments: [period.description])
      for item in items {
        try database.insert(
          into: "open_item",
          [
            "period": period.description, "match_id": item.matchID.blob,
            "item": try StoredJSON.text(item),
          ])
      }
    }
  }

  static func items(_ database: Database) throws -> [OpenItem] {
    try String.fetchAll(database, sql: "SELECT item FROM open_item ORDER BY period, match_id")
      .map { try StoredJSON.value(OpenItem.self, $0) }
  }
}
