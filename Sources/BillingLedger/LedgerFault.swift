import GRDB

/// Why the ledger could not be opened, read or written. The file is never deleted or mended by the
/// program: what it holds beyond the archive, a person decides about.
package struct LedgerFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// The bytes are not what was written.
    case damaged
    /// A later program wrote it.
    case newer
    /// A database, but not a ledger.
    case foreign
    /// Another process holds it.
    case busy
    /// The disk is full, or reading or writing failed.
    case inputOutput
    /// Permissions do not allow it, or the folder is not there.
    case denied
    /// A write that would break a law of the ledger: a fault of this program.
    case refused
    /// What was asked for is not in the ledger.
    case missing
  }

  package let kind: Kind
  /// What is wrong, where, and what to do.
  package let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

/// A stored value that is not in its column's vocabulary.
struct UnreadableValue: Error, CustomStringConvertible {
  let column: String
  var description: String { "the column \(column) holds a value that cannot be read" }
}

extension LedgerFault {
  /// Names the way out of an error that SQLite or a stored value gave.
  init(_ error: any Error, at path: String) {
    switch error {
    case let fault as LedgerFault: self = fault
    case let error as DatabaseError: self.init(error, at: path)
    default: self = .unreadable(path, "\(error)")
    }
  }

  private init(_ error: DatabaseError, at path: String) {
    let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      self = .damaged(path, reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy, "\(path): another program holds the ledger (\(reason)). Close it and run again")
    case .SQLITE_FULL, .SQLITE_IOERR:
      self.init(
        .inputOutput,
        "\(path): \(reason). Nothing of this run was booked. Make room or mend the disk, "
          + "and run again")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      self.init(
        .denied,
        "\(path): \(reason). The folder must exist, and it and the file must be writable")
    case .SQLITE_CONSTRAINT:
      self.init(
        .refused,
        "\(path): the ledger refused a write that breaks one of its laws (\(reason)). "
          + "Nothing of this run was booked. This is a fault of Counterfoil; please report it")
    default:
      self.init(.inputOutput, "\(path): \(reason)")
    }
  }

  static func damaged(_ path: String, _ reason: String) -> LedgerFault {
    LedgerFault(
      .damaged,
      "\(path): the ledger is damaged (\(reason)). Restore it from a backup, or move it away and run "
        + "`counterfoil rebuild`, which makes it again from archive/; review decisions are only in "
        + "a backup")
  }

  /// The file is sound but a value in it is not: most values can be made again.
  static func unreadable(_ path: String, _ reason: String) -> LedgerFault {
    LedgerFault(
      .damaged,
      "\(path): the ledger holds what cannot be read (\(reason)). Run `counterfoil rebuild`, which "
        + "makes versions, sums and documents again from archive/ and keeps decisions; if that does "
        + "not help, restore a backup")
  }

  static func newer(_ path: String, found: Int, known: Int) -> LedgerFault {
    LedgerFault(
      .newer,
      "\(path): written by a newer Counterfoil (ledger version \(found), this program knows "
        + "\(known)). Install the newer program; the file was not changed")
  }

  static func foreign(_ path: String) -> LedgerFault {
    LedgerFault(
      .foreign,
      "\(path): this SQLite database is not a Counterfoil ledger. Name another home or move the "
        + "file away; it was not changed")
  }
}
