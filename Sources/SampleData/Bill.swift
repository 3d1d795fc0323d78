import BillingModel
import ExactNumbers

/// A payer's month, row by row.
struct Bill {
  var payer: Payer
  var period: BillingPeriod
  var rows: [LineItem]

  /// The rows that AWS writes day by day: usage, commitments and the monthly credit. What closes the
  /// month (support, tax) comes with ``close()``.
  ///
  /// - Parameter days: How much of the month has passed; nil for all of it.
  init(_ payer: Payer, _ period: BillingPeriod, days: Int? = nil) throws(AmountOverflow) {
    self.payer = payer
    self.period = period
    self.rows = []
    rows.append(try reservationFee())
    if payer.currency == "USD" { rows.append(migrationCredit) }
    for number in 0..<(days ?? period.dayCount) {
      let day = period.firstDay.advanced(by: number)
      for stream in payer.streams { rows.append(try row(of: stream, on: day)) }
      rows += try commitmentRows(on: day)
    }
  }

  var month: Range<Day> { period.firstDay..<period.end }

  private func dayRange(_ day: Day) -> Range<Day> { day..<day.advanced(by: 1) }

  /// A row that all others are variations of.
  func blank(
    _ stream: String, _ seller: Seller, _ account: String, _ product: Product, usageType: String,
    on day: Day
  ) -> LineItem {
    LineItem(
      stream: stream, interval: dayRange(day), usageDates: dayRange(day), seller: seller,
      billingEntity: seller.billingEntity, invoiceID: "", account: account, product: product,
      usageType: usageType, description: "", usage: .zero, cost: .zero, currency: payer.currency,
      pricingCurrency: payer.currency)
  }

  /// A row for the whole month without usage: a credit, a discount, a fee, a tax.
  func monthly(
    _ type: String, _ stream: String, _ seller: Seller, _ account: String, _ product: Product,
    usageType: String, _ cost: Amount, _ description: String
  ) -> LineItem {
    var row = blank(stream, seller, account, product, usageType: usageType, on: period.firstDay)
    row.type = type
    row.usageDates = month
    row.description = description
    row.cost = cost
    return row
  }

  func row(of stream: UsageStream, on day: Day) throws(AmountOverflow) -> LineItem {
    var row = blank(
      stream.name, stream.seller, stream.account, stream.product, usageType: stream.usageType,
      on: day)
    row.operation = stream.operation
    row.region = stream.region
    row.zone = stream.zone
    row.resource = stream.resource
    row.unit = stream.unit
    row.description = price(stream.rate) + " " + stream.wording
    row.rate = stream.rate
    row.publicRate = stream.rate
    row.tags = payer.account(stream.account).map { TagSpelling.tags(of: $0, stream.name) } ?? []
    try row.use(stream.usage(on: day))
    return row
  }

  func price(_ rate: Amount) -> String {
    payer.currency == "CNY" ? "CNY \(rate)" : "$\(rate)"
  }

  // MARK: Commitments and credits

  private func commitmentRows(on day: Day) throws(AmountOverflow) -> [LineItem] {
    var rows = [try reservedUsage(on: day)]
    guard let plan = payer.commitments.savingsPlan else { return rows }
    for covered in plan.covered {
      let usage = try coveredUsage(plan, covered.instanceType, covered.rate, on: day)
      rows += [usage, negation(of: usage, plan)]
    }
    rows.append(try planFee(plan, on: day))
    return rows
  }

