import BillingModel

/// Which changes would trace a line item, and how documents word each.
struct DebtWords {
  private let attributor: Attributor
  private let keys: UnknownKeys
  private let owned: OwnedPlaces
  /// How a value stands in tags, the first by bytes.
  private var spellings: [DebtFix: Text] = [:]

  init(_ attributor: Attributor, _ keys: UnknownKeys, _ owned: OwnedPlaces) {
    self.attributor = attributor
    self.keys = keys
    self.owned = owned
  }

  // MARK: Which changes

  /// The changes that each would trace a line item that is not traced.
  mutating func fixes(
    of allocation: AllocationSummary, _ dimension: Dimension, _ memo: inout AttributionMemo
  ) -> Set<DebtFix> {
    var fixes: Set<DebtFix> = []
    for tag in allocation.tags.tags {
      let role = memo.role(of: tag.key)
      guard let key = role.key else { continue }
      if isOf(dimension, role), !isSettled(tag.value, dimension) {
        let fix = DebtFix.value(dimension, value: Spelling.foldedValue(tag.value.string))
        let spelled = Text("\(key.own)=\(tag.value)")
        spellings[fix] = min(spellings[fix] ?? spelled, spelled)
        fixes.insert(fix)
      } else if role.isUnknown, keys.mayMean(key.folded, tag.value, dimension) {
        fixes.insert(.alias(dimension, key: key.folded))
      }
    }
    if dimension == .owner { fixes.insert(owner(of: allocation)) }
    return fixes
  }

  /// Whether a key leads to the dimension. One that people also use for other things owes no value.
  private func isOf(_ dimension: Dimension, _ role: Attributor.KeyRole) -> Bool {
    role.leads.contains { lead in
      lead.dimension == dimension
        && attributor.rules.dimensions[dimension]?.rules[lead.rule].listedOnly == false
    }
  }

  private func isSettled(_ raw: Text, _ dimension: Dimension) -> Bool {
    guard let reading = attributor.readers[dimension]?.read(raw) else { return false }
    return attributor.isSettled(reading.value, dimension)
  }

  /// The whole account where no tag of it names an owner, else its use of the service.
  private func owner(of allocation: AllocationSummary) -> DebtFix {
    let (payer, account) = (allocation.billingAccountID, allocation.subAccountID)
    return .owner(
      billingAccountID: payer, subAccountID: account,
      serviceName: owned.contains(payer, account) ? allocation.serviceName : "")
  }

  // MARK: How they are worded

  func told(_ fix: DebtFix) -> (found: Text, reason: Text, put: Text, place: Text) {
    switch fix {
    case .alias(let dimension, let key): toldAlias(dimension, key)
    case .value(let dimension, let value): toldValue(fix, dimension, value)
    case .owner(let payer, let account, let service): toldOwner(payer, account, service)
    }
  }

  private func toldAlias(
    _ dimension: Dimension, _ folded: Text
  ) -> (found: Text, reason: Text, put: Text, place: Text) {
    let rules = attributor.rules.dimensions[dimension]?.rules ?? []
    let own = keys.spelling(of: folded)
    if case .near(let key, let rule) = keys.grounds[folded]?[dimension] {
      return (own, Text("one edit from \(key)"), own, aliases(dimension, rule))
    }
    let first = rules.first { !$0.listedOnly } ?? rules.first
    return (
      own, Text("its values are those of \(dimension.rawValue)"), own,
      aliases(dimension, first?.name ?? "")
    )
  }

  private func aliases(_ dimension: Dimension, _ rule: Text) -> Text {
    Text("normalize.tags: dimensions.\(dimension.rawValue).rules, aliases of \(rule)")
  }

  private func toldValue(
    _ fix: DebtFix, _ dimension: Dimension, _ folded: Text
  ) -> (found: Text, reason: Text, put: Text, place: Text) {
    let found = spellings[fix] ?? folded
    if attributor.readers[dimension]?.read(folded) == nil {
      return (found, "stands for no value", "", "the tags of the resources")
    }
    return (
      found, "not listed", attributor.readers[dimension]?.meaning(of: folded) ?? "",
      Text("normalize.tags: dimensions.\(dimension.rawValue).values")
    )
  }

  private func toldOwner(
    _ payer: Text, _ account: Text, _ service: Text
  ) -> (found: Text, reason: Text, put: Text, place: Text) {
    if !owned.contains(payer, account) {
      return (
        account, "no owner by any tag", "", Text("normalize.accounts: Owner of \(account)")
      )
    }
    let reason: Text =
      owned.contains(payer, account, service)
      ? "some line items have no owner" : "no owner by any tag"
    return (Text("\(account), \(service)"), reason, "", "the tags of the resources")
  }
}

extension ValueReader {
  /// The listed value that was probably meant: the only one that a spelling of is the same without
  /// separators, else the only one that a spelling of is one edit away.
  func meaning(of value: Text) -> Text? {
    let key = Spelling.foldedKey(value.string)
    let same = Set(spellings.filter { Spelling.foldedKey($0.key.string) == key }.values)
    if !same.isEmpty { return same.count == 1 ? same.first : nil }
    let near = Set(
      spellings.filter { OneEdit.isBetween(Spelling.foldedKey($0.key.string), key) }.values)
    return near.count == 1 ? near.first : nil
  }
}
