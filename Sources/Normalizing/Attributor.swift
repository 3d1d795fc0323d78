package import BillingModel

/// Finds the six dimensions of a line item: from its tags, else from its account or the units that this
/// lies in.
///
/// The result depends on the set of tags only, never on their order or on what was asked before.
package struct Attributor: Sendable {
  /// What the account list is called where a rule's name is shown.
  package static let accountRule: Text = "account-list"

  /// What a tag key is good for.
  struct KeyRole {
    /// Nil for keys that AWS makes itself.
    var key: TagKey?
    var leads: [Lead] = []
    /// Position among the keys that name a group of resources.
    var group: Int?
    /// Position among the keys that hold what a resource is called.
    var name: Int?

    /// No rule reads it, it names neither a group nor a resource, and AWS did not make it.
    var isUnknown: Bool { key != nil && leads.isEmpty && group == nil && name == nil }
  }

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

  let rules: TagRules
  let readers: [Dimension: ValueReader]
  let names: NameReader
  private let accounts: AccountDirectory
  /// By folded key.
  private let leads: [Text: [Lead]]
  private let groupKeys: KeyList
  private let nameKeys: KeyList

  package init(rules: TagRules, accounts: AccountDirectory) {
    self.rules = rules
    self.accounts = accounts
    self.leads = Self.leads(of: rules)
    groupKeys = KeyList(rules.attachedBy, rules)
    nameKeys = KeyList(rules.resourceNames, rules)
    readers = Dictionary(
      uniqueKeysWithValues: Dimension.allCases.map { dimension in
        let own = rules.dimensions[dimension] ?? DimensionRules()
        return (dimension, ValueReader(own, placeholders: rules.placeholders))
      })
    names = NameReader(rules.names, readers)
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
    completed(reading(tags).own, subAccountID: subAccountID)
  }

  /// Whether the rules list values for the dimension, and not this one.
  func isUnlisted(_ value: Text, _ dimension: Dimension) -> Bool {
    !value.isEmpty && rules.dimensions[dimension]?.values.isEmpty == false
      && readers[dimension]?.read(value)?.isListed == false
  }

  /// What a key, as the export spells it, is good for.
  func role(of raw: Text) -> KeyRole {
    var role = KeyRole()
    role.group = groupKeys.rank(of: raw, rules)
    role.name = nameKeys.rank(of: raw, rules)
    guard let key = TagKey(raw, rules) else { return role }
    role.key = key
    role.leads = (leads[key.folded] ?? []).map { lead in
      var lead = lead
      if let rule = rules.dimensions[lead.dimension]?.rules[lead.rule] {
        lead.isExact = key.isSpelled(rule.key)
      }
      return lead
    }
    return role
  }

  /// What a set of tags says by itself.
  func reading(_ tags: TagSet) -> TagReading { reading(tags, role: role) }

  /// The same, with what each key is good for given.
  func reading(_ tags: TagSet, role: (Text) -> KeyRole) -> TagReading {
    var reading = TagReading()
    var best: [Dimension: Candidate] = [:]
    var nameRank = Int.max
    // The tags are sorted: of two that are equally good, the first by bytes stays.
    for tag in tags.tags {
      let role = role(tag.key)
      for lead in role.leads {
        guard let candidate = candidate(tag, lead) else { continue }
        if let other = best[lead.dimension],
          !candidate.precedence.lexicographicallyPrecedes(other.precedence)
        {
          continue
        }
        best[lead.dimension] = candidate
      }
      if let rank = role.group,
        !reading.groups.contains(where: { $0.rank == rank && $0.value == tag.value })
      {
        reading.groups.append(.init(rank: rank, value: tag.value, raw: Self.spelled(tag)))
      }
      if let rank = role.name, rank < nameRank, !isPlaceholder(tag.value) {
        nameRank = rank
        reading.resource = FoldedName(tag.value)
      }
    }
    reading.own = Attribution(best.mapValues(\.value))
    reading.groups.sort { ($0.rank, $0.value) < ($1.rank, $1.value) }
    return reading
  }

  private static func spelled(_ tag: Tag) -> Text { Text("\(tag.key)=\(tag.value)") }

  /// Placeholders are the same for all dimensions.
  private func isPlaceholder(_ value: Text) -> Bool { readers[.owner]?.read(value) == nil }

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
        raw: Self.spelled(tag)))
  }

  /// Fills the dimensions that are open from the account's entry in the account list, then from the nearest
  /// unit that says something.
  func completed(_ attribution: Attribution, subAccountID: Text) -> Attribution {
    var result = attribution
    for dimension in Dimension.allCases where result.values[dimension] == nil {
      result.values[dimension] =
        ofAccount(dimension, subAccountID) ?? ofUnit(dimension, subAccountID)
    }
    return result
  }

  func ofAccount(_ dimension: Dimension, _ subAccountID: Text) -> AttributedValue? {
    guard let value = accounts[subAccountID]?.dimensions[dimension],
      let reading = readers[dimension]?.read(value)
    else { return nil }
    return AttributedValue(
      value: reading.value, tier: .account, rule: Self.accountRule, raw: "")
  }

  /// The rule is the path of the unit.
  func ofUnit(_ dimension: Dimension, _ subAccountID: Text) -> AttributedValue? {
    for unit in accounts.units(of: subAccountID) {
      guard let value = accounts.units[unit]?[dimension],
        let reading = readers[dimension]?.read(value)
      else { continue }
      return AttributedValue(value: reading.value, tier: .organization, rule: unit, raw: "")
    }
    return nil
  }

  /// What names alone tell; an empty name tells nothing.
  package func named(
    _ dimension: Dimension, account: Text, resource: Text
  ) -> AttributedValue? {
    names.value(
      dimension, account: FoldedName(account),
      resources: [FoldedName(resource)].compactMap { $0 })
  }
}
