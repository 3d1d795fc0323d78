import BillingModel
import ExactNumbers

/// How full a version is, to tell whether it may replace another without a person's word.
struct Fullness {
  private let groups: Set<[Text]>
  private let lastDay: Day?
  private let cost: CurrencyTotals

  init(_ contents: ExportContents) throws(AmountOverflow) {
    groups = Set(
      contents.charges.map {
        [
          $0.key.subAccountID, $0.key.serviceName, $0.key.chargeType.text, $0.key.currency.text,
          Text($0.key.day?.description ?? ""),
        ]
      })
    lastDay = contents.charges.compactMap(\.key.day).max()
    var cost = CurrencyTotals()
    for charge in contents.charges { try cost.add(charge.billedCost, charge.key.currency) }
    self.cost = cost
  }

  /// What the other version holds and this one does not, in words; nil if nothing.
  func lacks(of other: Fullness) -> String? {
    if let theirs = other.lastDay, lastDay.map({ $0 < theirs }) ?? true {
      return "the booked version goes on to \(theirs)"
    }
    for money in other.cost.sorted where money.amount > cost[money.currency] {
      return "the booked version holds \(money.currency) \(money.amount), "
        + "this one \(cost[money.currency])"
    }
    let missing = other.groups.subtracting(groups)
    if let first = missing.min(by: { $0.lexicographicallyPrecedes($1) }) {
      return "the booked version has rows of account \(first[0]), \(first[1]), \(first[2]) on "
        + "\(first[4]) which this one has not"
    }
    return nil
  }
}
