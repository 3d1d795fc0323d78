import BillingModel
import ExactNumbers

/// `arithmetic.csv`: the sums of a claim, which anyone can do again.
struct DisputeArithmetic {
  /// Products and costs are stated to different numbers of digits: what differs by less than this is the
  /// rounding of the last one, and no difference.
  private static let noise: Amount = {
    do { return try Amount(units: 100_000_000) } catch { preconditionFailure("10⁻¹⁰ is in range") }
  }()

  private let pack: DisputePack
  private var writer: CSVWriter

  static func document(
    _ name: String, _ pack: DisputePack, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    var arithmetic = DisputeArithmetic(pack, options)
    if pack.documents.isEmpty {
      try arithmetic.addLines()
    } else {
      for invoice in pack.documents { try arithmetic.add(invoice) }
    }
    arithmetic.addClaim()
    return Document(
      name: Text(name), bytes: arithmetic.writer.bytes, rows: arithmetic.writer.rows)
  }

  private init(_ pack: DisputePack, _ options: ReportOptions) {
    self.pack = pack
    writer = CSVWriter(
      columns: ["Item", "Place", "Quantity", "Rate", "QuantityTimesRate", "Cost", "Difference"],
      for: .spreadsheet, byteOrderMark: options.byteOrderMark)
  }

  private mutating func add(
    _ item: String, _ place: Place? = nil, quantity: Amount? = nil, rate: Amount? = nil,
    cost: Amount?
  ) throws(AmountOverflow) {
    var product: Amount?
    if let quantity, let rate { product = try quantity.multiplied(by: rate) }
    var difference: Amount?
    if let product, let cost { difference = try cost - product }
    if let found = difference, found.magnitude < Self.noise { difference = .zero }
    append(item, place, quantity, rate, product, cost, difference)
  }

  private mutating func append(
    _ item: String, _ place: Place?, _ quantity: Amount?, _ rate: Amount?, _ product: Amount?,
    _ cost: Amount?, _ difference: Amount?
  ) {
    let shown = place.map { "\($0.file.string.prefix(12))#\($0.record)" } ?? ""
    writer.append([
      .text(Text(item)), .text(Text(shown)), .amount(quantity), .amount(rate), .amount(product),
      .amount(cost), .amount(difference),
    ])
  }

  // MARK: Line items

  private mutating func addLines() throws(AmountOverflow) {
    let reading = LineReading(pack.columns)
    var sum = Amount.zero
    for line in pack.lines {
      let cost = reading.cost(line)
      try add(
        "line", line.place, quantity: reading.quantity(line), rate: reading.rate(line), cost: cost)
      if let cost { try sum += cost }
    }
    try add("sum of lines", cost: pack.lines.isEmpty ? nil : sum)
    addRule()
  }

  /// From the lines to the claim: what the rule holds against each other, and what it makes of it. A rate that
  /// was agreed, a month before or a fee by tiers stands in no line.
  private mutating func addRule() {
    let finding = pack.reported.finding
    let sides = DisputeSides(finding)
    let billed = sides?.billed.english.string ?? finding.actual.string
    let right = sides?.right.english.string ?? finding.expected.string
    append(
      "by the rule \(finding.key.rule): billed \(billed), right \(right)", nil, nil, nil, nil, nil,
      finding.impact)
  }

  // MARK: Documents

  /// The document's own figures, and both sides of the rules that it breaks.
  private mutating func add(_ invoice: Invoice) throws(AmountOverflow) {
    let figures: [(String, Amount?)] = [
      ("Net", invoice.net), ("Tax", invoice.tax), ("Gross", invoice.gross),
      ("Prepaid", invoice.prepaid), ("Rounding", invoice.rounding),
      ("Payable", invoice.payable), ("LineNetSum", invoice.lineNetSum),
      ("AllowanceTotal", invoice.allowanceTotal), ("ChargeTotal", invoice.chargeTotal),
    ]
    for (name, amount) in figures where amount != nil {
      try add("document \(name)", invoice.place, cost: amount)
    }
    for check in invoice.checks where !check.holds {
      let name = check.rule.rawValue + (check.subject.map { " (\($0))" } ?? "")
      try add("\(name) computed", invoice.place, cost: check.computed)
      let off = try (check.stated ?? .zero) - (check.computed ?? .zero)
      append("\(name) stated", invoice.place, nil, nil, nil, check.stated, off)
    }
    for amounts in [invoice.inPaymentCurrency, invoice.inTaxCurrency] {
      guard let amounts, amounts.currency != invoice.currency else { continue }
      let sides = [
        ("Net", invoice.net, amounts.net), ("Tax", invoice.tax, amounts.tax),
        ("Gross", invoice.gross, amounts.gross),
      ]
      for (name, own, stated) in sides where stated != nil {
        try add(
          "document \(name) in \(amounts.currency)", invoice.place, quantity: own,
          rate: amounts.exchangeRate, cost: stated)
      }
    }
  }

  // MARK: The claim

  private mutating func addClaim() {
    let dispute = pack.dispute
    var amounts = [("claimed", dispute.claimed)]
    if dispute.asked != dispute.claimed {
      amounts.append(("asked, as it can be paid", dispute.asked))
    }
    amounts += [("recovered", dispute.recovered), ("left", dispute.left)]
    if !dispute.surplus.isZero { amounts.append(("recovered too much", dispute.surplus)) }
    for (item, amount) in amounts { append(item, nil, nil, nil, nil, amount, nil) }
  }
}
