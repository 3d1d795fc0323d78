import BillingModel
import ExactNumbers

/// Charges of an account that is not in the organization's list, or of a payer that is not ours.
///
/// *Formula.* `SubAccountId` is not in the account list; or it is the payer itself, and neither the
/// list nor the contract's payers name it.
/// *Source.* The account list (`aws organizations list-accounts`, or `accounts.csv`).
/// *False positives.* An account that left in mid-month, hence a lower confidence. Without a list the
/// rule is not checked.
struct UnknownAccount: Detector {
  static let id: RuleID = "UnknownAccount"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var account: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    guard !facts.accounts.isEmpty else {
      judgement.unchecked = [Self.unchecked("no list of accounts is given")]
      return judgement
    }
    for booking in facts.bookings {
      let groups = try booking.groups { charge in
        Self.isKnown(charge.key, facts)
          ? nil : Place(currency: charge.key.currency, account: charge.key.subAccountID)
      }
      judgement.findings += groups.map { place, group in
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.subAccountID = place.account
        var finding = Self.claim(group, place).finding(
          key, lines: group.lines, selection: Selection([[.subAccountID: place.account]]))
        // No list can hold such an id: that it is none says it all.
        if !AccountIDMalformed.isWellFormed(place.account) {
          finding.causedBy = AccountIDMalformed.key(
            booking.billingAccountID, booking.billingPeriod, place.currency)
        }
        return finding
      }
    }
    return judgement
  }

  private static func isKnown(_ key: ChargeKey, _ facts: PeriodFacts) -> Bool {
    if key.subAccountID.isEmpty || facts.accounts[key.subAccountID] != nil { return true }
    guard key.subAccountID == key.billingAccountID else { return false }
    // Lists often hold members only: a payer that the contract names, or cannot name, is known.
    return facts.contract.payers?.contains { $0.billingAccountID == key.billingAccountID } ?? true
  }

  private static func claim(_ group: ChargeGroup, _ place: Place) -> Claim {
    let cost = Phrase.money(group.cost, place.currency)
    return Claim(
      impact: group.cost, atStake: group.gross, actual: place.account.string,
      expected: "an account of the list",
      explanation: Words(
        "Account \(place.account), which is not in the list of accounts, has "
          + "\(Phrase.count(group.lines, "line item")) that "
          + "\(Phrase.verb(group.lines, "come")) to \(cost).",
        zh: "账号 \(place.account) 不在账号表中，却有 \(group.lines) 条明细，共 \(cost)。"),
      recommendation: Words(
        "Update the list if the account is yours; else ask AWS why it is on this bill and claim \(cost).",
        zh: "如果是自己的账号，请更新账号表；否则请向 AWS 询问它为何出现在账单上，并追索 \(cost)。"),
      confidence: .likely, leastSeverity: .low)
  }
}
