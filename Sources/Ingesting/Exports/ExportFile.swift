package import BillingModel
package import ByteStreaming

/// The identity of an export file; whoever opens it hands over its bytes.
package struct ExportFile: Hashable, Sendable {
  /// Relative to the inbox.
  package var name: Text
  package var sha256: Text

  package init(name: Text, sha256: Text) {
    self.name = name
    self.sha256 = sha256
  }

  /// What records are placed by: the hash, and the name, should two files hold the same bytes.
  var identity: [UInt8] { sha256.bytes + [0] + name.bytes }
}

/// Why a file is refused as a whole.
package struct ExportFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable word for the fault, such as `MissingColumn`.
  package var code: Text
  /// What is wrong and what to do.
  package var message: Text
  /// 0 where the fault is not in one record.
  package var record: Int
  /// Empty where the fault is not in one column.
  package var column: Text
  /// The rows that made a file with too many bad rows unusable; the first 1000 of them.
  package var rejects: [Reject]
  /// Where the machine failed and not the file: no reason to set the file aside.
  package var failure: FileError?

  package init(
    code: Text, message: String, record: Int = 0, column: Text = "", rejects: [Reject] = [],
    failure: FileError? = nil
  ) {
    self.code = code
    self.message = Text(message)
    self.record = record
    self.column = column
    self.rejects = rejects
    self.failure = failure
  }

  package var description: String { message.string }
}
