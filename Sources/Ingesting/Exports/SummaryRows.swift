package import BillingModel
package import ExactNumbers
import Tabulating

/// The rows of a summary, sorted by the bytes of their keys; kept by columns, since there may be
/// millions of them.
package struct SummaryRows: Sendable {
  private let columns: [SummaryColumn]
  /// Of each column and the currency.
  private let numbers: [Bool]
  private let texts: MergedTexts
  /// For each row, the value of each column, then of the currency: the number of a text, or of a day or
  /// month; ``absent`` where there is none.
  private var keys: [Int32] = []
  /// No day is so early.
  fileprivate static let absent = Int32.min
  /// What was billed, by row.
  package private(set) var billedCosts: [Amount] = []
  /// Nil where the rows count in different units, or a quantity is unreadable.
  package private(set) var consumedQuantities: [Amount?] = []
  package private(set) var lineItems: [Int] = []

  package var count: Int { lineItems.count }

  /// Columns asked for; the currency is one more.
  package var columnCount: Int { columns.count }

  /// The value in a column as a small number, the same for the same value of that column.
  package func key(_ row: Int, _ column: Int) -> Int {
    Int(keys[row * (columns.count + 1) + column])
  }

  /// Shows rows in turn: their keys, the currency's last, what was billed, what was consumed, and how many
  /// line items they sum up.
  package func visit(
    _ range: Range<Int>, _ body: (Span<Int32>, Amount, Amount?, Int) -> Void
  ) {
    let width = columns.count + 1
    let keys = keys.span
    for row in range {
      body(
        keys.extracting(row * width..<(row + 1) * width), billedCosts[row],
        consumedQuantities[row], lineItems[row])
    }
  }

  /// Whether a column's values are days or months: keys of theirs are no texts.
  package func isNumber(_ column: Int) -> Bool { numbers[column] }

  /// How many texts there are that keys number.
  package var textCount: Int { texts.count }

  package func text(_ key: Int) -> Text { Text(decoding: texts.bytes(key)) }

  /// The text of a value.
  package func text(_ key: Int, in column: Int) -> Text {
    guard numbers[column] else { return text(key) }
    if key == Int(Self.absent) { return .empty }
    return columns[column] == .day
      ? Text(Day(number: key).description)
      : BillingPeriod(index: key).map { Text($0.description) } ?? .empty
  }
}

extension SummaryRows {
  /// Folds the fine groups of a summary, which carry what decides BilledCost and units, to its rows.
  init(
    _ columns: [SummaryColumn], _ table: Tabulation, on threads: some ParallelMapping
  ) throws(AmountOverflow) {
    self.columns = columns
    numbers = columns.map(\.isNumber) + [false]
    texts = table.texts
    let groups = table.groups[0]
    let ranges = Self.cuts(groups, parts: columns.count + 1, pieces: threads.width)
    let invoices = SummaryInvoices(groups, columns.count, table.texts, on: threads)
    let pieces = threads.map(ranges) { range in
      Swift.Result { () throws(AmountOverflow) in
        try SummaryPiece(groups, range, columns, invoices)
      }
    }
    for piece in pieces {
      let piece = try piece.get()
      keys += piece.keys
      billedCosts += piece.billedCosts
      consumedQuantities += piece.consumedQuantities
      lineItems += piece.lineItems
    }
  }

  /// Ranges of groups; no row of the summary lies in two of them.
  private static func cuts(_ groups: MergedGroups, parts: Int, pieces: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < groups.count {
      var end = min(groups.count, start + max(1, groups.count / pieces))
      while end < groups.count, groups[end].hasSameParts(groups[end - 1], first: parts) {
        end += 1
      }
      result.append(start..<end)
      start = end
    }
    return result
  }
}

/// Which of its two costs each invoice is billed by.
private struct SummaryInvoices: Sendable {
  /// Payer, period, invoice id, currency.
  struct Key: Hashable, Sendable {
    var payer: Int
    var period: Int?
    var invoiceID: Int
    var currency: Int

    init(_ group: GroupRow, _ first: Int) {
      payer = group.text(first + 2)
      period = group.number(first + 3)
      invoiceID = group.text(first + 4)
      currency = group.text(first)
    }
  }

  private struct Charge: Hashable {
    var key: Key
    var type: Int
  }

  private let netKeys: Set<Key>

  func isNet(_ key: Key) -> Bool { netKeys.contains(key) }

  init(
    _ groups: MergedGroups, _ first: Int, _ texts: MergedTexts, on threads: some ParallelMapping
  ) {
    let found = threads.map(Array(0..<groups.tableCount)) { table in
      var charges: Set<Charge> = []
      var last: Charge?
      groups.visit(table) { group in
        let charge = Charge(key: Key(group, first), type: group.text(first + 5))
        if charge != last { charges.insert(charge) }
        last = charge
      }
      return charges
    }
    var withDiscount: Set<Key> = []
    var keys: Set<Key> = []
    for charge in found.joined() {
      keys.insert(charge.key)
      let type = ChargeType(Text(decoding: texts.bytes(charge.type)))
      if ChargeBook.isUnblended(type) { withDiscount.insert(charge.key) }
    }
    netKeys = keys.subtracting(withDiscount)
  }
}

/// The rows of one range of groups.
private struct SummaryPiece: Sendable {
  var keys: [Int32] = []
  var billedCosts: [Amount] = []
  var consumedQuantities: [Amount?] = []
  var lineItems: [Int] = []

  private var cost = Amount.zero
  private var quantity = Amount.zero
  private var unit: Int?
  private var hasOneUnit = true
  private var rows = 0

  init(
    _ groups: MergedGroups, _ range: Range<Int>, _ columns: [SummaryColumn],
    _ invoices: SummaryInvoices
  ) throws(AmountOverflow) {
    let numbers = columns.map(\.isNumber) + [false]
    var last: SummaryInvoices.Key?
    var isNet = false
    for index in range {
      groups.prefetch(index + 8)
      let group = groups[index]
      let key = SummaryInvoices.Key(group, columns.count)
      if key != last { isNet = invoices.isNet(key) }
      last = key
      if index > range.lowerBound,
        !group.hasSameParts(groups[index - 1], first: numbers.count)
      {
        endRow()
      }
      if rows == 0 { appendKey(group, numbers) }
      try add(group, columns.count, isNet: isNet)
    }
    if rows > 0 { endRow() }
  }

  private mutating func appendKey(_ group: GroupRow, _ numbers: [Bool]) {
    for (part, isNumber) in numbers.enumerated() {
      keys.append(
        isNumber
          ? group.number(part).map { Int32(truncatingIfNeeded: $0) } ?? SummaryRows.absent
          : Int32(group.text(part)))
    }
  }

  private mutating func add(
    _ group: GroupRow, _ first: Int, isNet: Bool
  ) throws(AmountOverflow) {
    try cost += group.sum(isNet ? 1 : 0)
    try quantity += group.sum(2)
    rows += group.rows
    guard group.stated(2) > 0 else { return }
    let own = group.text(first + 1)
    hasOneUnit = hasOneUnit && (unit ?? own) == own
    unit = own
  }

  private mutating func endRow() {
    billedCosts.append(cost)
    consumedQuantities.append(hasOneUnit && unit != nil ? quantity : nil)
    lineItems.append(rows)
    (cost, quantity, unit, hasOneUnit, rows) = (.zero, .zero, nil, true, 0)
  }
}
