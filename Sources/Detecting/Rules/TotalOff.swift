import BillingModel
import ExactNumbers

/// An invoice and its charges do not agree, and no reason explains the difference.
///
/// *Formula.* A match that is `Discrepant` with an unexplained amount other than 0, or whose document is in
/// another currency and says nothing in that of the charges; or `NotProved`, where rejected rows had no
/// readable cost, so that no sum can be trusted.
/// *Source.* FOCUS: the cost of an invoice id must equal that invoice.
/// *False positives.* Rounding lies within the tolerance of the match, and what a named reason
/// explains is not counted. The difference is put down to another finding where that one is about
/// exactly the same amount.
struct TotalOff: Detector {
  static let id: RuleID = "TotalOff"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      switch match.result {
      case .discrepant where !match.unconverted.isEmpty: Self.notCompared(match)
      case .discrepant where !match.unexplained.isZero: Self.discrepant(match)
      case .notProved: Self.notProved(match)
      default: nil
      }
    }
  }

  private static func discrepant(_ match: Match) -> Claim {
    let off = match.unexplained
    let difference = Phrase.money(off.magnitude, match.currency)
    let hints = match.explained.filter { $0.amount.isZero }.map(\.reason.rawValue)
    let hint =
      hints.isEmpty
      ? Words("", zh: "")
      : Words(" (see \(Phrase.list(hints)))", zh: "（参见\(Phrase.chineseList(hints))）")
    let (invoiced, charged) = (
      money(match.invoicedTotal, match.currency), money(match.chargedTotal, match.currency)
    )
    return Claim(
      impact: off, actual: shown(match.invoicedTotal).english.string,
      expected: shown(match.chargedTotal).english.string,
      explanation: Words(
        "\(match.invoices.sentence.english) \(match.state) \(invoiced.english), its charges "
          + "add up to \(charged.english): \(difference) \(off.isNegative ? "less" : "more") than "
          + "charged is unexplained\(hint.english).",
        zh:
          "\(match.invoices.chinese)列示\(invoiced.chinese)，其明细合计\(charged.chinese)，"
          + "比明细\(off.isNegative ? "少" : "多") \(difference)，无法解释\(hint.chinese)。"),
      recommendation: Words(
        "Follow the difference through reconciliation-items.csv to the level where it first appears, and ask "
          + "\(match.seller.english) to account for \(difference).",
        zh: "请在 reconciliation-items.csv 中逐层查到差额最先出现的层级，并要求\(match.seller.chinese)说明 \(difference)。"
      ),
      confidence: .strong, leastSeverity: .low)
  }

  private static func notCompared(_ match: Match) -> Claim {
    let amounts = match.unconverted.map { Phrase.money($0.amount, $0.currency) }
    let stated = Phrase.list(amounts)
    let charged = match.chargedTotal ?? .zero
    let total = Phrase.money(charged, match.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: charged, actual: stated,
      expected: "a total in \(match.currency)",
      explanation: Words(
        "\(match.invoices.sentence.english) \(match.state) \(stated), its charges add up to \(total): the two "
          + "cannot be compared, since no total in \(match.currency) is stated.",
        zh:
          "\(match.invoices.chinese)列示\(Phrase.chineseList(amounts))，其明细合计 \(total)，因没有列示 \(match.currency) 总额，两者"
          + "无法比较。"),
      recommendation: Words(
        "Ask \(match.seller.english) for the total in \(match.currency) or for the exchange rate.",
        zh: "请向\(match.seller.chinese)索取以 \(match.currency) 计的总额或汇率。"),
      confidence: .hint, leastSeverity: .low)
  }

  private static func notProved(_ match: Match) -> Claim {
    let open = Phrase.money(match.difference.magnitude, match.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: match.difference,
      actual: shown(match.invoicedTotal).english.string,
      expected: shown(match.chargedTotal).english.string,
      explanation: Words(
        "\(match.invoices.sentence.english) cannot be proved: rows of its payer were rejected whose cost "
          + "cannot be read; \(open) is open.",
        zh: "\(match.invoices.chinese)无法证明：其付款账号有费用无法读取的行被拒绝，\(open) 尚待核对。"),
      recommendation: Words(
        "Have the export delivered again, or correct the rows in rejects.csv.",
        zh: "请要求重新投递导出，或更正 rejects.csv 所列的行。"),
      confidence: .proof, leastSeverity: .medium)
  }

  /// To the last digit: the two differ by less than a sentence would round.
  private static func money(_ amount: Amount?, _ currency: CurrencyCode) -> Words {
    Phrase.name(
      amount.map { Text("\(currency) \($0)") }, or: Words("nothing", zh: "空白"))
  }

  private static func shown(_ amount: Amount?) -> Words {
    Phrase.name(amount.map { Text($0.description) }, or: Words("nothing", zh: "空白"))
  }
}
