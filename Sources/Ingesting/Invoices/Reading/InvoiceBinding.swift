import BillingModel
import ExactNumbers

/// Turns one read document into an ``Invoice`` by the table of its dialect.
struct InvoiceBinding {
  private let document: DocumentDraft
  private let root: RootDraft
  private let dialect: Dialect
  private let outline: Outline
  private var reading: FieldReading
  private var invoice: Invoice
  private var totals = StatedTotals()

  init(_ document: DocumentDraft, _ root: RootDraft, _ blank: Invoice) {
    self.document = document
    self.root = root
    dialect = root.dialect.dialect
    outline = root.dialect.outline
    reading = FieldReading(outline: outline, root: root.element)
    invoice = blank
  }

  mutating func bind() throws(AmountOverflow) -> Invoice {
    bindNames()
    bindDates()
    try bindAmounts()
    try bindLines()
    bindKind()
    bindMentions()
    invoice.checks = try dialect.arithmetic.checks(totals)
    invoice.refusal = refusal()
    return invoice
  }

  // MARK: Fields

  private func field(_ field: InvoiceField) -> CompiledField? {
    dialect.fields[field].map(outline.compile)
  }

  private func text(_ name: InvoiceField) -> Text {
    reading.text(field(name), at: document.element)
  }

  private mutating func amount(_ name: InvoiceField) throws(AmountOverflow) -> Amount? {
    try reading.amount(field(name), name.rawValue, at: document.element)
  }

  private mutating func day(_ name: InvoiceField) -> Day? {
    reading.day(field(name), name.rawValue, at: document.element)
  }

  private mutating func bindNames() {
    invoice.invoiceID = text(.number)
    invoice.typeCode = text(.typeCode)
    invoice.currency = CurrencyCode(text(.currency))
    invoice.precedingInvoice = text(.precedingInvoice)
    invoice.commercialInvoiceID = text(.commercialInvoice)
    invoice.purchaseOrder = text(.purchaseOrder)
    invoice.seller = Party(name: text(.sellerName), taxID: text(.sellerTaxID))
    invoice.buyer = Party(name: text(.buyerName), taxID: text(.buyerTaxID))
    invoice.issuer = text(.issuer)
    invoice.billingAccountID = text(.billingAccount)
    invoice.remark = text(.remark)
    if !invoice.currency.text.isEmpty, !invoice.currency.isWellFormed {
      reading.note("currency: \"\(invoice.currency)\" is not an ISO 4217 code such as USD")
    }
  }

  private mutating func bindDates() {
    invoice.issueDate = day(.issueDate)
    invoice.dueDate = day(.dueDate)
    if invoice.dueDate == nil, let issued = invoice.issueDate,
      let days = Int(text(.dueDays).string), (0...3660).contains(days)
    {
      invoice.dueDate = issued.advanced(by: days)
    }
    // A stated period names a billing period if it lies in one month.
    if let start = day(.periodStart), start.period == day(.periodEnd)?.period ?? start.period {
      invoice.billingPeriod = start.period
    }
  }

  private mutating func bindAmounts() throws(AmountOverflow) {
    try bindTaxTotals()
    totals.currency = invoice.currency.text
    totals.net = try amount(.net)
    totals.tax = try amount(.tax) ?? taxInDocumentCurrency
    totals.gross = try amount(.gross)
    totals.payable = try amount(.payable)
    totals.prepaid = try amount(.prepaid)
    totals.rounding = try amount(.rounding)
    totals.lineTotal = try amount(.lineTotal)
    totals.allowanceTotal = try amount(.allowanceTotal)
    totals.chargeTotal = try amount(.chargeTotal)
    try bindAllowances()
    invoice.net = totals.net
    if totals.net == nil, let gross = totals.gross, let tax = totals.tax {
      invoice.net = try gross - tax
    }
    invoice.tax = totals.tax
    invoice.gross = totals.gross
    invoice.payable = totals.payable
    invoice.prepaid = totals.prepaid
    invoice.rounding = totals.rounding
    invoice.allowanceTotal = totals.allowanceTotal
    invoice.chargeTotal = totals.chargeTotal
    invoice.discountTotal = try amount(.discountTotal)
    if let base = try amount(.baseAmount), case let currency = CurrencyCode(text(.baseCurrency)),
      currency.isWellFormed, currency != invoice.currency
    {
      invoice.base = Money(base, currency)
    }
  }

  // MARK: Groups

