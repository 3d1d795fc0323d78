package import BillingModel
import GRDB

/// What a run reads.
extension Ledger {
  /// Sorted by content, then name.
  package func inputs() throws(LedgerFault) -> [KnownInput] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM input ORDER BY sha256, name").map { row in
        KnownInput(
          sha256: try row.ownText("sha256"), name: try row.text("name"),
          kind: try row.text("kind"), outcome: try row.text("outcome"),
          reason: try row.text("reason"), archivedPath: try row.text("archived"),
          receivedDay: try row.day("received"), run: try row.value("run"))
      }
    }
  }

  /// Sorted by path.
  package func mirrored() throws(LedgerFault) -> [MirroredFile] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM mirrored ORDER BY path").map { row in
        MirroredFile(
          path: try row.bytes("path"), size: try row.value("size"),
          modified: try row.value("modified"),
          inode: UInt64(bitPattern: try row.value("inode") as Int64),
          sha256: try row.ownText("sha256"))
      }
    }
  }

  /// Every version, oldest record first; those that are superseded too.
  package func bookings() throws(LedgerFault) -> [BookingHeader] {
    try read { try BookingTable.headers($0) }
  }

  /// A version with its contents; not for one that is superseded.
  package func booking(_ id: Int) throws(LedgerFault) -> Booking {
    try lookOver()
    return try read { try BookingTable.booking(id, $0) }
  }

  /// What the screens of some rules found in a version; nothing of one that is superseded.
  package func suspects(
    of id: Int, rules: Set<RuleID>
  ) throws(LedgerFault) -> [SuspectGroup] {
    try read { try BookingTable.suspects(of: id, rules: rules, $0) }
  }

  /// The screens that a version was read with.
  package func screens(of id: Int) throws(LedgerFault) -> [CarriedScreen] {
    try read { try BookingTable.screens(of: id, $0) }
  }

  /// What to know of a version without loading it; not for one that is superseded.
  package func outline(_ id: Int) throws(LedgerFault) -> BookingOutline {
    try lookOver()
    return try read { try OutlineTable.outline(of: id, $0) }
  }

  /// The usage of a version before a day, charge by charge.
  package func usage(_ id: Int, before day: Day) throws(LedgerFault) -> [UsageCost] {
    try lookOver()
    return try read { database in
      var texts = TextTable(database)
      return try ChargeTable.usage(of: id, before: day, &texts, database)
    }
  }

  /// The daily series of a version; empty where an older program booked it.
  package func usageSeries(_ id: Int) throws(LedgerFault) -> [UsageSummary] {
    try lookOver()
    return try read { try UsageTable.usage(of: id, $0) }
  }

  /// Which periods need not be judged again, in their order.
  package func judged() throws(LedgerFault) -> [JudgedPeriod] {
    try read { try JudgedTable.judged($0) }
  }

  /// That no period needs to be judged again, if so.
  package func judgedAsAWhole() throws(LedgerFault) -> JudgedPeriod? {
    try read { try JudgedTable.whole($0) }
  }

  /// The number for the next delivery.
  package func nextDelivery() throws(LedgerFault) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT ifnull(max(delivery), 0) + 1 FROM booking") ?? 1 }
  }

  /// All documents, sorted by content and place in their file.
  package func invoices() throws(LedgerFault) -> [StoredInvoice] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM invoice ORDER BY sha256, position").map {
        StoredInvoice(
          invoice: try StoredJSON.value(Invoice.self, $0.value("document")),
          receivedDay: try $0.day("received"))
      }
    }
  }

  /// The files that documents were read from.
  package func invoiceFiles() throws(LedgerFault) -> Set<Text> {
    try read { database in
      Set(
        try String.fetchAll(database, sql: "SELECT DISTINCT sha256 FROM invoice").map { Text($0) })
    }
  }

  /// Sorted by FindingId.
  package func findings() throws(LedgerFault) -> [FindingRecord] {
    try read { try FindingTable.findings($0) }
  }

  /// Those of one period, sorted by FindingId.
  package func findings(of period: BillingPeriod) throws(LedgerFault) -> [FindingRecord] {
    try read { try FindingTable.findings($0, of: period) }
  }

  /// Those of these names that are known, sorted by FindingId.
  package func findings(named ids: Set<Text>) throws(LedgerFault) -> [FindingRecord] {
    try read { try FindingTable.findings($0, named: ids) }
  }

  /// What reviewers decided, oldest first.
  ///
  /// - Parameter run: Only what was decided up to this run.
  package func decisions(through run: Int? = nil) throws(LedgerFault) -> [ReviewDecision] {
    try read { try ReviewTable.decisions($0, through: run) }
  }

  /// What was not taken of reviews, oldest first.
  package func reviewRefusals(through run: Int? = nil) throws(LedgerFault) -> [ReviewRefusal] {
    try read { try ReviewTable.refusals($0, through: run) }
  }

  /// What was not taken of reviews and nothing settled since, oldest first, with its day.
  package func openReviewRefusals() throws(LedgerFault) -> [ReviewRefusal] {
    try read { try ReviewTable.openRefusals($0) }
  }

  /// In which other ways a finding was shown before, oldest first.
  package func pastFaces(of findingID: Text) throws(LedgerFault) -> [PastFace] {
    try read { try ReviewTable.pastFaces($0, of: findingID) }
  }

  /// What is claimed back, as it stood when its period was judged last, sorted by period and finding.
  package func disputes() throws(LedgerFault) -> [Dispute] {
    try read { try DisputeTable.disputes($0) }
  }

  /// The credit, refund and adjustment sums of a version; not for one that is superseded.
  package func creditCharges(_ id: Int) throws(LedgerFault) -> [ChargeSummary] {
    try read { database in
      var texts = TextTable(database)
      return try ChargeTable.charges(
        of: id, types: ["Credit", "Refund", "Adjustment"], &texts, database)
    }
  }

  /// The newest publication of each period.
  ///
  /// - Parameter listing: with how it lists each finding.
  package func publications(listing: Bool = true) throws(LedgerFault) -> [Publication] {
    try read { try PublicationTable.newest($0, listing: listing) }
  }

  /// The hash of the documents of every version, by period (empty for what has none) and number.
  package func publishedHashes() throws(LedgerFault) -> [Text: [Int: Text]] {
    try read { try PublicationTable.hashes($0) }
  }

  /// How the newest publication of a period lists each finding.
  package func reported(in period: BillingPeriod) throws(LedgerFault) -> [Text: FindingStatus] {
    try read { try PublicationTable.reported(in: period.description, $0) }
  }

  /// Oldest first.
  package func signOffs() throws(LedgerFault) -> [SignOffRecord] {
    try read { try SignOffTable.signOffs($0) }
  }

  /// What the period of a sign-off held when it was signed.
  package func signedState(_ id: Int) throws(LedgerFault) -> PeriodState {
    try lookOver()
    return try read { try SignOffTable.state(of: id, $0) }
  }

  /// What was not settled when its period was judged last, sorted by period and match.
  package func openItems() throws(LedgerFault) -> [OpenItem] {
    try read { try OpenItemTable.items($0) }
  }

  /// Moves of recorded nights that nobody has confirmed: done or not, a crash came between.
  package func unfinishedMoves() throws(LedgerFault) -> [PendingMove] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM move ORDER BY id").map { row in
        PendingMove(
          id: try row.value("id"), from: try row.bytes("source"), to: try row.bytes("target"))
      }
    }
  }

  /// The newest runs first.
  package func runs(limit: Int) throws(LedgerFault) -> [RunRecord] {
    try read { database in
      let sql = "SELECT * FROM run ORDER BY id DESC LIMIT ?"
      return try Row.fetchAll(database, sql: sql, arguments: [limit]).map { row in
        RunRecord(
          id: try row.value("id"), started: Moment(seconds: try row.value("started")),
          asOf: try row.day("as_of"),
          definition: try row.text("definition"), outcome: try row.text("outcome"),
          exitCode: try row.value("exit_code"),
          accepted: try StoredJSON.value([Text].self, row.value("accepted")),
          readsHistory: try row.value("history") == 1)
      }
    }
  }
}
