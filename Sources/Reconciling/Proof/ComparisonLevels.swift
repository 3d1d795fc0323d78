import BillingModel
import ExactNumbers

/// The rows of a match, level by level: total, category, service, account. The differences of each
/// level add up to the total; what a side does not break down stands under `Unallocated`.
struct ComparisonLevels: Sendable {
  private(set) var items: [MatchItem] = []
  /// Absent where no level below the total was compared.
  private(set) var services: ServiceRows?

  static let unallocated: Text = "Unallocated"

  private let comparison: Comparison

  /// True where data transfer was taken out of the services, since the documents show it on its own.
  var foldsDataTransfer: Bool { services?.foldsDataTransfer ?? false }

  init(_ comparison: Comparison) throws(AmountOverflow) {
    self.comparison = comparison
    try addTotal()
    guard comparison.hasBothSides, comparison.isInOneCurrency else { return }
    try addLevel(.category, CategoryRows.rows(comparison))
    let services = try ServiceRows(comparison)
    self.services = services
    try addLevel(.service, services.rows)
    try addLevel(.subAccount, SubAccountRows.rows(comparison))
  }

  func has(_ level: ReconciliationLevel, _ key: Text) -> Bool {
    items.contains { $0.level == level && $0.key == key }
  }

  private mutating func addTotal() throws(AmountOverflow) {
    let (invoiced, charged) = (comparison.invoiced, comparison.charged)
    let isStated = comparison.hasDocuments && comparison.isInOneCurrency
    items.append(
      MatchItem(
        level: .total, key: "Total", invoiced: isStated ? invoiced.total : nil,
        charged: comparison.hasCharges ? charged.total : nil, difference: comparison.difference,
        reason: ""))
    // What was paid before and what was rounded for payment is not a part of the difference.
    for (key, amount) in [("Prepaid", invoiced.prepaid), ("Rounding", invoiced.rounding)] {
      guard let amount else { continue }
      items.append(
        MatchItem(
          level: .total, key: Text(key), invoiced: amount, charged: nil, difference: .zero,
          reason: ""))
    }
  }

  /// Adds the rows, sorted by key, and what they leave of the totals.
  private mutating func addLevel(
    _ level: ReconciliationLevel, _ rows: [LevelRow]
  ) throws(AmountOverflow) {
    guard !rows.isEmpty else { return }
    var rest = LevelRow(
      key: Self.unallocated, invoiced: comparison.invoiced.total, charged: comparison.charged.total)
    for row in rows.sorted(by: { $0.key < $1.key }) {
      items.append(try row.item(level))
      rest.invoiced = try (rest.invoiced ?? .zero) - (row.invoiced ?? .zero)
      rest.charged = try (rest.charged ?? .zero) - (row.charged ?? .zero)
    }
    if rest.invoiced != .zero || rest.charged != .zero { items.append(try rest.item(level)) }
  }
}

/// Both sides under one key.
struct LevelRow: Hashable, Sendable {
  var key: Text
  var invoiced: Amount?
  var charged: Amount?

  func item(_ level: ReconciliationLevel) throws(AmountOverflow) -> MatchItem {
    MatchItem(
      level: level, key: key, invoiced: invoiced, charged: charged,
      difference: try (invoiced ?? .zero) - (charged ?? .zero), reason: "")
  }
}

/// Net, tax, credit and discount, as far as both sides state them; what only one side states stays
/// in the net.
enum CategoryRows {
  static let net: Text = "Net"
  static let tax: Text = "Tax"
  static let credit: Text = "Credit"
  static let discount: Text = "Discount"

  static func rows(_ comparison: Comparison) throws(AmountOverflow) -> [LevelRow] {
    let (invoiced, charged) = (comparison.invoiced, comparison.charged)
    guard let net = invoiced.net, let tax = invoiced.tax else { return [] }
    var rest = LevelRow(key: Self.net, invoiced: net, charged: try charged.net)
    var rows: [LevelRow] = []
    if let credit = invoiced.credit, charged.creditLineItems > 0 {
      rows.append(LevelRow(key: Self.credit, invoiced: credit, charged: charged.credit))
    }
    if let discount = invoiced.discount, charged.discountLineItems > 0 {
      rows.append(LevelRow(key: Self.discount, invoiced: discount, charged: charged.discount))
    }
    for row in rows {
      rest.invoiced = try (rest.invoiced ?? .zero) - (row.invoiced ?? .zero)
      rest.charged = try (rest.charged ?? .zero) - (row.charged ?? .zero)
    }
    rows.append(rest)
    rows.append(LevelRow(key: Self.tax, invoiced: tax, charged: charged.tax))
    return rows
  }
}
