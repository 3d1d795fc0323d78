package import BillingModel

/// Finds the six dimensions of a line item: from its tags, else from its account.
///
/// The result depends on the set of tags only, never on their order or on what was asked before.
package struct Attributor: Sendable {
  /// What the account list is called where a rule's name is shown.
  package static let accountRule: Text = "account-list"

  /// A rule that a tag key leads to.
  struct Lead {
    var dimension: Dimension
    /// Position among the dimension's rules.
    var rule: Int
    /// 0 for the rule's key, then its aliases in their order.
    var rank: Int
    /// The tag has the rule's key, spelled as it should be.
    var isExact = false
  }

  /// What a rule made of a tag. The least precedence wins.
  private struct Candidate {
    var precedence: [Int]
    var value: AttributedValue
  }

  private let rules: TagRules
  private let accounts: AccountDirectory
  /// By folded key.
  private let leads: [Text: [Lead]]
  private let readers: [Dimension: ValueReader]

  package init(rules: TagRules, accounts: AccountDirectory) {
    self.rules = rules
    self.accounts = accounts
    self.leads = Self.leads(of: rules)
    self.readers = Dictionary(
      uniqueKeysWithValues: Dimension.allCases.map { dimension in
        let own = rules.dimensions[dimension] ?? DimensionRules()
        return (dimension, ValueReader(own, placeholders: rules.placeholders))
      })
  }

  private static func leads(of rules: TagRules) -> [Text: [Lead]] {
    var leads: [Text: [Lead]] = [:]
    for dimension in Dimension.allCases {
      for (position, rule) in (rules.dimensions[dimension]?.rules ?? []).enumerated() {
        for (rank, key) in ([rule.key] + rule.aliases).enumerated() {
          leads[Spelling.foldedKey(key.string), default: []].append(
            Lead(dimension: dimension, rule: position, rank: rank))
        }
      }
    }
    return leads
  }

  /// The dimensions of a line item with these tags in this account.
  package func attribution(tags: TagSet, subAccountID: Text) -> Attribution {
    completed(attribution(tags: tags), subAccountID: subAccountID)
  }

  /// The rules that a tag key, as the export spells it, leads to.
  func leads(of raw: Text) -> [Lead] {
    guard let key = TagKey(raw, rules) else { return [] }
    return (leads[key.folded] ?? []).map { lead in
      var lead = lead
      if let rule = rules.dimensions[lead.dimension]?.rules[lead.rule] {
        lead.isExact = key.isSpelled(rule.key)
      }
      return lead
    }
  }

  /// What the tags alone say.
  func attribution(tags: TagSet) -> Attribution { attribution(tags: tags, leads: leads) }

  /// What the tags alone say, with the rules that each key leads to given.
  func attribution(tags: TagSet, leads: (Text) -> [Lead]) -> Attribution {
    var best: [Dimension: Candidate] = [:]
    // The tags are sorted: of two that are equally good, the first by bytes stays.
    for tag in tags.tags {
      for lead in leads(tag.key) {
        guard let candidate = candidate(tag, lead) else { continue }
        if let other = best[lead.dimension],
          !candidate.precedence.lexicographicallyPrecedes(other.precedence)
        {
          continue
        }
        best[lead.dimension] = candidate
      }
    }
    return Attribution(best.mapValues(\.value))
  }

  private func candidate(_ tag: Tag, _ lead: Lead) -> Candidate? {
    guard let rule = rules.dimensions[lead.dimension]?.rules[lead.rule],
      let reading = readers[lead.dimension]?.read(tag.value),
      reading.isListed || !rule.listedOnly
    else { return nil }
    let tier: EvidenceTier =
      if reading.value != tag.value { .value } else if lead.isExact { .tag } else { .alias }
    return Candidate(
      precedence: [lead.rule, lead.isExact ? 0 : 1, lead.rank],
      value: AttributedValue(
        value: reading.value, tier: tier, rule: rule.name,
        raw: Text("\(tag.key)=\(tag.value)")))
  }

  /// Fills the dimensions that tags leave open from the account's entry in the account list.
  func completed(_ attribution: Attribution, subAccountID: Text) -> Attribution {
    guard let account = accounts[subAccountID] else { return attribution }
    var result = attribution
    for (dimension, value) in account.dimensions where result.values[dimension] == nil {
      guard let reading = readers[dimension]?.read(value) else { continue }
      result[dimension] = AttributedValue(
        value: reading.value, tier: .account, rule: Self.accountRule, raw: "")
    }
    return result
  }
}
