package import BillingModel

/// A file that a night has dealt with. What it is, its content decides: the same bytes under two
/// names are two records of one content.
package struct KnownInput: Hashable, Sendable {
  package var sha256: Text
  /// Relative to the inbox.
  package var name: Text
  /// What it was taken for: an export format, an invoice dialect, `manifest` …
  package var kind: Text
  /// `booked`, `compared`, `superseded`, `quarantined` …
  package var outcome: Text
  package var reason: Text
  /// Where its bytes lie now, relative to the data root; empty if they were left where they were.
  package var archivedPath: Text
  /// The as-of day of the night that first saw it; a later record of the same file keeps it.
  package var receivedDay: Day
  /// The ledger's number of the run that recorded it; 0 before that.
  package var run: Int

  package init(
    sha256: Text, name: Text, kind: Text, outcome: Text, reason: Text = "", archivedPath: Text,
    receivedDay: Day, run: Int = 0
  ) {
    self.run = run
    self.sha256 = sha256
    self.name = name
    self.kind = kind
    self.outcome = outcome
    self.reason = reason
    self.archivedPath = archivedPath
    self.receivedDay = receivedDay
  }
}

/// A file that stays in a mirrored inbox: while all but the hash are the same, it need not be hashed
/// again.
package struct MirroredFile: Hashable, Sendable {
  /// The bytes of the path, relative to the inbox.
  package var path: [UInt8]
  /// In bytes.
  package var size: Int
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  package var modified: Int
  package var inode: UInt64
  package var sha256: Text

  package init(path: [UInt8], size: Int, modified: Int, inode: UInt64, sha256: Text) {
    self.path = path
    self.size = size
    self.modified = modified
    self.inode = inode
    self.sha256 = sha256
  }
}

/// A move of an input that a night has decided: it is recorded with the night and confirmed once it
/// is done, so that a crash between the two is made good by the next run.
package struct PendingMove: Hashable, Sendable {
  /// The ledger's number; 0 before it is recorded.
  package var id: Int
  /// The bytes of the two paths.
  package var from: [UInt8]
  package var to: [UInt8]

  package init(id: Int = 0, from: [UInt8], to: [UInt8]) {
    self.id = id
    self.from = from
    self.to = to
  }
}

/// A document with the day on which it came.
package struct StoredInvoice: Hashable, Sendable {
  package var invoice: Invoice
  package var receivedDay: Day

  package init(invoice: Invoice, receivedDay: Day) {
    self.invoice = invoice
    self.receivedDay = receivedDay
  }
}
