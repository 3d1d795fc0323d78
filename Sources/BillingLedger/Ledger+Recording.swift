import BillingModel
import Foundation
import GRDB

/// What a run writes.
extension Ledger {
  /// Records a night, whole or not at all.
  package func record(_ night: Night) throws(LedgerFault) {
    if night.judging != nil { try lookOver() }
    try write { database in
      let run = try night.run.id > 0 ? Int64(night.run.id) : Self.insert(night.run, database)
      for input in night.inputs { try Self.insert(input, run: run, database) }
      for file in night.mirrored { try Self.insert(file, database) }
      // What gives up its place goes first: a payer's period is booked once at any moment.
      for change in night.roleChanges where change.role != .booked {
        try BookingTable.apply(change, database)
      }
      for change in night.roleChanges where change.role == .booked {
        try BookingTable.apply(change, database)
      }
      for new in night.bookings { try BookingTable.insert(new, run: run, database) }
      for stored in night.invoices { try Self.insert(stored, run: run, database) }
      for record in night.findings { try FindingTable.insert(record, run: run, database) }
      for publication in night.publications {
        try PublicationTable.insert(publication, run: run, database)
      }
      for new in night.signOffs { try SignOffTable.insert(new, run: run, database) }
      try OpenItemTable.replace(night.openItems, database)
      try ReviewTable.insert(night.reviews, run: run, database)
      try DisputeTable.replace(night.disputes, database)
      for move in night.moves { try Self.insert(move, run: run, database) }
      if let judging = night.judging {
        try OutlineTable.fillGaps(database)
        try JudgedTable.record(judging, run: run, database)
      }
    }
  }

  /// Forgets moves that are done. A number that is not there was confirmed before.
  package func confirmMoves(_ ids: [Int]) throws(LedgerFault) {
    try write { database in
      for id in ids {
        try database.execute(sql: "DELETE FROM move WHERE id = ?", arguments: [id])
      }
    }
  }

  /// Empties all that can be made again from the archive: versions and their sums, documents,
  /// publications, sign-offs (whose files are inputs of their runs), and findings. Runs, inputs,
  /// unconfirmed moves and what reviewers decided stay.
  package func removeDerived() throws(LedgerFault) {
    try write { database in
      for table in [
        "judged", "outline", "charge", "allocation", "price", "usage_series", "booking_file",
        "booking", "tag_set", "text",
        "invoice",
        "reported", "publication", "signed_sum", "sign_off", "open_item",
        "finding", "past_face", "dispute",
      ] {
        try database.execute(sql: "DELETE FROM \(table)")
      }
    }
  }

  private static func insert(_ run: RunRecord, _ database: Database) throws -> Int64 {
    try database.insert(
      into: "run",
      [
        "started": run.started.seconds, "as_of": run.asOf.description,
        "definition": run.definition.blob, "outcome": run.outcome.blob, "exit_code": run.exitCode,
        "accepted": try StoredJSON.text(run.accepted), "history": run.readsHistory ? 1 : 0,
      ])
    return database.lastInsertedRowID
  }

  private static func insert(_ input: KnownInput, run: Int64, _ database: Database) throws {
    try database.insert(
      into: "input",
      [
        "sha256": input.sha256.string, "name": input.name.blob, "kind": input.kind.blob,
        "outcome": input.outcome.blob, "reason": input.reason.blob,
        "archived": input.archivedPath.blob, "received": input.receivedDay.description, "run": run,
      ], replacing: ["sha256", "name"], keeping: ["received", "run"])
  }

  private static func insert(_ file: MirroredFile, _ database: Database) throws {
    try database.insert(
      into: "mirrored",
      [
        "path": Data(file.path), "size": file.size, "modified": file.modified,
        "inode": Int64(bitPattern: file.inode), "sha256": file.sha256.string,
      ], replacing: ["path"])
  }

  private static func insert(_ stored: StoredInvoice, run: Int64, _ database: Database) throws {
    let known = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM invoice WHERE sha256 = ? AND position = ?)",
      arguments: [stored.invoice.sha256.string, stored.invoice.index])
    if known == true { return }
    try database.insert(
      into: "invoice",
      [
        "sha256": stored.invoice.sha256.string, "position": stored.invoice.index,
        "received": stored.receivedDay.description,
        "document": try StoredJSON.text(stored.invoice), "run": run,
      ])
  }

  private static func insert(_ move: PendingMove, run: Int64, _ database: Database) throws {
    try database.insert(
      into: "move", ["source": Data(move.from), "target": Data(move.to), "run": run])
  }
}
