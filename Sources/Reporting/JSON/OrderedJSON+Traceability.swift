import BillingModel

extension OrderedJSON {
  /// How many findings have a value in each dimension, and how much of the money at stake; for the owner
  /// also how it is known, every tier with its count.
  static func traceability(_ dimensions: [Traceability]) -> OrderedJSON {
    var members: [Member] = []
    for traceability in dimensions.sorted(by: { $0.dimension.rank < $1.dimension.rank }) {
      members.append(
        Member(Text(traceability.dimension.rawValue), traced(traceability)))
    }
    return .object(members)
  }

  private static func traced(_ traceability: Traceability) -> OrderedJSON {
    var atStake: [Member] = []
    for money in traceability.all.atStake.sorted {
      atStake.append(
        Member(
          money.currency.text,
          [
            "amount": .amount(money.amount),
            "traced": .amount(traceability.traced.atStake[money.currency]),
            "share": traceability.shares[money.currency].map { .amount($0) } ?? .null,
          ]))
    }
    var members = [
      Member("findings", .number(traceability.all.findings)),
      Member("traced", .number(traceability.traced.findings)),
      Member("share", traceability.share.map { .amount($0) } ?? .null),
      Member("amountAtStake", .object(atStake)),
    ]
    if traceability.dimension == .owner {
      members.append(
        Member("byTier", .object(EvidenceTier.allCases.map { tier($0, traceability) })))
    }
    return .object(members)
  }

  private static func tier(_ tier: EvidenceTier, _ traceability: Traceability) -> Member {
    let part = traceability.byTier[tier] ?? Traceability.Part()
    return Member(
      Text(tier.rawValue),
      ["findings": .number(part.findings), "amountAtStake": .totals(part.atStake)])
  }
}
