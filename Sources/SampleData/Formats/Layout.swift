import BillingModel

/// The columns of one export format, in its own order and spelling.
struct Layout {
  struct Column {
    /// As the header spells it.
    var name: String
    /// As the manifest types it.
    var type: String
    var value: @Sendable (LineItem, Bill) -> String

    init(
      _ name: String, _ type: String = "", _ value: @escaping @Sendable (LineItem, Bill) -> String
    ) {
      self.name = name
      self.type = type
      self.value = value
    }
  }

  var columns: [Column]
  /// FOCUS has no row for a savings plan's negation: what is covered is billed at zero there.
  var hasNegations = true

  func rows(of bill: Bill) -> [LineItem] {
    hasNegations ? bill.rows : bill.rows.filter { $0.type != "SavingsPlanNegation" }
  }

  /// One file: the header and its records, each ended by a line feed.
  func csv(_ rows: some Sequence<LineItem>, of bill: Bill) -> [UInt8] {
    var text = columns.map { Spelling.field($0.name) }.joined(separator: ",") + "\n"
    for row in rows {
      text += columns.map { Spelling.field($0.value(row, bill)) }.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }
}
