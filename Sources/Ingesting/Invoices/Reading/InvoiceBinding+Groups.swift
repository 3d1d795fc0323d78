import BillingModel
import ExactNumbers

/// What a document has many of: tax totals with their rows, allowances, lines.
extension InvoiceBinding {
  private func elements(
    _ path: ElementPath, from element: DocumentTree.Element
  ) -> [DocumentTree.Element] {
    root.tree.elements(compile(path, at: element), from: element)
  }

  mutating func bindTaxTotals() throws(AmountOverflow) {
    guard let rule = dialect.taxTotal else { return }
    for element in elements(rule.path, from: document.element) {
      var total = StatedTotals.TaxTotal()
      let amount = try reading.number(
        compile(rule.amount, at: element), "tax", at: element, in: root.tree)
      total.amount = amount?.amount
      total.currency = root.tree.text(compile(rule.currency, at: element), at: element)
      let isOwn = total.currency.isEmpty || total.currency == invoice.currency.text
      if let amount { note(amount, isOwn ? "BT-110" : "BT-111") }
      if rule.subtotal?.startsAtRoot == false { total.subtotals = subtotals(rule, of: element) }
      totals.taxTotals.append(total)
    }
    if rule.subtotal?.startsAtRoot == true { attach(subtotals(rule, of: .root)) }
    invoice.taxSubtotals = totals.taxTotals.flatMap(\.subtotals)
  }

  /// Rows that stand apart belong to the total in the currency of the document, if there is one.
  private mutating func attach(_ rows: [TaxSubtotal]) {
    let own = totals.taxTotals.firstIndex { $0.currency == invoice.currency.text }
    if let own {
      totals.taxTotals[own].subtotals = rows
    } else if !rows.isEmpty {
      totals.taxTotals.append(.init(subtotals: rows))
    }
  }

  private mutating func subtotals(_ rule: TaxTotalRule, of element: DocumentTree.Element)
    -> [TaxSubtotal]
  {
    guard let path = rule.subtotal else { return [] }
    var rows: [TaxSubtotal] = []
    for row in elements(path, from: element) { rows.append(subtotal(row, rule)) }
    return rows
  }

  private mutating func subtotal(_ element: DocumentTree.Element, _ rule: TaxTotalRule)
    -> TaxSubtotal
  {
    let base = root.tree.number(compile(rule.base, at: element), at: element)
    let tax = root.tree.number(compile(rule.tax, at: element), at: element)
    if let base { note(base, "BT-116") }
    if let tax { note(tax, "BT-117") }
    return TaxSubtotal(
      category: root.tree.text(compile(rule.category, at: element), at: element),
      rate: root.tree.amount(compile(rule.rate, at: element), at: element),
      base: base?.amount, tax: tax?.amount)
  }

  mutating func bindAllowances() throws(AmountOverflow) {
    guard let rule = dialect.allowance else { return }
    let compiled = CompiledAllowance(
      rule, root.dialect.outline, from: root.tree.place(of: document.element))
    for element in root.tree.elements(compiled.path, from: document.element) {
      let number = try reading.number(
        compiled.amount, "allowance or charge", at: element, in: root.tree)
      guard let number else { continue }
      let isCharge = compiled.marksCharge(root.tree.text(compiled.isCharge, at: element))
      note(number, isCharge ? "BT-99" : "BT-92")
      totals.allowances.append(.init(isCharge: isCharge, amount: number.amount))
    }
  }

  mutating func bindLines() throws(AmountOverflow) {
    let lines = document.lines
    for fault in lines.faults { reading.note(fault) }
    totals.lineNetSum = lines.net
    totals.lines = StatedTotals.Lines(
      tax: lines.tax, gross: lines.gross, worstGross: lines.worstGross, worstTax: lines.worstTax,
      worstProduct: lines.worstProduct, bases: try bases(lines))
    if lines.net != nil, totals.decimals == nil { totals.decimals = [] }
    for fault in lines.longest.values { totals.decimals = (totals.decimals ?? []) + [fault] }
    invoice.lineCount = lines.count
    invoice.lineNetSum = lines.net
    invoice.items = lines.sortedItems
    let stated = invoice.purchaseOrders
    let orders = stated + lines.orders.filter { !stated.contains($0) }
    if !lines.orders.isEmpty {
      invoice.purchaseOrder = Text(orders.map(\.string).joined(separator: ";"))
    }
  }

  /// What the base of each rate takes in: lines, additions and roundings.
  private mutating func bases(_ lines: LineSums) throws(AmountOverflow) -> [Amount: Amount]? {
    guard var bases = lines.netByRate, lines.count > 0, let rule = dialect.taxTotal else {
      return nil
    }
    if let addition = rule.addition {
      try add(&bases, addition.path, document.element, addition.rate, addition.amount)
    }
    guard let rounding = rule.baseRounding, let rate = rule.rate, let rows = rule.subtotal else {
      return bases
    }
    for total in elements(rule.path, from: document.element) {
      try add(&bases, rows, total, rate, rounding)
    }
    return bases
  }

  private mutating func add(
    _ bases: inout [Amount: Amount], _ path: ElementPath, _ start: DocumentTree.Element,
    _ rate: FieldRule,
    _ amount: FieldRule
  ) throws(AmountOverflow) {
    for element in elements(path, from: start) {
      guard let rate = root.tree.amount(compile(rate, at: element), at: element),
        let amount = root.tree.amount(compile(amount, at: element), at: element)
      else { continue }
      bases[rate] = try (bases[rate] ?? .zero) + amount
    }
  }
}
