import BillingLedger
import BillingModel
import ExactNumbers
import Foundation
import GRDB
import TestSupport

/// A ledger's file in a folder of its own.
struct LedgerFile {
  let folder = TemporaryFolder()

  var path: String { folder.path + "/counterfoil.db" }

  /// What makes a ledger one that has seen three steps of the schema.
  static let undoingTheFourthStep =
    [undoingTheFifthStep]
    + ["price", "usage_series", "review_decision", "review_refusal", "past_face", "dispute"]
    .map { "DROP TABLE \($0)" } + [
      """
      UPDATE finding SET reported = json_set(
        reported,
        '$.finding.explanation', reported -> '$.finding.explanation.english',
        '$.finding.recommendation', reported -> '$.finding.recommendation.english')
      WHERE reported IS NOT NULL
      """,
      "ALTER TABLE finding DROP COLUMN language",
    ]

  static let undoingTheFifthStep = "ALTER TABLE allocation DROP COLUMN days"

  func open() throws -> Ledger { try Ledger(path: path, patience: 0) }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  func write(_ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// The file as any other SQLite program sees it.
  func database() throws -> DatabaseQueue { try DatabaseQueue(path: path) }

  /// What a query says, to any other SQLite program.
  func answers(_ sql: String) throws -> [String] {
    try database().read { try String.fetchAll($0, sql: sql) }
  }

  /// The kind and text of the fault that opening gives, or nil.
  func fault() -> LedgerFault? {
    do {
      _ = try open()
      return nil
    } catch {
      return error as? LedgerFault
    }
  }
}

/// Texts that break naive storage: quotes, NUL, other spellings of the same letter, bytes that were
/// not UTF-8, and none at all.
let hostileTexts: [Text] = [
  "", "'; DROP TABLE charge; --", "\"", "\\", "a\0b", "\0", "caf\u{E9}", "cafe\u{301}",
  "line\nfeed",
  "?1", ":name", "%_", "🧾", "\u{FEFF}bom", "\u{202E}", Text(decoding: [0x61, 0xFF, 0xFE]),
  "业务单元", " ", "NULL", "\u{FFFF}",
]

func day(_ text: String) -> Day { Day(text)! }
func period(_ text: String) -> BillingPeriod { BillingPeriod(text)! }
func amount(_ text: String) throws -> Amount { try Amount(parsing: text) }

func night(_ asOf: String = "2026-05-02") -> Night {
  Night(
    run: RunRecord(
      started: Moment("2026-05-02T03:00:00Z")!, asOf: day(asOf), definition: "nightly",
      outcome: "1 delivery booked", exitCode: 0))
}

/// As a document showed it, with a text wherever it has one.
func reported(_ key: FindingKey, _ text: Text) throws -> ReportedFinding {
  var finding = Finding(
    key: key, kind: .anomaly, amountAtStake: try amount("0.1"), impact: try amount("-0.1"),
    actual: text, expected: text, explanation: Words("x", zh: ChineseText(text.string)),
    recommendation: Words(text.string, zh: "x"), confidence: .one,
    lineCount: 2)
  finding.evidence = [Place(file: text, record: 7)]
  finding.causedBy = key
  let owner = AttributedValue(value: text, tier: .alias, rule: text, raw: text)
  return ReportedFinding(
    id: "F-1", finding: finding, severity: .low, status: .planned, subAccountName: text,
    attribution: Attribution([.owner: owner]), causedByID: text, firstSeen: day("2026-05-01"),
    lastSeen: day("2026-05-02"))
}
