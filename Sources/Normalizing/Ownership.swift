package import BillingModel
package import ExactNumbers

/// Who owns a finding: what the line items of its account and service say about themselves.
///
/// A finding names groups of line items, and its own tags only where it knows those of all its rows. For
/// each dimension, strongest first:
/// 1. All its rows carry the same value by their tags, by a group that AWS keeps, or by the month before
///    (``LineEvidence``): the weakest tier among them is shown.
/// 2. All line items of its account and service carry the same value in these ways: then so do the
///    finding's, and the weakest tier among them is shown.
/// 3. The account list has a value for the account (the payer's own, where the finding names no account),
///    or else for a unit that it lies in.
/// 4. More than half of the gross cost of the account and service carries one value by its own tags:
///    `majority`.
/// 5. The name of its account or of its resources fits a pattern.
/// 6. Unknown.
package struct Ownership: Sendable {
  /// What the fourth step is called where a rule's name is shown.
  package static let majorityRule: Text = "account-and-service"

  /// The line items that a finding can be about. An empty service stands for all of the account.
  struct Group: Hashable, Sendable {
    var scope: LineScope
    var serviceName: Text
  }

  private let evidence: LineEvidence
  /// One tally for each dimension, in the order of the enumeration.
  private var tallies: [Group: [ValueTally]] = [:]

  /// Reads the allocations of any number of periods and payers.
  init(
    _ allocations: [AllocationSummary], _ evidence: LineEvidence, _ memo: inout AttributionMemo
  ) throws(AmountOverflow) {
    self.evidence = evidence
    for allocation in allocations {
      let reading = memo.reading(allocation.tags)
      let said = try evidence.lineAttribution(reading, LineScope(allocation))
      let gross = allocation.billedCost.magnitude
      for group in Self.groups(of: allocation) {
        for (index, dimension) in Dimension.allCases.enumerated() {
          try tallies[group, default: Self.empty][index].add(
            said.values[dimension], own: reading.own.values[dimension], gross: gross)
        }
      }
    }
  }

  private static let empty = [ValueTally](repeating: ValueTally(), count: Dimension.allCases.count)

  /// Its service, and the account as a whole.
  static func groups(of allocation: AllocationSummary) -> [Group] {
    let service = Group(scope: LineScope(allocation), serviceName: allocation.serviceName)
    var account = service
    account.serviceName = ""
    return service == account ? [account] : [service, account]
  }

  /// - Parameter tagSets: the sets of tags of all rows of the finding; empty where they are not known.
  package func attribution(
    of key: FindingKey, tagSets: [TagSet] = []
  ) throws(AmountOverflow) -> Attribution {
    let readings = tagSets.map { evidence.attributor.reading($0) }
    let resources = readings.compactMap(\.resource)
    var result = try unanimous(of: key, readings)
    result = evidence.attributor.completed(result, subAccountID: key.owningAccountID)
    let group = tallies[Group(scope: LineScope(key), serviceName: key.serviceName)]
    for (index, dimension) in Dimension.allCases.enumerated()
    where result.values[dimension] == nil {
      result.values[dimension] =
        group?[index].majority
        ?? named(
          dimension, key, resources: resources.count == readings.count ? resources : [])
    }
    return result
  }

  /// The first two steps.
  private func unanimous(
    of key: FindingKey, _ readings: [TagReading]
  ) throws(AmountOverflow) -> Attribution {
    let group = tallies[Group(scope: LineScope(key), serviceName: key.serviceName)]
    var said: [Attribution] = []
    for reading in readings { said.append(try evidence.lineAttribution(reading, LineScope(key))) }
    var result = Attribution()
    for (index, dimension) in Dimension.allCases.enumerated() {
      var own = ValueTally()
      for attribution in said { own.add(attribution.values[dimension]) }
      result.values[dimension] = own.unanimous ?? group?[index].unanimous
    }
    return result
  }

  /// A resource that the finding is about goes by its id and by what its tags call it.
  private func named(
    _ dimension: Dimension, _ key: FindingKey, resources: [FoldedName]
  ) -> AttributedValue? {
    var scope = LineScope(key)
    scope.subAccountID = key.owningAccountID
    let byTags = evidence.named(dimension, scope, resources: resources)
    guard byTags == nil, let id = FoldedName(key.resourceID) else { return byTags }
    return evidence.named(dimension, scope, resources: [id])
  }

  /// What more than half of a group's gross cost says, without the line items of one set of tags.
  func majority(
    _ dimension: Dimension, of group: Group, without hidden: (value: Text, gross: Amount)
  ) throws(AmountOverflow) -> Text? {
    guard let index = Dimension.allCases.firstIndex(of: dimension) else { return nil }
    return try tallies[group]?[index].majority(without: hidden)
  }
}

extension FindingKey {
  /// The account that it is about: the payer's own where it names none.
  fileprivate var owningAccountID: Text { subAccountID.isEmpty ? billingAccountID : subAccountID }
}

/// What the line items of one group say about one dimension.
private struct ValueTally {
  private var gross = Amount.zero
  /// Of line items that say it by their own tags.
  private var grossByValue: [Text: Amount] = [:]
  private var values: Set<Text> = []
  /// The weakest evidence that was seen.
  private var weakest: AttributedValue?
  /// Some line item said nothing.
  private var isSilent = false

  /// - Parameters:
  ///   - said: What speaks for the line item.
  ///   - own: What its own tags say.
  mutating func add(
    _ said: AttributedValue?, own: AttributedValue?, gross cost: Amount
  ) throws(AmountOverflow) {
    try gross += cost
    if let own { try grossByValue[own.value, default: .zero] += cost }
    add(said)
  }

  /// What one of the line items says, whatever it costs.
  mutating func add(_ said: AttributedValue?) {
    guard let said else {
      isSilent = true
      return
    }
    values.insert(said.value)
    weakest = weakest.map { Self.isWeaker(said, than: $0) ? said : $0 } ?? said
  }

  /// A total order, so that the order of the line items does not matter.
  private static func isWeaker(_ a: AttributedValue, than b: AttributedValue) -> Bool {
    (a.tier, a.rule, a.raw) > (b.tier, b.rule, b.raw)
  }

  var unanimous: AttributedValue? {
    isSilent || values.count != 1 ? nil : weakest
  }

  /// The value of more than half of the gross cost. Two values cannot both be that.
  var majority: AttributedValue? {
    let value = grossByValue.first { Self.isMoreThanHalf($0.value, of: gross) }?.key
    return value.map {
      AttributedValue(value: $0, tier: .majority, rule: Ownership.majorityRule, raw: "")
    }
  }

  func majority(without hidden: (value: Text, gross: Amount)) throws(AmountOverflow) -> Text? {
    let rest = try gross - hidden.gross
    for (value, part) in grossByValue {
      let part = try value == hidden.value ? part - hidden.gross : part
      if Self.isMoreThanHalf(part, of: rest) { return value }
    }
    return nil
  }

  /// `part > gross − part` cannot overflow where `2·part > gross` could.
  private static func isMoreThanHalf(_ part: Amount, of gross: Amount) -> Bool {
    part.units > gross.units - part.units
  }
}
