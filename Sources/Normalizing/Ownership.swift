package import BillingModel
package import ExactNumbers

/// Who owns a finding: what the line items of its account and service say about themselves.
///
/// A finding names groups of line items, and its own tags only where it knows those of all its rows. For
/// each dimension, strongest first:
/// 1. All its rows carry the same value by their tags: the weakest tier among them is shown.
/// 2. All line items of its account and service carry the same value by their tags: then so do the
///    finding's, and the weakest tier among them is shown.
/// 3. The account list has a value for the account (the payer's own, where the finding names no account).
/// 4. More than half of the gross cost of the account and service carries one value: `majority`.
/// 5. Unknown.
package struct Ownership: Sendable {
  /// What the fourth step is called where a rule's name is shown.
  package static let majorityRule: Text = "account-and-service"

  /// The line items that a finding can be about. An empty service stands for all of the account.
  private struct Group: Hashable {
    var billingAccountID: Text
    var billingPeriod: BillingPeriod
    var currency: CurrencyCode
    var subAccountID: Text
    var serviceName: Text
  }

  private let attributor: Attributor
  /// One tally for each dimension, in the order of the enumeration.
  private var tallies: [Group: [ValueTally]] = [:]

  /// Reads the allocations of any number of periods and payers.
  package init(
    _ allocations: [AllocationSummary], _ attributor: Attributor
  ) throws(AmountOverflow) {
    self.attributor = attributor
    var memo = AttributionMemo(attributor)
    for allocation in allocations {
      let said = memo.attribution(tags: allocation.tags)
      let gross = allocation.billedCost.magnitude
      for group in Self.groups(of: allocation) {
        for (index, dimension) in Dimension.allCases.enumerated() {
          try tallies[group, default: Self.empty][index].add(said.values[dimension], gross: gross)
        }
      }
    }
  }

  private static let empty = [ValueTally](repeating: ValueTally(), count: Dimension.allCases.count)

  /// Its service, and the account as a whole.
  private static func groups(of allocation: AllocationSummary) -> [Group] {
    let service = Group(
      billingAccountID: allocation.billingAccountID, billingPeriod: allocation.billingPeriod,
      currency: allocation.currency, subAccountID: allocation.subAccountID,
      serviceName: allocation.serviceName)
    var account = service
    account.serviceName = ""
    return service == account ? [account] : [service, account]
  }

  /// - Parameter tagSets: the sets of tags of all rows of the finding; empty where they are not known.
  package func attribution(of key: FindingKey, tagSets: [TagSet]) -> Attribution {
    let said = tagSets.map { attributor.attribution(tags: $0) }
    var result = attribution(of: key)
    for dimension in Dimension.allCases {
      var tally = ValueTally()
      for attribution in said { tally.add(attribution.values[dimension]) }
      if let own = tally.unanimous { result[dimension] = own }
    }
    return result
  }

  package func attribution(of key: FindingKey) -> Attribution {
    let group = Group(
      billingAccountID: key.billingAccountID, billingPeriod: key.billingPeriod,
      currency: key.currency, subAccountID: key.subAccountID, serviceName: key.serviceName)
    let tallies = zip(Dimension.allCases, tallies[group] ?? [])
    var unanimous = Attribution()
    for (dimension, tally) in tallies { unanimous.values[dimension] = tally.unanimous }
    var result = attributor.completed(
      unanimous, subAccountID: key.subAccountID.isEmpty ? key.billingAccountID : key.subAccountID)
    for (dimension, tally) in tallies where result.values[dimension] == nil {
      guard let value = tally.majority else { continue }
      result[dimension] = AttributedValue(
        value: value, tier: .majority, rule: Self.majorityRule, raw: "")
    }
    return result
  }
}

/// What the line items of one group say about one dimension.
private struct ValueTally {
  private var gross = Amount.zero
  private var grossByValue: [Text: Amount] = [:]
  private var values: Set<Text> = []
  /// The weakest evidence that was seen.
  private var weakest: AttributedValue?
  /// Some line item said nothing.
  private var isSilent = false

  mutating func add(_ said: AttributedValue?, gross cost: Amount) throws(AmountOverflow) {
    try gross += cost
    if let said { try grossByValue[said.value, default: .zero] += cost }
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
  var majority: Text? {
    grossByValue.first { isMoreThanHalf($0.value) }?.key
  }

  /// `part > gross − part` cannot overflow where `2·part > gross` could.
  private func isMoreThanHalf(_ part: Amount) -> Bool {
    part.units > gross.units - part.units
  }
}
