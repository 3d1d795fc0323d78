import BillingModel
import ExactNumbers

/// Cuts what one delivery holds into one part for each payer and billing period: what is booked.
enum BookingSplit {
  struct Part: Hashable {
    var billingAccountID: Text
    var billingPeriod: BillingPeriod
  }

  /// The parts in the order of payer and period. Rejected rows have no period that could be trusted;
  /// they go with the part that holds the most line items, so that they are reported once.
  static func parts(of contents: ExportContents) -> [(part: Part, contents: ExportContents)] {
    var parts: [Part: ExportContents] = [:]
    var lineItems: [Part: Int] = [:]
    for charge in contents.charges {
      let part = Part(
        billingAccountID: charge.key.billingAccountID, billingPeriod: charge.key.billingPeriod)
      parts[part, default: ExportContents()].charges.append(charge)
      lineItems[part, default: 0] += charge.sums.lineItems
    }
    for allocation in contents.allocations {
      let part = Part(
        billingAccountID: allocation.billingAccountID, billingPeriod: allocation.billingPeriod)
      parts[part, default: ExportContents()].allocations.append(allocation)
    }
    for suspect in contents.suspects {
      let part = Part(
        billingAccountID: suspect.billingAccountID, billingPeriod: suspect.billingPeriod)
      parts[part, default: ExportContents()].suspects.append(suspect)
    }
    let sorted = parts.keys.sorted {
      ($0.billingAccountID, $0.billingPeriod) < ($1.billingAccountID, $1.billingPeriod)
    }
    let main = sorted.max { (lineItems[$0] ?? 0) < (lineItems[$1] ?? 0) }
    return sorted.map { part in
      var piece = parts[part] ?? ExportContents()
      piece.unchecked = contents.unchecked
      if part == main {
        piece.files = contents.files
        piece.rejects = contents.rejects
      }
      return (part, piece)
    }
  }
}

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
