import BillingModel
import ExactNumbers

/// Turns one read document into an ``Invoice`` by the table of its dialect.
struct InvoiceBinding {
  let document: DocumentDraft
  let root: RootDraft
  let dialect: Dialect
  var reading = FieldReading()
  var invoice: Invoice
  var totals = StatedTotals()

  init(_ document: DocumentDraft, _ root: RootDraft, _ blank: Invoice) {
    self.document = document
    self.root = root
    dialect = root.dialect.dialect
    invoice = blank
  }

  mutating func bind() throws(AmountOverflow) -> Invoice {
    bindNames()
    bindDates()
    try bindAmounts()
    try bindLines()
    try bindConverted()
    bindKind()
    bindMentions()
    invoice.checks = try dialect.arithmetic.checks(totals).filter { !isExempt($0.rule) }
    invoice.refusal = refusal()
    return invoice
  }

  // MARK: Fields

  func field(_ field: InvoiceField) -> CompiledField? {
    compile(dialect.fields[field], at: document.element)
  }

  /// A rule about the elements at the place of this one.
  func compile(_ rule: FieldRule?, at element: DocumentTree.Element) -> CompiledField? {
    rule.map { root.dialect.outline.compile($0, from: root.tree.place(of: element)) }
  }

  func compile(_ path: ElementPath, at element: DocumentTree.Element) -> CompiledPath {
    root.dialect.outline.compile(path, from: root.tree.place(of: element))
  }

  func text(_ name: InvoiceField) -> Text {
    root.tree.text(field(name), at: document.element)
  }

  private mutating func day(_ name: InvoiceField) -> Day? {
    reading.day(field(name), name.rawValue, at: document.element, in: root.tree)
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
    invoice.transportID = text(.transport)
    invoice.paymentAccounts = root.tree.allTexts(field(.paymentAccount), at: document.element)
      .map { Text($0.string.filter { $0 != " " }) }
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

  // MARK: What follows from the fields

  private mutating func bindKind() {
    invoice.kind = dialect.kinds[invoice.typeCode] ?? root.kind
    if dialect.negativeMeansCredit, invoice.gross?.isNegative == true { invoice.kind = .credit }
    for rule in dialect.cancellations where texts([rule.path]).contains(rule.value) {
      invoice.kind = .cancellation
      if let path = rule.takesBack { invoice.precedingInvoice = texts([path]).first ?? "" }
    }
  }

  private func isExempt(_ rule: ArithmeticRule) -> Bool {
    dialect.exemptions.contains { exemption in
      guard exemption.rules.contains(rule) else { return false }
      guard let path = exemption.path else { return true }
      return exemption.value.map { texts([path]).contains($0) } ?? isPresent(path)
    }
  }

  /// An element, whatever is in it, or an attribute that is not empty.
  private func isPresent(_ path: ElementPath) -> Bool {
    path.attribute == nil
      ? !root.tree.elements(compile(path, at: document.element), from: document.element).isEmpty
      : !texts([path]).isEmpty
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
    paths.flatMap {
      root.tree.texts(compile($0, at: document.element), from: document.element)
    }
  }

  /// What the document says against itself, else what is missing, else what could not be read.
  private func refusal() -> Text {
    for rule in dialect.refusals where texts([rule.path]).contains(rule.value) {
      return rule.reason
    }
    // What only takes back another document says its number, and may say nothing else.
    let cancels = invoice.kind == .cancellation
    let required = cancels ? [.number] : dialect.required
    let missing = required.filter { !has($0) && !isFaulty($0) }
    var reasons = cancels ? [] : reading.faults
    if !missing.isEmpty {
      reasons.append("missing: \(missing.map(\.rawValue).joined(separator: ", "))")
    }
    return Text(reasons.joined(separator: "; "))
  }

  private func has(_ field: InvoiceField) -> Bool {
    switch field {
    case .net: invoice.net != nil
    case .tax: invoice.tax != nil
    case .gross: invoice.gross != nil
    default: !text(field).isEmpty
    }
  }

  private func isFaulty(_ field: InvoiceField) -> Bool {
    reading.faults.contains { $0.hasPrefix("\(field.rawValue): ") }
  }
}