  private mutating func bindTaxTotals() throws(AmountOverflow) {
    guard let rule = dialect.taxTotal else { return }
    for element in outline.compile(rule.path).elements(from: document.element, root: root.element) {
      var total = StatedTotals.TaxTotal()
      total.amount = try reading.amount(rule.amount.map(outline.compile), "tax", at: element)
      total.currency = reading.text(rule.currency.map(outline.compile), at: element)
      if rule.subtotal?.startsAtRoot == false { total.subtotals = subtotals(rule, of: element) }
      totals.taxTotals.append(total)
    }
    if rule.subtotal?.startsAtRoot == true { attach(subtotals(rule, of: root.element)) }
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

  private func subtotals(_ rule: TaxTotalRule, of element: ElementNode) -> [TaxSubtotal] {
    guard let path = rule.subtotal else { return [] }
    return outline.compile(path).elements(from: element, root: root.element)
      .map { subtotal($0, rule) }
  }

  private func subtotal(_ element: ElementNode, _ rule: TaxTotalRule) -> TaxSubtotal {
    TaxSubtotal(
      category: reading.text(rule.category.map(outline.compile), at: element),
      rate: reading.optionalAmount(rule.rate.map(outline.compile), at: element),
      base: reading.optionalAmount(rule.base.map(outline.compile), at: element),
      tax: reading.optionalAmount(rule.tax.map(outline.compile), at: element))
  }

  /// A total that names no currency counts as one in the currency of the document.
  private var taxInDocumentCurrency: Amount? {
    let own = totals.taxTotals.filter { $0.currency == invoice.currency.text }
    return (own.isEmpty ? totals.taxTotals.filter(\.currency.isEmpty) : own).first?.amount
  }

  private mutating func bindAllowances() throws(AmountOverflow) {
    guard let rule = dialect.allowance else { return }
    let isCharge = outline.compile(rule.isCharge)
    let amount = outline.compile(rule.amount)
    for element in outline.compile(rule.path).elements(from: document.element, root: root.element) {
      guard let value = try reading.amount(amount, "allowance or charge", at: element) else {
        continue
      }
      let mark = reading.text(isCharge, at: element)
      totals.allowances.append(.init(isCharge: mark == "true" || mark == "1", amount: value))
    }
  }

  private mutating func bindLines() throws(AmountOverflow) {
    let lines = document.lines
    for fault in lines.faults { reading.note(fault) }
    totals.lineNetSum = lines.net
    totals.worstLine = lines.worst
    invoice.lineCount = lines.count
    invoice.lineNetSum = lines.net
    invoice.items = lines.sortedItems
  }

  // MARK: What follows from the fields

  private mutating func bindKind() {
    invoice.kind = dialect.kinds[invoice.typeCode] ?? root.kind
    if dialect.negativeMeansCredit, invoice.gross?.isNegative == true { invoice.kind = .credit }
  }

  private mutating func bindMentions() {
    if let rule = dialect.references {
      let found = texts(rule.paths).flatMap { WordShape.matches(of: rule.shapes, in: $0) }
      invoice.references = Set(found).sorted()
    }
    if invoice.billingPeriod == nil, let rule = dialect.periodMentions {
      let texts = texts(rule.paths)
      invoice.billingPeriod =
        rule.shapes.lazy.compactMap { shape in
          texts.lazy.compactMap { shape.firstPeriod(in: $0) }.first
        }.first
    }
  }

  private func texts(_ paths: [ElementPath]) -> [Text] {
    paths.flatMap { outline.compile($0).texts(from: document.element, root: root.element) }
  }

  /// What the document says against itself, else what is missing, else what could not be read.
  private func refusal() -> Text {
    for rule in dialect.refusals where texts([rule.path]).contains(rule.value) {
      return rule.reason
    }
    let missing = dialect.required.filter { !has($0) && !isFaulty($0) }
    var reasons = reading.faults
    if !missing.isEmpty {
      reasons.append("missing: \(missing.map(\.rawValue).joined(separator: ", "))")
    }
    return Text(reasons.joined(separator: "; "))
  }

  private func has(_ field: InvoiceField) -> Bool {
    switch field {
    case .net: invoice.net != nil
    case .tax: invoice.tax != nil
    default: !text(field).isEmpty
    }
  }

  private func isFaulty(_ field: InvoiceField) -> Bool {
    reading.faults.contains { $0.hasPrefix("\(field.rawValue): ") }
  }
}
