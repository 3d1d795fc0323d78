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
  ///
  /// - Parameter damage: Changes the spelled fields of a record, the first after the header being 1.
  func csv(
    _ rows: some Sequence<LineItem>, of bill: Bill,
    damage: (Int, inout [String]) -> Void = { _, _ in }
  ) -> [UInt8] {
    var lines = [columns.map { Spelling.field($0.name) }]
    for row in rows {
      var fields = columns.map { Spelling.field($0.value(row, bill)) }
      damage(lines.count, &fields)
      lines.append(fields)
    }
    return Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }

  func position(of column: String) -> Int {
    guard let position = columns.firstIndex(where: { $0.name == column }) else {
      preconditionFailure("no column \(column)")
    }
    return position
  }
}
