import BillingModel
import ExactNumbers

/// A dialect's line rule, ready for the many lines of a document.
struct CompiledLine: Sendable {
  var net: CompiledField
  var tax: CompiledField?
  var gross: CompiledField?
  var service: CompiledField?
  var account: CompiledField?

  init(_ rule: LineRule, _ outline: Outline) {
    net = outline.compile(rule.net)
    tax = rule.tax.map(outline.compile)
    gross = rule.gross.map(outline.compile)
    service = rule.service.map(outline.compile)
    account = rule.account.map(outline.compile)
  }
}

/// The lines of a document, added up as they pass.
struct LineSums {
  private struct Key: Hashable {
    var service: Text
    var account: Text
  }

  /// A line's own numbers, for the check that net + tax = gross on each line.
  struct Totals: Hashable {
    var net: Amount
    var tax: Amount
    var gross: Amount
  }

  private(set) var count = 0
  /// Nil until a line states its net amount.
  private(set) var net: Amount?
  private(set) var faults: [String] = []
  private var items: [Key: InvoiceItem] = [:]
  /// The line whose net + tax is farthest from its gross.
  private(set) var worst: Totals?
  private var worstDistance = Amount.zero

  mutating func add(
    _ element: ElementNode, _ line: CompiledLine, _ outline: Outline
  ) throws(AmountOverflow) {
    var reading = FieldReading(outline: outline, root: element)
    count += 1
    let net = try reading.amount(line.net, "net amount of line \(count)", at: element)
    let tax = reading.optionalAmount(line.tax, at: element)
    if faults.isEmpty { faults = reading.faults }
    guard let net else { return }
    self.net = try (self.net ?? .zero) + net
    let key = Key(
      service: reading.text(line.service, at: element),
      account: reading.text(line.account, at: element))
    try book(net, tax, key)
    if let tax, let gross = reading.optionalAmount(line.gross, at: element) {
      try compare(Totals(net: net, tax: tax, gross: gross))
    }
  }

  private mutating func book(_ net: Amount, _ tax: Amount?, _ key: Key) throws(AmountOverflow) {
    var item =
      items[key]
      ?? InvoiceItem(
        serviceName: key.service, subAccountID: key.account, net: .zero, tax: nil, lines: 0)
    item.net = try item.net + net
    if let tax { item.tax = try (item.tax ?? .zero) + tax }
    item.lines += 1
    items[key] = item
  }

  private mutating func compare(_ line: Totals) throws(AmountOverflow) {
    let distance = try (line.net + line.tax - line.gross).magnitude
    guard worst == nil || distance > worstDistance else { return }
    worst = line
    worstDistance = distance
  }

  /// By service and account.
  var sortedItems: [InvoiceItem] {
    items.values.sorted { ($0.serviceName, $0.subAccountID) < ($1.serviceName, $1.subAccountID) }
  }
}
