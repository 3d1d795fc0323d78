import BillingModel
import ExactNumbers
import GRDB

/// Findings and what was decided about them.
enum FindingTable {
  /// Of the step of ``Schema`` since which findings have words in each language.
  static let languages =
    """
    ALTER TABLE finding ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

    UPDATE finding SET reported = json_set(
      reported,
      '$.finding.explanation', json_object(
        'english', reported -> '$.finding.explanation',
        'chinese', reported -> '$.finding.explanation'),
      '$.finding.recommendation', json_object(
        'english', reported -> '$.finding.recommendation',
        'chinese', reported -> '$.finding.recommendation'))
    WHERE reported IS NOT NULL;
    """

  static func insert(_ record: FindingRecord, run: Int64, _ database: Database) throws {
    let key = record.key
    try database.insert(
      into: "finding",
      [
        "id": record.id.string, "rule": key.rule.text.blob, "payer": key.billingAccountID.blob,
        "period": key.billingPeriod.description, "currency": key.currency.text.blob,
        "account": key.subAccountID.blob, "service": key.serviceName.blob,
        "usage_type": key.usageType.blob, "operation": key.operation.blob,
        "resource": key.resourceID.blob, "invoice": key.invoiceID.blob, "detail": key.detail.blob,
        "first_seen": record.firstSeen.description, "last_seen": record.lastSeen.description,
        "status": record.status.rawValue, "amount_at_stake": record.amountAtStake.description,
        "reviewer": record.reviewer.blob, "review_until": record.reviewUntil?.description,
        "review_note": record.reviewNote.blob,
        "decided_amount": record.decidedAmount?.description,
        "reported": try record.lastReported.map { try StoredJSON.text($0) },
        "language": record.language.rawValue, "run": run,
      ], replacing: ["id"])
  }

  static func findings(
    _ database: Database, of period: BillingPeriod? = nil
  ) throws -> [FindingRecord] {
    let sql = "SELECT * FROM finding \(period == nil ? "" : "WHERE period = ?") ORDER BY id"
    let arguments = StatementArguments(period.map { [$0.description] } ?? [])
    return try Row.fetchAll(database, sql: sql, arguments: arguments).map(record)
  }

  static func findings(_ database: Database, named ids: Set<Text>) throws -> [FindingRecord] {
    let statement = try database.cachedStatement(sql: "SELECT * FROM finding WHERE id = ?")
    return try ids.sorted().compactMap { id in
      try Row.fetchOne(statement, arguments: [id.string]).map(record)
    }
  }

  private static func record(_ row: Row) throws -> FindingRecord {
    var record = FindingRecord(
      id: try row.ownText("id"), key: try key(row), firstSeen: try row.day("first_seen"),
      lastSeen: try row.day("last_seen"), status: try row.word("status"),
      amountAtStake: try row.amount("amount_at_stake"))
    record.reviewer = try row.text("reviewer")
    record.reviewNote = try row.text("review_note")
    if !row.isAbsent("review_until") { record.reviewUntil = try row.day("review_until") }
    if !row.isAbsent("decided_amount") { record.decidedAmount = try row.amount("decided_amount") }
    record.lastReported = try lastReported(row)
    record.language = try row.word("language")
    return record
  }

  /// Written by an older program, the row may lack what this one asks for; a decision must not become
  /// unreadable for that. It is reported anew then.
  private static func lastReported(_ row: Row) throws -> ReportedFinding? {
    if row.isAbsent("reported") { return nil }
    return try? StoredJSON.value(ReportedFinding.self, row.value("reported"))
  }

  private static func key(_ row: Row) throws -> FindingKey {
    var key = FindingKey(
      rule: RuleID(try row.text("rule")), billingAccountID: try row.text("payer"),
      billingPeriod: try row.period("period"), currency: CurrencyCode(try row.text("currency")))
    key.subAccountID = try row.text("account")
    key.serviceName = try row.text("service")
    key.usageType = try row.text("usage_type")
    key.operation = try row.text("operation")
    key.resourceID = try row.text("resource")
    key.invoiceID = try row.text("invoice")
    key.detail = try row.text("detail")
    return key
  }
}
