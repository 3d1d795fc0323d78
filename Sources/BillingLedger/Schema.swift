import GRDB

/// The tables of the ledger, and how an older file becomes a newer one.
///
/// Texts that others delivered (names, tags, paths, notes) are stored as their UTF-8 bytes (BLOB): they
/// may hold a NUL, which ends an SQLite text. TEXT columns hold the ledger's own words: hashes, days,
/// periods, and amounts in their canonical spelling, which SQL never adds up.
enum Schema {
  /// "CFOL": tells a ledger from any other SQLite database.
  static let applicationID = 0x4346_4F4C

  /// Each step brings `user_version` from its index to the next. A step that was released is never
  /// changed again.
  static let steps: [String] = [first, second, third, fourth, fifth, sixth]

  static var version: Int { steps.count }

  /// Refuses what is not a ledger of this program, before anything is written.
  static func check(_ database: Database, at path: String) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let objects = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    if objects == 0, application == 0, found == 0 { return }
    guard application == applicationID else { throw LedgerFault.foreign(path) }
    guard found <= version else { throw LedgerFault.newer(path, found: found, known: version) }
  }

  /// Runs the missing steps; the caller's transaction makes them one.
  static func migrate(_ database: Database) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found < version else { return }
    for step in steps[found...] { try database.execute(sql: step) }
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  private static let first = runs + bookings + documents

  /// What makes a quiet night cheap. Whatever changes what a record of `judged` was made from removes it,
  /// whoever writes: the record of the night that judged comes last in its transaction.
  private static let second =
    """
    CREATE TABLE judged (
      period TEXT PRIMARY KEY NOT NULL,  -- empty for the whole ledger
      basis TEXT NOT NULL,               -- the hash of all that it was judged from
      first_day TEXT,                    -- of the days of the run on which it holds
      end_day TEXT,                      -- the first day on which it may not
      open_findings INTEGER NOT NULL,
      dearest TEXT NOT NULL,             -- JSON
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    CREATE TABLE outline (
      booking INTEGER PRIMARY KEY NOT NULL REFERENCES booking ON DELETE CASCADE,
      outline TEXT NOT NULL              -- JSON
    ) STRICT;

    CREATE INDEX finding_period ON finding (period);

    """ + forgetting("booking") + forgetting("invoice") + forgetting("input")
    + forgetting("finding", period: true) + forgetting("publication", period: true)

  /// What a document tells since it is asked for more; the words by which people close periods,
  /// what a period held when it was closed, and what is not settled. Outlines are made again, since
  /// they hold sums.
  private static let third =
    """
    UPDATE invoice SET document = json_insert(
      document, '$.transportID', '', '$.paymentAccounts', json('[]'));

    DELETE FROM outline;
    DELETE FROM judged;

    CREATE TABLE sign_off (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      period TEXT NOT NULL,
      signed_on TEXT NOT NULL,           -- the as-of day of the night that took it
      signed_by BLOB NOT NULL,
      note BLOB NOT NULL,
      sha256 TEXT NOT NULL,              -- of the file that said so
      version INTEGER NOT NULL,          -- of the period's publication
      documents_sha256 TEXT NOT NULL,
      matches TEXT NOT NULL,             -- JSON
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    -- What was charged under each key; with tags, how much of it carries them.
    CREATE TABLE signed_sum (
      sign_off INTEGER NOT NULL REFERENCES sign_off ON DELETE CASCADE,
      position INTEGER NOT NULL,
      payer INTEGER NOT NULL, currency INTEGER NOT NULL, invoice INTEGER NOT NULL,
      account INTEGER NOT NULL, service INTEGER NOT NULL, charge_type INTEGER NOT NULL,
      tags INTEGER,
      billed TEXT NOT NULL,
      line_items INTEGER NOT NULL,
      PRIMARY KEY (sign_off, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE open_item (
      period TEXT NOT NULL,
      match_id BLOB NOT NULL,
      item TEXT NOT NULL,                -- JSON
      PRIMARY KEY (period, match_id)
    ) STRICT, WITHOUT ROWID;

    """ + forgetting("sign_off", period: true)

  /// Daily series by region and usage type. Months that were booked before have none, and are judged by the
  /// sums of their charges; all are judged anew, since anomalies are told in another way.
  ///
  /// Beside it sums by price, reviews, and words in more than one language: what is reported already has
  /// its English ones until it is reported anew.
  private static let fourth =
    [
      PriceTable.schema, ReviewTable.schema, UsageTable.schema, FindingTable.languages,
      "DELETE FROM judged;",
    ]
    .joined(separator: "\n")

  /// The days of sums by tags; of months that were booked before they are not known.
  private static let fifth = AllocationTable.days + "DELETE FROM judged;"

  /// The screens that each version was read with; of those before, what the program carried that made them.
  private static let sixth = EarlierScreens.filling + "DELETE FROM judged;"

  /// Triggers by which a changed row takes the record of the whole ledger away, and that of its period.
  static func forgetting(_ table: String, period: Bool = false) -> String {
    [("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])].map { event, rows in
      let periods = ["''"] + (period ? rows.map { "\($0).period" } : [])
      // What has no period is written anew every night and judged from nothing.
      let condition = table == "publication" ? "WHEN \(rows[0]).period <> ''" : ""
      return """
        CREATE TRIGGER \(table)_\(event.lowercased()) AFTER \(event) ON \(table) \(condition) BEGIN
          DELETE FROM judged WHERE period IN (\(periods.joined(separator: ", ")));
        END;

        """
    }.joined()
  }

  private static let runs = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      started INTEGER NOT NULL,      -- seconds since 1970, UTC
      as_of TEXT NOT NULL,
      definition BLOB NOT NULL,
      outcome BLOB NOT NULL,
      exit_code INTEGER NOT NULL,
      accepted TEXT NOT NULL,        -- JSON: ids of deliveries that a person accepted
      history INTEGER NOT NULL       -- 1: every version of a month was read
    ) STRICT;

    CREATE TABLE input (
      sha256 TEXT NOT NULL,
      name BLOB NOT NULL,
      kind BLOB NOT NULL,
      outcome BLOB NOT NULL,
      reason BLOB NOT NULL,
      archived BLOB NOT NULL,
      received TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      PRIMARY KEY (sha256, name)
    ) STRICT;

    CREATE TABLE mirrored (
      path BLOB PRIMARY KEY NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,     -- nanoseconds since 1970, UTC
      inode INTEGER NOT NULL,        -- the bits of an unsigned number
      sha256 TEXT NOT NULL
    ) STRICT;

    -- Moves that a recorded night decided and that are not yet confirmed.
    CREATE TABLE move (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source BLOB NOT NULL,
      target BLOB NOT NULL,
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;


    """

  private static let bookings = """
    CREATE TABLE booking (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      role TEXT NOT NULL CHECK (role IN ('booked', 'shadow', 'replaced', 'superseded')),
      delivery INTEGER NOT NULL,
      payer BLOB NOT NULL,
      period TEXT NOT NULL,
      export_name BLOB NOT NULL,
      format TEXT NOT NULL,
      version BLOB NOT NULL,
      version_day TEXT NOT NULL,
      details TEXT,                  -- JSON: tallies, suspects, rejects; absent once superseded
      run INTEGER NOT NULL REFERENCES run,
      CHECK ((details IS NULL) = (role = 'superseded'))
    ) STRICT;

    -- A charge is booked once for each payer and period.
    CREATE UNIQUE INDEX booked_once ON booking (payer, period) WHERE role = 'booked';

    CREATE TABLE booking_file (
      booking INTEGER NOT NULL REFERENCES booking ON DELETE CASCADE,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (booking, sha256)
    ) STRICT, WITHOUT ROWID;

    -- The texts of charges, each once. Columns that name one do not declare it a foreign key: a dozen
    -- look-ups for each row would cost more than the rows.
    CREATE TABLE text (
      id INTEGER PRIMARY KEY,
      bytes BLOB NOT NULL UNIQUE
    ) STRICT;

    -- A set of tags as the text ids of key, value, key, value …
    CREATE TABLE tag_set (
      id INTEGER PRIMARY KEY,
      texts TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE charge (
      booking INTEGER NOT NULL REFERENCES booking ON DELETE CASCADE,
      position INTEGER NOT NULL,
      payer INTEGER NOT NULL, period INTEGER NOT NULL, invoice INTEGER NOT NULL,
      issuer INTEGER NOT NULL, billing_entity INTEGER NOT NULL, legal_entity INTEGER NOT NULL,
      bill_type INTEGER NOT NULL, charge_type INTEGER NOT NULL, currency INTEGER NOT NULL,
      account INTEGER NOT NULL, account_name INTEGER NOT NULL, service INTEGER NOT NULL,
      product INTEGER NOT NULL, data_transfer INTEGER NOT NULL,
      day INTEGER,                   -- days since 1970-01-01
      unblended TEXT NOT NULL, net_unblended TEXT NOT NULL, net_rows INTEGER NOT NULL,
      line_items INTEGER NOT NULL, billed TEXT NOT NULL,
      PRIMARY KEY (booking, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE allocation (
      booking INTEGER NOT NULL REFERENCES booking ON DELETE CASCADE,
      position INTEGER NOT NULL,
      payer INTEGER NOT NULL, period INTEGER NOT NULL, invoice INTEGER NOT NULL,
      currency INTEGER NOT NULL, charge_type INTEGER NOT NULL, account INTEGER NOT NULL,
      service INTEGER NOT NULL, tags INTEGER NOT NULL,
      unblended TEXT NOT NULL, net_unblended TEXT NOT NULL, net_rows INTEGER NOT NULL,
      line_items INTEGER NOT NULL, billed TEXT NOT NULL,
      PRIMARY KEY (booking, position)
    ) STRICT, WITHOUT ROWID;
    """

  private static let documents = """
    CREATE TABLE invoice (
      sha256 TEXT NOT NULL,
      position INTEGER NOT NULL,     -- of the document in its file
      received TEXT NOT NULL,
      document TEXT NOT NULL,        -- JSON
      run INTEGER NOT NULL REFERENCES run,
      PRIMARY KEY (sha256, position)
    ) STRICT;

    CREATE TABLE finding (
      id TEXT PRIMARY KEY NOT NULL,
      rule BLOB NOT NULL, payer BLOB NOT NULL, period TEXT NOT NULL, currency BLOB NOT NULL,
      account BLOB NOT NULL, service BLOB NOT NULL, usage_type BLOB NOT NULL,
      operation BLOB NOT NULL, resource BLOB NOT NULL, invoice BLOB NOT NULL,
      detail BLOB NOT NULL,
      first_seen TEXT NOT NULL,
      last_seen TEXT NOT NULL,
      status TEXT NOT NULL,
      amount_at_stake TEXT NOT NULL,
      reviewer BLOB NOT NULL,
      review_until TEXT,
      review_note BLOB NOT NULL,
      decided_amount TEXT,
      reported TEXT,                 -- JSON: the row as it was last published
      run INTEGER NOT NULL REFERENCES run
    ) STRICT;

    CREATE TABLE publication (
      period TEXT NOT NULL,          -- empty for what has no period
      version INTEGER NOT NULL,
      documents_sha256 TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      PRIMARY KEY (period, version)
    ) STRICT;

    -- How the newest publication of a period listed each finding.
    CREATE TABLE reported (
      period TEXT NOT NULL,
      finding TEXT NOT NULL,
      status TEXT NOT NULL,
      PRIMARY KEY (period, finding)
    ) STRICT, WITHOUT ROWID;
    """
}
