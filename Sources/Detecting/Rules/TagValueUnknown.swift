import BillingModel
import ExactNumbers

/// A tag has a value that its dimension does not list.
///
/// *Formula.* By payer, dimension and value: usage whose value is not among the tag rules' `values`, where they
/// list any; at stake is its cost, which lands on a unit that nobody knows.
/// *Source.* The tag rules.
/// *False positives.* A new unit or environment that the rules do not list yet.
struct TagValueUnknown: Detector {
  static let id: RuleID = "TagValueUnknown"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try Self.judgeTagValues(in: facts, where: \.isUnlisted, Self.claim)
  }

  private static func claim(
    _ value: TaggedValue, _ spellings: TaggedValue.Spellings, _ cost: Amount
  ) -> Claim {
    let money = Phrase.money(cost, value.currency)
    let dimension = value.dimension.rawValue
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: cost, actual: value.value.string,
      expected: "a listed \(dimension)",
      explanation: Words(
        "Tags put \(money) of usage under \(dimension) \(value.value), which the tag rules do not list.",
        zh: "标签将 \(money) 的用量费用归入 \(dimension) \(value.value)，而标签规则没有列出该值。"),
      recommendation: Words(
        "List the value in the tag rules, as a value of its own or as a spelling of another, or correct the "
          + "tags.",
        zh: "请在标签规则中列出该值（作为新值或其他值的写法），或更正标签。"),
      confidence: .strong, mostSeverity: .low)
  }
}
