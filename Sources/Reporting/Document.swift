package import BillingModel

/// The bytes of one file of `out/<period>/`, and what its seal says about them.
package struct Document: Hashable, Sendable {
  package var name: Text
  package var bytes: [UInt8]
  /// Records after the header; 0 for a document that is no table.
  package var rows: Int
  /// Absent where the document has no column of money.
  package var controlTotal: ControlTotal?

  package init(name: Text, bytes: [UInt8], rows: Int, controlTotal: ControlTotal? = nil) {
    self.name = name
    self.bytes = bytes
    self.rows = rows
    self.controlTotal = controlTotal
  }
}

/// The sum of one column by currency: whoever reads the document can add it up again.
package struct ControlTotal: Hashable, Sendable {
  package var column: Text
  package var amounts: CurrencyTotals

  package init(column: Text, amounts: CurrencyTotals) {
    self.column = column
    self.amounts = amounts
  }
}

/// How documents are written.
package struct ReportOptions: Hashable, Sendable {
  /// Of explanations and recommendations.
  package var language: Language
  /// Excel and WPS read a file without a byte-order mark as GBK in China.
  package var byteOrderMark: Bool

  package init(language: Language = .english, byteOrderMark: Bool = true) {
    self.language = language
    self.byteOrderMark = byteOrderMark
  }
}
