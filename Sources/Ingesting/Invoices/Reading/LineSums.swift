import BillingModel
import ExactNumbers

/// The lines of a document, added up as they pass.
struct LineSums {
  private struct Key: Hashable {
    var service: Text
    var account: Text
  }

  /// The line that is farthest off by one rule.
  struct Worst {
    var stated: Amount
    var computed: Amount
    /// Stated − computed without its sign, less what the line is allowed by itself.
    var excess: Amount
    var line: Int
  }

  /// Bounds on what is kept of one document's lines.
  private static let mostRates = 64
  private static let mostOrderBytes = 64 << 10

  private(set) var count = 0
  /// Nil until a line states its net amount.
  private(set) var net: Amount?
  /// Σ tax and Σ gross; nil where a line does not state it.
  private(set) var tax: Amount? = .zero
  private(set) var gross: Amount? = .zero
  /// Rate → Σ net; nil where a line states no rate, or there are too many.
  private(set) var netByRate: [Amount: Amount]? = [:]
  private(set) var worst: [ArithmeticRule: Worst] = [:]
  /// The first line whose net amount has more than two decimals, and the same of its allowances.
  private(set) var longest: [Text: DecimalFault] = [:]
  private(set) var orders: [Text] = []
  private(set) var faults: [String] = []
  private var services = RepeatedText()
  private var accounts = RepeatedText()
  private var items: [Key: InvoiceItem] = [:]
  private var orderBytes = 0

  mutating func add(
    _ element: ElementNode, _ line: CompiledLine, _ outline: Outline
  ) throws(AmountOverflow) {
    var reading = FieldReading(outline: outline, root: element)
    count += 1
    let net = try reading.number(line.net, "net amount of line \(count)", at: element)
    let tax = reading.optionalAmount(line.tax, at: element)
    if faults.isEmpty { faults = reading.faults }
    if line.order != nil { add(order: reading.text(line.order, at: element)) }
    guard let net else { return }
    self.net = try (self.net ?? .zero) + net.amount
    note(net, "BT-131")
    let key = Key(
      service: services.text(line.service, at: element, reading),
      account: accounts.text(line.account, at: element, reading))
    try book(net.amount, tax, key)
    try compare(net.amount, tax, reading.optionalAmount(line.gross, at: element))
    let rate = reading.optionalAmount(line.rate, at: element)
    try add(net.amount, tax, at: rate)
    try compareProduct(net.amount, element, line, reading)
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

  private mutating func add(order: Text) {
    guard !order.isEmpty, !orders.contains(order) else { return }
    orderBytes += order.string.utf8.count
    if orderBytes > Self.mostOrderBytes {
      if faults.isEmpty { faults = ["its lines name too many purchase orders"] }
    } else {
      orders.append(order)
    }
  }

  /// By service and account.
  var sortedItems: [InvoiceItem] {
    items.values.sorted { ($0.serviceName, $0.subAccountID) < ($1.serviceName, $1.subAccountID) }
  }
}

// MARK: Arithmetic

extension LineSums {
  private mutating func compare(
    _ net: Amount, _ tax: Amount?, _ gross: Amount?
  ) throws(AmountOverflow) {
    if let sum = self.tax { self.tax = try tax.map { one throws(AmountOverflow) in try sum + one } }
    if let sum = self.gross {
      self.gross = try gross.map { one throws(AmountOverflow) in try sum + one }
    }
    if let tax, let gross { try compare(.lineGross, gross, try net + tax) }
  }

  private mutating func add(
    _ net: Amount, _ tax: Amount?, at rate: Amount?
  ) throws(AmountOverflow) {
    guard let rate else {
      netByRate = nil
      return
    }
    if let sum = netByRate {
      netByRate?[rate] = try (sum[rate] ?? .zero) + net
      if sum.count > Self.mostRates { netByRate = nil }
    }
    if let tax {
      let computed = try net.multiplied(by: rate).divided(by: Amount(100))
      try compare(.lineTax, tax, computed.rounded(toFractionDigits: 2, .halfAwayFromZero))
    }
  }

  private mutating func compare(
    _ rule: ArithmeticRule, _ stated: Amount, _ computed: Amount, allowed: Amount = .zero
  ) throws(AmountOverflow) {
    let excess = try (stated - computed).magnitude - allowed
    if let worst = worst[rule], worst.excess >= excess { return }
    worst[rule] = Worst(stated: stated, computed: computed, excess: excess, line: count)
  }

  private mutating func compareProduct(
    _ net: Amount, _ element: ElementNode, _ line: CompiledLine, _ reading: FieldReading
  ) throws(AmountOverflow) {
    let changes = changes(element, line, reading)
    guard let price = reading.optionalNumber(line.price, at: element) else { return }
    let base = reading.optionalAmount(line.baseQuantity, at: element) ?? .one
    let product = LineProduct(
      quantity: reading.optionalAmount(line.quantity, at: element) ?? .one, price: price,
      baseQuantity: base.isZero ? .one : base, changes: changes,
      changesAreOfUnit: line.allowance?.isPerUnit ?? false)
    let allowed = line.productRule == .lineProduct ? try product.slack() : .zero
    try compare(line.productRule, net, try product.net(), allowed: allowed)
  }

  private mutating func changes(
    _ element: ElementNode, _ line: CompiledLine, _ reading: FieldReading
  ) -> [LineProduct.Change] {
    guard let rule = line.allowance else { return [] }
    return rule.path.elements(from: element, root: element).map { node in
      let isCharge = rule.marksCharge(reading.text(rule.isCharge, at: node))
      let amount = reading.optionalNumber(rule.amount, at: node)
      if let amount { note(amount, isCharge ? "BT-141" : "BT-136") }
      return LineProduct.Change(
        isCharge: isCharge, amount: amount?.amount,
        percent: reading.optionalAmount(rule.percent, at: node))
    }
  }

  private mutating func note(_ number: Spelled, _ term: Text) {
    guard number.fractionDigits > 2, longest[term] == nil else { return }
    longest[term] = DecimalFault(
      term: term, subject: Text("\(term) of line \(count)"), amount: number.amount)
  }
}