  private func reservedUsage(on day: Day) throws(AmountOverflow) -> LineItem {
    let reservation = payer.commitments.reservation
    var row = blank(
      "reserved \(reservation.arn)", reservation.seller, reservation.account, .ec2,
      usageType: reservation.region.prefix + "BoxUsage:" + reservation.instanceType, on: day)
    row.type = "DiscountedUsage"
    row.operation = "RunInstances"
    row.region = reservation.region.id
    row.zone = reservation.region.id + reservation.region.zone
    row.resource = "i-" + Streams.hex(17, "reserved \(reservation.account)")
    row.unit = "Hrs"
    row.description = "Linux/UNIX, \(reservation.instanceType) reserved instance applied"
    row.rate = .zero
    row.publicRate = reservation.publicRate
    row.reservationARN = reservation.arn
    row.effectiveCost = try reservation.hourly.multiplied(by: "24")
    row.tags =
      payer.account(reservation.account).map { TagSpelling.tags(of: $0, row.stream) } ?? []
    try row.use("24")
    return row
  }

  private func reservationFee() throws(AmountOverflow) -> LineItem {
    let reservation = payer.commitments.reservation
    var row = blank(
      "reservation fee \(reservation.arn)", reservation.seller, reservation.account, .ec2,
      usageType: reservation.region.prefix + "HeavyUsage:" + reservation.instanceType,
      on: period.firstDay)
    row.type = "RIFee"
    row.usageDates = month
    row.operation = "RunInstances"
    row.region = reservation.region.id
    row.unit = "Hrs"
    row.description =
      "\(price(reservation.hourly)) hourly fee per Linux/UNIX, \(reservation.instanceType) instance"
    row.rate = reservation.hourly
    row.reservationARN = reservation.arn
    row.effectiveCost = .zero
    try row.use(Amount(period.hourCount))
    return row
  }

  private func coveredUsage(
    _ plan: Commitments.SavingsPlan, _ instanceType: String, _ rate: Amount, on day: Day
  ) throws(AmountOverflow) -> LineItem {
    var row = blank(
      "covered \(plan.arn) \(instanceType)", plan.seller, plan.account, .ec2,
      usageType: plan.region.prefix + "BoxUsage:" + instanceType, on: day)
    row.type = "SavingsPlanCoveredUsage"
    row.operation = "RunInstances"
    row.region = plan.region.id
    row.zone = plan.region.id + plan.region.zone
    row.resource = "i-" + Streams.hex(17, row.stream)
    row.unit = "Hrs"
    row.description = "\(price(rate)) per On Demand Linux \(instanceType) Instance Hour"
    row.rate = rate
    row.publicRate = rate
    row.savingsPlanARN = plan.arn
    row.tags = payer.account(plan.account).map { TagSpelling.tags(of: $0, row.stream) } ?? []
    try row.use("24")
    row.effectiveCost = try row.cost.multiplied(by: "0.46")
    return row
  }

  private func negation(of usage: LineItem, _ plan: Commitments.SavingsPlan) -> LineItem {
    var row = usage
    row.stream = "negated " + usage.stream
    row.type = "SavingsPlanNegation"
    row.resource = ""
    row.description = "SavingsPlanNegation used by AccountId : \(plan.account)"
    row.rate = nil
    row.publicRate = nil
    row.cost = -usage.cost
    row.effectiveCost = .zero
    row.tags = []
    return row
  }

  private func planFee(
    _ plan: Commitments.SavingsPlan, on day: Day
  ) throws(AmountOverflow) -> LineItem {
    var row = blank(
      "fee \(plan.arn)", plan.seller, plan.account, .savingsPlans,
      usageType: "ComputeSP:1yrNoUpfront",
      on: day)
    row.type = "SavingsPlanRecurringFee"
    row.unit = "Hrs"
    row.description = "1 year No Upfront Compute Savings Plan"
    row.rate = plan.hourly
    row.savingsPlanARN = plan.arn
    row.effectiveCost = .zero
    try row.use("24")
    return row
  }

  private var migrationCredit: LineItem {
    var row = monthly(
      "Credit", "migration credit", .inc, "200000000008", .ec2, usageType: "BoxUsage:r5.2xlarge",
      "-25", "Migration Acceleration Program credit MAP-000417")
    row.operation = "RunInstances"
    return row
  }
}
