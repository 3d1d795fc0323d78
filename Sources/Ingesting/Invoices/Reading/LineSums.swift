import BillingModel
import ExactNumbers

/// The lines of a document, added up as they pass.
struct LineSums {
  private struct Key: Hashable {
    var service: Text
    var account: Text
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
  /// The lines that are farthest off by net + tax = gross, by net × rate = tax, by quantity × price = net.
  private(set) var worstGross: WorstLine?
  private(set) var worstTax: WorstLine?
  private(set) var worstProduct: WorstLine?
  /// The first line whose net amount has more than two decimals, and the same of its allowances.
  private(set) var longest: [Text: DecimalFault] = [:]
  private(set) var orders: [Text] = []
  private(set) var faults: [String] = []
  private var items: [InvoiceItem] = []
  private var itemNumbers: [Key: Int] = [:]
  private var orderBytes = 0

  mutating func add(
    _ element: DocumentTree.Element, _ line: CompiledLine, _ tree: borrowing DocumentTree,
    _ memo: inout LineMemo
  ) throws(AmountOverflow) {
    count += 1
    let tax = tree.amount(line.tax, at: element)
    let item = memo.item(of: element, line, tree) {
      if line.order != nil { add(order: tree.text(line.order, at: element)) }
      return itemNumber(
        Key(
          service: tree.text(line.service, at: element),
          account: tree.text(line.account, at: element)))
    }
    guard let net = try net(of: element, line, tree) else { return }
    self.net = try (self.net ?? .zero) + net.amount
    note(net, "BT-131")
    try book(net.amount, tax, item)
    try compare(net.amount, tax, tree.amount(line.gross, at: element))
    try add(net.amount, tax, at: tree.amount(line.rate, at: element))
    try compareProduct(net.amount, element, line, tree)
  }

  private mutating func net(
    of element: DocumentTree.Element, _ line: CompiledLine, _ tree: borrowing DocumentTree
  ) throws(AmountOverflow) -> Spelled? {
    if !line.net.isSum, let number = tree.number(line.net, at: element) { return number }
    // A sum, or one that cannot be read: the long way says why.
    var reading = FieldReading()
    let net = try reading.number(line.net, "net amount of line \(count)", at: element, in: tree)
    if faults.isEmpty { faults = reading.faults }
    return net
  }

  private mutating func book(
    _ net: Amount, _ tax: Amount?, _ item: Int
  ) throws(AmountOverflow) {
    items[item].net = try items[item].net + net
    if let tax { items[item].tax = try (items[item].tax ?? .zero) + tax }
    items[item].lines += 1
  }

  private mutating func itemNumber(_ key: Key) -> Int {
    if let number = itemNumbers[key] { return number }
    items.append(
      InvoiceItem(
        serviceName: key.service, subAccountID: key.account, net: .zero, tax: nil, lines: 0))
    itemNumbers[key] = items.count - 1
    return items.count - 1
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

  /// By service and account; without those of which no line states an amount.
  var sortedItems: [InvoiceItem] {
    items.filter { $0.lines > 0 }
      .sorted { ($0.serviceName, $0.subAccountID) < ($1.serviceName, $1.subAccountID) }
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
    if let tax, let gross { try WorstLine.compare(&worstGross, gross, try net + tax, line: count) }
  }

  private mutating func add(
    _ net: Amount, _ tax: Amount?, at rate: Amount?
  ) throws(AmountOverflow) {
    guard let rate else {
      if netByRate != nil { netByRate = nil }
      return
    }
    if let sum = netByRate {
      netByRate?[rate] = try (sum[rate] ?? .zero) + net
      if sum.count > Self.mostRates { netByRate = nil }
    }
    if let tax {
      let computed = try net.multiplied(by: rate).divided(by: Amount(100))
      try WorstLine.compare(
        &worstTax, tax, computed.rounded(toFractionDigits: 2, .halfAwayFromZero), line: count)
    }
  }

  private mutating func compareProduct(
    _ net: Amount, _ element: DocumentTree.Element, _ line: CompiledLine,
    _ tree: borrowing DocumentTree
  ) throws(AmountOverflow) {
    let changes = changes(element, line, tree)
    guard let price = tree.number(line.price, at: element) else { return }
    let base = tree.amount(line.baseQuantity, at: element) ?? .one
    let product = LineProduct(
      quantity: tree.amount(line.quantity, at: element) ?? .one, price: price,
      baseQuantity: base.isZero ? .one : base, changes: changes,
      changesAreOfUnit: line.allowance?.isPerUnit ?? false)
    let allowed = line.productRule == .lineProduct ? try product.slack() : .zero
    try WorstLine.compare(
      &worstProduct, net, try product.net(), allowed: allowed, line: count)
  }

  private mutating func changes(
    _ element: DocumentTree.Element, _ line: CompiledLine, _ tree: borrowing DocumentTree
  ) -> [LineProduct.Change] {
    guard let rule = line.allowance else { return [] }
    var changes: [LineProduct.Change] = []
    for change in tree.elements(rule.path, from: element) {
      let isCharge = rule.marksCharge(tree.text(rule.isCharge, at: change))
      let amount = tree.number(rule.amount, at: change)
      if let amount { note(amount, isCharge ? "BT-141" : "BT-136") }
      changes.append(
        LineProduct.Change(
          isCharge: isCharge, amount: amount?.amount,
          percent: tree.amount(rule.percent, at: change)))
    }
    return changes
  }

  private mutating func note(_ number: Spelled, _ term: Text) {
    guard number.fractionDigits > 2, longest[term] == nil else { return }
    longest[term] = DecimalFault(
      term: term, subject: Text("\(term) of line \(count)"), amount: number.amount)
  }
}
