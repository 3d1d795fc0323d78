import BillingLedger
import BillingModel
import ExactNumbers
import TestSupport

/// Bookings that use every part of the model, the same for the same seed.
struct RandomBooking {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func booking(rows: Int) throws -> Booking {
    var contents = ExportContents()
    contents.files = try (0..<2).map { _ in try tally() }
    contents.charges = try (0..<rows).map { _ in try charge() }
    contents.allocations = try (0..<rows).map { _ in try allocation() }
    contents.prices = try (0..<rows).map { _ in try price() }
    contents.suspects = try (0..<5).map { _ in try suspect() }
    contents.rejects = try (0..<5).map { _ in try reject() }
    contents.unchecked = [UncheckedScreen(rule: RuleID(text()), reason: text())]
    contents.screens = [CarriedScreen(rule: RuleID(text()), form: text(), shape: text())]
    var booking = Booking(
      delivery: .random(in: 1...99, using: &generator), exportName: text(),
      format: pick(ExportFormat.allCases), billingAccountID: text(), billingPeriod: month(),
      version: text(), versionDay: someDay(), contents: contents)
    booking.contents.usage = try (0..<5).map { _ in
      try usage(booking.billingAccountID, booking.billingPeriod)
    }
    return booking
  }

  private mutating func usage(_ payer: Text, _ period: BillingPeriod) throws -> UsageSummary {
    let key = UsageSeries.Key(
      billingAccountID: payer, currency: currency(), subAccountID: text(), serviceName: text(),
      regionID: text(), usageType: text(), unit: text())
    let days = try (0..<4).map { _ in
      UsageSeries.DayUsage(
        day: someDay(), billedCost: try amount(),
        quantity: pick([true, false]) ? try amount() : nil,
        lineItems: count())
    }
    return UsageSummary(billingPeriod: period, series: UsageSeries(key: key, days: days))
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values.randomElement(using: &generator)!
  }

  private mutating func text() -> Text { pick(hostileTexts) }
  private mutating func currency() -> CurrencyCode { pick(["USD", "CNY", ""]) }
  private mutating func count() -> Int { .random(in: 0...1_000_000, using: &generator) }
  private mutating func month() -> BillingPeriod {
    BillingPeriod(
      year: .random(in: 1...9999, using: &generator), month: .random(in: 1...12, using: &generator))!
  }
  private mutating func someDay() -> Day {
    Day(number: .random(in: -100_000...100_000, using: &generator))
  }

  /// Of every size, up to all 38 digits.
  private mutating func amount() throws -> Amount {
    let largest: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999
    let bound = pick([0, 1, 1_000, 1_000_000_000_000_000_000, largest])
    return try Amount(units: Int128.random(in: -bound...bound, using: &generator))
  }

  private mutating func sums() throws -> CostSums {
    CostSums(
      unblended: try amount(), netUnblended: try amount(), netRows: count(), lineItems: count())
  }

  private mutating func price() throws -> PriceSummary {
    PriceSummary(
      billingAccountID: text(), billingPeriod: month(), currency: currency(),
      chargeType: ChargeType(text()), subAccountID: text(), serviceName: text(),
      productCode: text(), usageType: text(), regionID: text(), pricingUnit: text(),
      skuID: text(), rate: pick([true, false]) ? try amount() : nil, sums: try sums())
  }

  private mutating func charge() throws -> ChargeSummary {
    let key = ChargeKey(
      billingAccountID: text(), billingPeriod: month(), invoiceID: text(), invoiceIssuer: text(),
      billingEntity: text(), legalEntity: text(), billType: text(), chargeType: ChargeType(text()),
      currency: currency(), subAccountID: text(), subAccountName: text(), serviceName: text(),
      productCode: text(), isDataTransfer: pick([true, false]),
      day: pick([true, false]) ? someDay() : nil)
    return ChargeSummary(key: key, sums: try sums(), billedCost: try amount())
  }

  private mutating func allocation() throws -> AllocationSummary {
    let tags = TagSet((0..<3).map { _ in Tag(text(), text()) })
    var allocation = AllocationSummary(
      billingAccountID: text(), billingPeriod: month(), invoiceID: text(), currency: currency(),
      chargeType: ChargeType(text()), subAccountID: text(), serviceName: text(), tags: tags,
      sums: try sums(), billedCost: try amount())
    allocation.days = pick([
      nil, DaysOfMonth(), DaysOfMonth(1...31), DaysOfMonth(bits: UInt32(count() % 1000)),
    ])
    return allocation
  }

  private mutating func suspect() throws -> SuspectGroup {
    var key: [Field: Text] = [:]
    for _ in 0..<3 { key[pick(Field.allCases)] = text() }
    return SuspectGroup(
      rule: RuleID(text()), billingAccountID: text(), billingPeriod: month(), currency: currency(),
      key: key, rows: count(), groups: count(), measures: [try amount(), try amount()],
      first: [
        EvidenceRow(place: Place(file: text(), record: count()), fields: [.usageType: text()])
      ])
  }

  private mutating func reject() throws -> Reject {
    Reject(
      file: text(), record: count(), column: text(), code: text(), message: text(), raw: text(),
      cost: pick([true, false]) ? try amount() : nil,
      currency: pick([true, false]) ? currency() : nil)
  }

  private mutating func tally() throws -> FileTally {
    var tally = FileTally(file: text(), sha256: text(), format: pick(ExportFormat.allCases))
    tally.read.rows = count()
    try tally.read.cost.add(try amount(), "USD")
    try tally.kept.cost.add(try amount(), "CNY")
    tally.rejectedWithoutCost = count()
    tally.roundedNumbers = count()
    tally.latestUsageStart = pick([true, false]) ? Moment(seconds: count()) : nil
    tally.notes = [text(), text()]
    return tally
  }
}
