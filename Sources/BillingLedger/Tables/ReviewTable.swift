import BillingModel
import ExactNumbers
import GRDB

/// What reviewers decided, what was refused of their files, and how findings were shown to them before.
///
/// Decisions and refusals are a log: rows are added and never changed, and a rebuild keeps them.
enum ReviewTable {
  /// The step of ``Schema`` that makes these tables.
  static let schema =
    """
    CREATE TABLE review_decision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      finding TEXT NOT NULL,
      key TEXT NOT NULL,                 -- JSON
      kind TEXT NOT NULL,
      status TEXT NOT NULL,
      reviewer BLOB NOT NULL,
      until TEXT,
      note BLOB NOT NULL,
      owner BLOB,
      amount TEXT NOT NULL,              -- at stake when it was decided
      claim TEXT NOT NULL,
      decided_on TEXT NOT NULL,          -- the as-of day of the night that took it
      sha256 TEXT NOT NULL,              -- of the file that said so
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    CREATE TABLE review_refusal (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      file BLOB NOT NULL,
      sha256 TEXT NOT NULL,
      record INTEGER NOT NULL,
      line INTEGER NOT NULL,
      column_name TEXT NOT NULL,
      code TEXT NOT NULL,
      message BLOB NOT NULL,
      raw BLOB NOT NULL,
      finding TEXT NOT NULL,
      period TEXT,
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    CREATE TABLE past_face (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      finding TEXT NOT NULL,
      cells TEXT NOT NULL,               -- JSON
      explanations TEXT NOT NULL,        -- JSON: a hash for each language
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    CREATE INDEX past_face_finding ON past_face (finding);

    CREATE TABLE dispute (
      period TEXT NOT NULL,
      finding TEXT NOT NULL,
      dispute TEXT NOT NULL,             -- JSON
      PRIMARY KEY (period, finding)
    ) STRICT, WITHOUT ROWID;

    """ + Schema.forgetting("review_decision") + Schema.forgetting("review_refusal")

  static func insert(_ records: ReviewRecords, run: Int64, _ database: Database) throws {
    for decision in records.decisions { try insert(decision, run: run, database) }
    for refusal in records.refusals { try insert(refusal, run: run, database) }
    for face in records.pastFaces {
      try database.insert(
        into: "past_face",
        [
          "finding": face.findingID.string, "cells": try StoredJSON.text(face.cells),
          "explanations": try StoredJSON.text(face.explanations), "run": run,
        ])
    }
  }

  private static func insert(
    _ decision: ReviewDecision, run: Int64, _ database: Database
  ) throws {
    try database.insert(
      into: "review_decision",
      [
        "finding": decision.findingID.string, "key": try StoredJSON.text(decision.key),
        "kind": decision.kind.rawValue, "status": decision.status.rawValue,
        "reviewer": decision.reviewer.blob, "until": decision.until?.description,
        "note": decision.note.blob, "owner": decision.owner?.blob,
        "amount": decision.amount.description, "claim": decision.claim.description,
        "decided_on": decision.on.description,
        "sha256": decision.sha256.string, "run": run,
      ])
  }

  private static func insert(
    _ refusal: ReviewRefusal, run: Int64, _ database: Database
  ) throws {
    try database.insert(
      into: "review_refusal",
      [
        "file": refusal.file.blob, "sha256": refusal.sha256.string, "record": refusal.record,
        "line": refusal.line, "column_name": refusal.column.string, "code": refusal.code.string,
        "message": refusal.message.blob, "raw": refusal.raw.blob,
        "finding": refusal.findingID.string, "period": refusal.billingPeriod?.description,
        "run": run,
      ])
  }

  static func decisions(_ database: Database, through run: Int?) throws -> [ReviewDecision] {
    let sql = "SELECT * FROM review_decision WHERE run <= ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [run ?? Int.max]).map { row in
      var decision = ReviewDecision(
        findingID: try row.ownText("finding"),
        key: try StoredJSON.value(FindingKey.self, row.value("key")), kind: try row.word("kind"),
        status: try row.word("status"), amount: try row.amount("amount"),
        on: try row.day("decided_on"), sha256: try row.ownText("sha256"))
      decision.claim = try row.amount("claim")
      decision.reviewer = try row.text("reviewer")
      if !row.isAbsent("until") { decision.until = try row.day("until") }
      decision.note = try row.text("note")
      if !row.isAbsent("owner") { decision.owner = try row.text("owner") }
      return decision
    }
  }

  static func refusals(_ database: Database, through run: Int?) throws -> [ReviewRefusal] {
    let sql = "SELECT * FROM review_refusal WHERE run <= ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [run ?? Int.max]).map(refusal)
  }

  /// Those that nothing settled since: no later decision about the finding, no later word about the same
  /// cell, and the finding is still there. One that names no finding is settled by the next review.
  static func openRefusals(_ database: Database) throws -> [ReviewRefusal] {
    let sql = """
      SELECT refused.*, run.as_of AS refused_on
      FROM review_refusal AS refused JOIN run ON run.id = refused.run
      WHERE NOT EXISTS (
          SELECT 1 FROM review_decision AS later
          WHERE later.run > refused.run AND refused.finding IN (later.finding, ''))
        AND NOT EXISTS (
          SELECT 1 FROM review_refusal AS later
          WHERE later.run > refused.run
            AND (refused.finding = '' OR (later.finding = refused.finding
              AND later.column_name = refused.column_name)))
        AND NOT EXISTS (
          SELECT 1 FROM finding WHERE finding.id = refused.finding AND finding.status = 'resolved')
      ORDER BY refused.id
      """
    return try Row.fetchAll(database, sql: sql).map { row in
      var refusal = try refusal(row)
      refusal.on = try row.day("refused_on")
      return refusal
    }
  }

  private static func refusal(_ row: Row) throws -> ReviewRefusal {
    var refusal = ReviewRefusal(
      file: try row.text("file"), sha256: try row.ownText("sha256"),
      record: try row.value("record"), line: try row.value("line"),
      code: try row.ownText("code"), message: try row.text("message"))
    refusal.column = try row.ownText("column_name")
    refusal.raw = try row.text("raw")
    refusal.findingID = try row.ownText("finding")
    if !row.isAbsent("period") { refusal.billingPeriod = try row.period("period") }
    return refusal
  }

  static func pastFaces(_ database: Database, of findingID: Text) throws -> [PastFace] {
    let sql = "SELECT * FROM past_face WHERE finding = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [findingID.string]).map { row in
      PastFace(
        findingID: try row.ownText("finding"),
        cells: try StoredJSON.value(ReviewCells.self, row.value("cells")),
        explanations: try StoredJSON.value([Text].self, row.value("explanations")))
    }
  }
}
