import BillingModel
import ExactNumbers

/// Less of an account's usage says a dimension by its tags than the company asks for.
///
/// *Formula.* By account and dimension: Σ |cost| of usage with a value by tag, alias or mapped value ÷ Σ |cost|
/// of usage < the contract's share; at stake is the cost without one.
/// *Source.* The contract (`requiredTags`); FinOps Framework, *Allocation*.
/// *False positives.* Tax, credits and fees, which nobody can tag, are left out. What the account list says of
/// an account allocates its cost and tags nothing.
struct TagMissing: Detector {
  static let id: RuleID = "TagMissing"

  private struct Group: Hashable {
    var payer: Text
    var currency: CurrencyCode
    var account: Text
    var dimension: Dimension
  }

  private struct Sums {
    /// What is asked for.
    var share = Amount.zero
    var all = Amount.zero
    var silent = Amount.zero
    var lines = 0
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let required = facts.requiredTags else { return .unchecked(Self.noTagsRequired) }
    var groups: [Group: Sums] = [:]
    for (use, share) in required {
      let group = Group(
        payer: use.billingAccountID, currency: use.currency, account: use.subAccountID,
        dimension: use.dimension)
      groups[group, default: Sums()].share = share
      try groups[group, default: Sums()].all += use.gross
      guard use.value.isEmpty else { continue }
      try groups[group, default: Sums()].silent += use.gross
      groups[group, default: Sums()].lines += use.lineItems
    }
    var judgement = Judgement()
    for (group, sums) in groups {
      let said = try sums.all - sums.silent
      guard !sums.silent.isZero, said < (try sums.all.multiplied(by: sums.share)) else { continue }
      var key = Self.key(group.payer, facts.billingPeriod, group.currency)
      key.subAccountID = group.account
      key.detail = Text(group.dimension.rawValue)
      judgement.findings.append(
        try Self.claim(group, sums, said).finding(key, lines: sums.lines))
    }
    return judgement
  }

  private static func claim(
    _ group: Group, _ sums: Sums, _ said: Amount
  ) throws(AmountOverflow) -> Claim {
    let money = Phrase.money(sums.silent, group.currency)
    let reached = try percent(said.divided(by: sums.all))
    let wanted = try percent(sums.share)
    let dimension = group.dimension.rawValue
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: sums.silent, actual: "\(reached) %",
      expected: "\(wanted) %",
      explanation: Words(
        "Tags say the \(dimension) of \(reached) % of the usage of account \(group.account), where \(wanted) % "
          + "are asked for; \(money) have none.",
        zh:
          "账号 \(group.account) 的用量费用中有 \(reached) % 由标签标明 \(dimension)，要求为 \(wanted) %；\(money) 没有标明。"
      ),
      recommendation: Words(
        "Have the account's owner tag its resources with \(dimension), the dearest first.",
        zh: "请账号负责人为资源补上 \(dimension) 标签，先从费用最高的资源开始。"),
      confidence: .strong, mostSeverity: .medium)
  }

  /// With two decimals.
  private static func percent(_ part: Amount) throws(AmountOverflow) -> Amount {
    try part.multiplied(by: .ppm(100_000_000)).rounded(toFractionDigits: 2, .halfAwayFromZero)
  }
}
