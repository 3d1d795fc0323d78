import BillingModel
import ExactNumbers

/// The account of a payer in a month and a currency: what line items share that are looked at together.
struct LineScope: Hashable, Sendable {
  var billingAccountID: Text
  var billingPeriod: BillingPeriod
  var currency: CurrencyCode
  var subAccountID: Text

  init(_ allocation: AllocationSummary) {
    billingAccountID = allocation.billingAccountID
    billingPeriod = allocation.billingPeriod
    currency = allocation.currency
    subAccountID = allocation.subAccountID
  }

  init(_ key: FindingKey) {
    billingAccountID = key.billingAccountID
    billingPeriod = key.billingPeriod
    currency = key.currency
    subAccountID = key.subAccountID
  }
}

/// What is known of the six dimensions of a line item, by its own tags and beyond them.
///
/// For each dimension, strongest first:
/// 1. Its own tags.
/// 2. `attached`: it names a group that AWS keeps (a stack, a cluster …), and of the line items of the
///    same account and group that carry a value nine tenths of the gross cost carry the same one.
/// 3. `earlier`: it says what its resource is called, and the month before nine tenths of the gross cost
///    of that name in the same account carried the same value.
/// 4. `account`, then `organization`: the entries of the account and of the nearest unit.
/// 5. `name`: what the account or the resource is called.
/// 6. Unknown.
struct LineEvidence: Sendable {
  /// The line items of one group.
  struct AttachedGroup: Hashable, Sendable {
    var scope: LineScope
    var rank: Int
    var value: Text
  }

  /// The resources of one name in an account of a payer, whatever the currency.
  private struct NamedResource: Hashable, Sendable {
    var billingAccountID: Text
    var subAccountID: Text
    var name: Text

    init?(_ scope: LineScope, _ reading: TagReading) {
      guard let name = reading.resource else { return nil }
      billingAccountID = scope.billingAccountID
      subAccountID = scope.subAccountID
      self.name = name.folded
    }
  }

  /// What the third step is called where a rule's name is shown.
  static let earlierRule: Text = "month-before"

  let attributor: Attributor
  private var attached = DonorBook<AttachedGroup>()
  private var earlier = DonorBook<NamedResource>()
  private let accountNames: [Text: FoldedName]

  /// - Parameters:
  ///   - allocations: The line items of the period.
  ///   - earlier: Those of the month before.
  ///   - accountNames: What accounts are called.
  init(
    _ allocations: [AllocationSummary], earlier monthBefore: [AllocationSummary] = [],
    accountNames: [Text: Text] = [:], _ memo: inout AttributionMemo
  ) throws(AmountOverflow) {
    attributor = memo.attributor
    self.accountNames = accountNames.compactMapValues { FoldedName($0) }
    for allocation in allocations {
      let reading = memo.reading(allocation.tags)
      let gross = allocation.billedCost.magnitude
      for group in Self.groups(reading, LineScope(allocation)) {
        try attached.add(reading.own, gross: gross, to: group)
      }
    }
    for allocation in monthBefore {
      let reading = memo.reading(allocation.tags)
      guard let resource = NamedResource(LineScope(allocation), reading) else { continue }
      try earlier.add(reading.own, gross: allocation.billedCost.magnitude, to: resource)
    }
  }

  static func groups(_ reading: TagReading, _ scope: LineScope) -> [AttachedGroup] {
    reading.groups.map { AttachedGroup(scope: scope, rank: $0.rank, value: $0.value) }
  }

  // MARK: The walk

  /// All steps.
  func attribution(
    _ reading: TagReading, _ scope: LineScope
  ) throws(AmountOverflow) -> Attribution {
    var result = attributor.completed(
      try lineAttribution(reading, scope), subAccountID: scope.subAccountID)
    for dimension in Dimension.allCases where result.values[dimension] == nil {
      result.values[dimension] = named(
        dimension, scope, resources: [reading.resource].compactMap { $0 })
    }
    return result
  }

  /// The first three steps: what speaks for the line item itself.
  func lineAttribution(
    _ reading: TagReading, _ scope: LineScope
  ) throws(AmountOverflow) -> Attribution {
    var result = reading.own
    if reading.groups.isEmpty, reading.resource == nil { return result }
    for dimension in Dimension.allCases where result.values[dimension] == nil {
      if let attached = try attachedValue(dimension, reading, scope, without: { _ in nil }) {
        result.values[dimension] = attached
      } else {
        result.values[dimension] = try earlierValue(dimension, reading, scope)
      }
    }
    return result
  }

  // MARK: Each step by itself

  /// - Parameter hidden: What is taken out of a group before it is asked.
  func attachedValue(
    _ dimension: Dimension, _ reading: TagReading, _ scope: LineScope,
    without hidden: (AttachedGroup) -> DonorBook<AttachedGroup>.Share?
  ) throws(AmountOverflow) -> AttributedValue? {
    for (tag, group) in zip(reading.groups, Self.groups(reading, scope)) {
      guard let value = try attached.value(dimension, of: group, without: hidden(group)) else {
        continue
      }
      return AttributedValue(
        value: value, tier: .attached, rule: attributor.rules.attachedBy[tag.rank], raw: tag.raw)
    }
    return nil
  }

  func earlierValue(
    _ dimension: Dimension, _ reading: TagReading, _ scope: LineScope
  ) throws(AmountOverflow) -> AttributedValue? {
    guard let resource = reading.resource, let named = NamedResource(scope, reading),
      let value = try earlier.value(dimension, of: named)
    else { return nil }
    return AttributedValue(
      value: value, tier: .earlier, rule: Self.earlierRule, raw: resource.text)
  }

  func named(
    _ dimension: Dimension, _ scope: LineScope, resources: [FoldedName]
  ) -> AttributedValue? {
    attributor.names.value(
      dimension, account: accountNames[scope.subAccountID], resources: resources)
  }
}
