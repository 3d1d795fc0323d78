import BillingModel
import ExactNumbers

/// One SKU is metered in two units.
///
/// *Formula.* `Usage` of one SKU and usage type whose pricing unit is not one in this month, or is another than
/// the only one of the month before; at stake is the cost in all units but the dearest of the month.
/// *Source.* AWS CUR user guide, `pricing/unit`: a SKU has one unit (GB is not GB-Mo).
/// *False positives.* None known. Rows without a unit or a SKU say nothing.
struct UnitMismatch: Detector {
  static let id: RuleID = "UnitMismatch"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try Self.judgePrices(of: facts.bookings, needing: .skuID) { (booking) throws(AmountOverflow) in
      var judgement = Judgement()
      let before = try facts.previous(of: booking).map(Self.units) ?? [:]
      for (thing, units) in try Self.units(booking).sorted(by: { $0.key < $1.key }) {
        let past = before[thing].flatMap { $0.count == 1 ? $0.keys.first : nil }
        let expected = past ?? Self.main(units)
        let others = units.filter { $0.key != expected }
        guard !others.isEmpty else { continue }
        judgement.findings.append(
          try Self.finding(thing, others, expected, booking))
      }
      return judgement
    }
  }

  private static func units(
    _ booking: Booking
  ) throws(AmountOverflow) -> [PricedThing: [Text: ChargeGroup]] {
    var result: [PricedThing: [Text: ChargeGroup]] = [:]
    for price in booking.prices where price.chargeType == "Usage" && !price.pricingUnit.isEmpty {
      guard let thing = PricedThing(price) else { continue }
      var group = result[thing]?[price.pricingUnit] ?? ChargeGroup()
      try group.add(price)
      result[thing, default: [:]][price.pricingUnit] = group
    }
    return result
  }

  /// The unit of the most money; of equals, the first by bytes.
  private static func main(_ units: [Text: ChargeGroup]) -> Text {
    units.max { ($0.value.gross, $1.key) < ($1.value.gross, $0.key) }?.key ?? ""
  }

  private static func finding(
    _ thing: PricedThing, _ others: [Text: ChargeGroup], _ expected: Text, _ booking: Booking
  ) throws(AmountOverflow) -> Finding {
    let cost = try Amount.sum(others.values.map(\.gross))
    let money = Phrase.money(cost, thing.currency)
    let names = others.keys.sorted().map(\.string)
    let lines = others.values.reduce(0) { $0 + $1.lines }
    let count = Phrase.count(lines, "line item")
    return Claim(
      impact: .zero, atStake: cost, actual: Phrase.list(names), expected: expected.string,
      explanation: Words(
        "\(count) of \(thing.usageType), \(money), \(lines == 1 ? "is" : "are") metered in "
          + "\(Phrase.list(names)) where the SKU's unit is \(expected).",
        zh:
          "\(thing.usageType) 有 \(lines) 条明细（\(money)）以 \(Phrase.chineseList(names)) 计量，而该 SKU 的"
          + "单位是 \(expected)。"),
      recommendation: Words(
        "Ask AWS in which unit the usage was metered and whether the rate is of that unit.",
        zh: "请向 AWS 确认该用量的计量单位，以及单价是否按该单位。"),
      confidence: .strong, leastSeverity: .low
    ).finding(
      key(thing, booking), lines: lines,
      selection: thing.selection(others.keys.map { [.pricingUnit: $0] }))
  }
}
