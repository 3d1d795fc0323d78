import BillingModel
import ExactNumbers

/// An account id does not have twelve digits.
///
/// *Formula.* A payer or an account of a charge whose id is not twelve digits.
/// *Source.* AWS Account Management reference: an account id has twelve digits; a spreadsheet that saved the
/// file drops leading zeros.
/// *False positives.* Exports whose ids were replaced on purpose.
struct AccountIDMalformed: Detector {
  static let id: RuleID = "AccountIDMalformed"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var account: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      let groups = try booking.groups { charge in
        Self.malformed(charge.key).map { Place(currency: charge.key.currency, account: $0) }
      }
      judgement.findings += groups.map { place, group in
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.subAccountID = place.account
        return Self.claim(group, place).finding(
          key, lines: group.lines,
          selection: booking.selection(over: [.subAccountID]) {
            $0.currency == place.currency && Self.malformed($0) == place.account
          })
      }
    }
    return judgement
  }

  private static func malformed(_ key: ChargeKey) -> Text? {
    [key.subAccountID, key.billingAccountID].first { !$0.isEmpty && !isWellFormed($0) }
  }

  static func isWellFormed(_ id: Text) -> Bool {
    let digits = id.string.utf8
    return digits.count == 12 && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  private static func claim(_ group: ChargeGroup, _ place: Place) -> Claim {
    let money = Phrase.money(group.cost, place.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: group.gross, actual: place.account.string,
      expected: "12 digits",
      explanation: Words(
        "Account id \(place.account) does not have 12 digits; "
          + "\(Phrase.count(group.lines, "line item")), \(money), \(Phrase.verb(group.lines, "stand")) "
          + "under it.",
        zh: "账号 \(place.account) 不是 12 位数字，其下有 \(group.lines) 条明细，共 \(money)。"),
      recommendation: Words(
        "Deliver the export as AWS wrote it: a spreadsheet may have dropped leading zeros.",
        zh: "请重新提交 AWS 生成的原始文件：电子表格可能丢失了前导零。"),
      confidence: .proof, leastSeverity: .low)
  }
}
