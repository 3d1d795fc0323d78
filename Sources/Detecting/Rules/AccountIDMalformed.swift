import BillingModel
import ExactNumbers

/// Account ids do not have twelve digits.
///
/// *Formula.* By payer and currency: the payer, and accounts of charges, whose id is not twelve digits.
/// *Source.* AWS Account Management reference: an account id has twelve digits; a spreadsheet that saved the
/// file drops leading zeros, of as many ids as begin with one.
/// *False positives.* Exports whose ids were replaced on purpose.
struct AccountIDMalformed: Detector {
  static let id: RuleID = "AccountIDMalformed"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      let groups = try booking.groups { charge in
        Self.malformed(charge.key).isEmpty ? nil : charge.key.currency
      }
      judgement.findings += groups.map { currency, group in
        let charges = booking.charges.map(\.key).filter { $0.currency == currency }
        let ids = Set(charges.flatMap(Self.malformed)).sorted()
        return Self.claim(group, ids, currency).finding(
          Self.key(booking.billingAccountID, booking.billingPeriod, currency), lines: group.lines,
          selection: booking.selection(over: [.subAccountID]) {
            $0.currency == currency && !Self.malformed($0).isEmpty
          })
      }
    }
    return judgement
  }

  private static func malformed(_ key: ChargeKey) -> [Text] {
    [key.subAccountID, key.billingAccountID].filter { !$0.isEmpty && !isWellFormed($0) }
  }

  static func isWellFormed(_ id: Text) -> Bool {
    let digits = id.string.utf8
    return digits.count == 12 && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  /// As many ids as a sentence bears.
  private static let shown = 3

  private static func claim(_ group: ChargeGroup, _ ids: [Text], _ currency: CurrencyCode) -> Claim
  {
    let money = Phrase.money(group.cost, currency)
    let names = ids.prefix(shown).map(\.string)
    let isWhole = names.count == ids.count
    let count = Phrase.count(ids.count, "account id")
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: group.gross,
      actual: ids.map(\.string).joined(separator: "; "), expected: "12 digits",
      explanation: Words(
        "\(count) \(ids.count == 1 ? "does" : "do") not have 12 digits, \(isWhole ? "" : "such as ")"
          + "\(Phrase.list(names)); \(Phrase.count(group.lines, "line item")), \(money), "
          + "\(Phrase.verb(group.lines, "stand")) under \(ids.count == 1 ? "it" : "them").",
        zh:
          "\(ids.count) 个账号不是 12 位数字（\(isWhole ? "" : "例如")\(Phrase.chineseList(names))），其下有 \(group.lines) 条明细，共 \(money)。"
      ),
      recommendation: Words(
        "Deliver the export as AWS wrote it: a spreadsheet may have dropped leading zeros.",
        zh: "请重新提交 AWS 生成的原始文件：电子表格可能丢失了前导零。"),
      confidence: .proof, leastSeverity: .low)
  }
}
