import Foundation
import GRDB
import Synchronization

/// What must outlive a run: which inputs were dealt with, the charge sums of every period, all
/// documents, findings with their reviewers' decisions, and what was published. One SQLite file; a
/// night is one transaction.
package final class Ledger: Sendable {
  private let queue: DatabaseQueue
  private let path: String
  private let isLookedOver = Mutex(false)

  /// Opens the ledger, makes it where there is none, brings an older one up to date and looks it over.
  ///
  /// - Parameters:
  ///   - patience: how many seconds to wait for another process that holds the file.
  ///   - isQuick: look it over only when contents are read or added. That takes time for each page of the
  ///     file, and a night that does neither needs few of them.
  package init(path: String, patience: Int = 5, isQuick: Bool = false) throws(LedgerFault) {
    self.path = path
    do {
      queue = try DatabaseQueue(
        path: path, configuration: Self.configuration(path, patience: patience))
      try queue.write { try Schema.migrate($0) }
    } catch {
      throw LedgerFault(error, at: path)
    }
    if !isQuick { try lookOver() }
  }

  private static func configuration(_ path: String, patience: Int) -> Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.prepareDatabase { database in
      try Schema.check(database, at: path)
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      // A night that is recorded survives a power cut. GRDB's own WAL set-up asks for less.
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    return configuration
  }

  /// Finds damage in any page, once: nothing is judged from a damaged ledger or added to one.
  func lookOver() throws(LedgerFault) {
    if isLookedOver.withLock({ $0 }) { return }
    try read { database in
      let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      guard verdict == "ok" else { throw LedgerFault.damaged(path, verdict ?? "no answer") }
    }
    isLookedOver.withLock { $0 = true }
  }

  /// Reads one state of the ledger.
  func read<Value>(_ body: (Database) throws -> Value) throws(LedgerFault) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw LedgerFault(error, at: path)
    }
  }

  /// Writes all or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(LedgerFault) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw LedgerFault(error, at: path)
    }
  }
}
