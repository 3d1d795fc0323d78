import BillingModel
import ExactNumbers

/// One value of a dimension is typed in several ways.
///
/// *Formula.* By payer, dimension and value: usage whose tag is spelled otherwise than documents show the value
/// (`PRD`, `Production`, `ｐｒｏｄ` for `prod`); at stake is its cost, which every tool that compares bytes
/// books elsewhere.
/// *Source.* The contract (`requiredTags`) names the dimensions, the tag rules bring the spellings together here.
/// *False positives.* None where the rules are right. Values that they do not list are `TagValueUnknown`.
struct TagSpellingsDiffer: Detector {
  static let id: RuleID = "TagSpellingsDiffer"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try Self.judgeTagValues(
      in: facts, where: { $0.spelling != $0.value && !$0.isUnlisted }, Self.claim)
  }

  private static func claim(
    _ value: TaggedValue, _ spellings: TaggedValue.Spellings, _ cost: Amount
  ) -> Claim {
    let money = Phrase.money(cost, value.currency)
    let dimension = value.dimension.rawValue
    let count = spellings.names.count
    let shown = spellings.shown
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: cost,
      actual: spellings.names.map(\.string).joined(separator: "; "),
      expected: value.value.string,
      explanation: Words(
        "\(dimension) \(value.value) is spelled in \(Phrase.count(count, "other way")) on \(money) of usage, "
          + "such as \(Phrase.list(shown)).",
        zh:
          "\(dimension) 的值 \(value.value) 另有 \(count) 种写法，涉及用量费用 \(money)，例如 \(shown.joined(separator: "、"))。"
      ),
      recommendation: Words(
        "Set the tags to \(value.value), or enforce the spelling with a tag policy.",
        zh: "请将标签统一为 \(value.value)，或用标签策略强制写法。"),
      confidence: .strong, mostSeverity: .low)
  }
}
