import BillingModel
import ExactNumbers

/// How far each inferring tier can be trusted: what it alone would have said of line items whose own tags
/// are known, with those tags hidden.
///
/// Where a tier looks at other line items, all that carry the very same set of tags are hidden with the
/// one that is asked about: they were tagged in one go, and prove nothing about each other. What does not
/// come from tags (the account list, names, the month before) is asked as it is.
enum TagAccuracy {
  private struct Key: Hashable {
    var dimension: Dimension
    var tier: EvidenceTier
    var currency: CurrencyCode

    /// The columns of the row, for its order.
    var parts: [Text] { [Text(dimension.rawValue), Text(tier.rawValue), currency.text] }
  }

  /// What a tier said where tags say something else.
  private struct Contradiction: Hashable, Comparable {
    var subAccountID: Text
    var said: Text
    var known: Text

    static func < (a: Contradiction, b: Contradiction) -> Bool {
      [a.subAccountID, a.said, a.known].lexicographicallyPrecedes(
        [b.subAccountID, b.said, b.known])
    }
  }

  private struct Tally {
    var known = AllocatedCost()
    var tested = AllocatedCost()
    var right = AllocatedCost()
    var contradictions: [Contradiction: AllocatedCost] = [:]

    mutating func add(
      _ said: Text?, against known: Text, _ allocation: AllocationSummary
    ) throws(AmountOverflow) {
      try self.known.add(allocation.cost)
      guard let said else { return }
      try tested.add(allocation.cost)
      if said == known { return try right.add(allocation.cost) }
      let contradiction = Contradiction(
        subAccountID: allocation.subAccountID, said: said, known: known)
      try contradictions[contradiction, default: AllocatedCost()].add(allocation.cost)
    }

    /// The one that costs most, in words.
    func worst(in currency: CurrencyCode) -> Text {
      let worst = contradictions.max { a, b in
        if a.value.gross != b.value.gross { return a.value.gross < b.value.gross }
        if a.value.lineItems != b.value.lineItems { return a.value.lineItems < b.value.lineItems }
        return b.key < a.key
      }
      guard let (key, cost) = worst else { return "" }
      return Text(
        "\(key.subAccountID): \(key.said) where tags say \(key.known), \(currency) \(cost.gross)")
    }
  }

  /// A row for each dimension, inferring tier and currency in which tags say something.
  static func rows(
    _ allocations: [AllocationSummary], _ evidence: LineEvidence, _ ownership: Ownership,
    _ memo: inout AttributionMemo
  ) throws(AmountOverflow) -> [AccuracyRow] {
    let hidden = try HiddenLineItems(allocations, &memo)
    var tallies: [Key: Tally] = [:]
    for allocation in allocations {
      let question = Question(
        allocation, memo.reading(allocation.tags), hidden, evidence, ownership)
      for (dimension, known) in question.reading.own.values {
        for tier in EvidenceTier.inferring {
          let key = Key(dimension: dimension, tier: tier, currency: allocation.currency)
          let said = try question.said(tier, dimension, known: known.value)
          try tallies[key, default: Tally()].add(said, against: known.value, allocation)
        }
      }
    }
    var rows: [AccuracyRow] = []
    for (key, tally) in tallies.sorted(by: { $0.key.parts.lexicographicallyPrecedes($1.key.parts) })
    {
      rows.append(
        try AccuracyRow(
          dimension: key.dimension, tier: key.tier, currency: key.currency, known: tally.known,
          tested: tally.tested, right: tally.right, contradiction: tally.worst(in: key.currency)))
    }
    return rows
  }
}

/// What each tier would say of one line item.
private struct Question {
  let reading: TagReading
  private let scope: LineScope
  private let service: Ownership.Group
  /// Of the line items with the same tags in the same account and service.
  private let serviceGross: Amount
  private let number: Int32?
  private let hidden: HiddenLineItems
  private let evidence: LineEvidence
  private let ownership: Ownership

  init(
    _ allocation: AllocationSummary, _ reading: TagReading, _ hidden: HiddenLineItems,
    _ evidence: LineEvidence, _ ownership: Ownership
  ) {
    self.reading = reading
    scope = LineScope(allocation)
    service = Ownership.Group(scope: scope, serviceName: allocation.serviceName)
    number = hidden.number(of: allocation.tags)
    serviceGross = hidden.gross(in: service, number)
    self.hidden = hidden
    self.evidence = evidence
    self.ownership = ownership
  }

  /// - Parameter known: What the line item's own tags say.
  func said(
    _ tier: EvidenceTier, _ dimension: Dimension, known: Text
  ) throws(AmountOverflow) -> Text? {
    switch tier {
    case .attached:
      return try evidence.attachedValue(dimension, reading, scope) { group in
        .init(value: known, gross: hidden.gross(in: group, number))
      }?.value
    case .earlier:
      return try evidence.earlierValue(dimension, reading, scope)?.value
    case .account:
      return evidence.attributor.ofAccount(dimension, scope.subAccountID)?.value
    case .organization:
      return evidence.attributor.ofUnit(dimension, scope.subAccountID)?.value
    case .majority:
      return try ownership.majority(dimension, of: service, without: (known, serviceGross))
    case .name:
      return evidence.named(
        dimension, scope, resources: [reading.resource].compactMap { $0 })?.value
    case .review, .tag, .alias, .value, .unknown: return nil
    }
  }
}

/// The gross cost that each set of tags has in each group that a tier looks at.
private struct HiddenLineItems {
  /// Sets of tags are told by a number: they are many, and long.
  private var numbers: [TagSet: Int32] = [:]
  private var attached: [LineEvidence.AttachedGroup: [Int32: Amount]] = [:]
  private var services: [Ownership.Group: [Int32: Amount]] = [:]

  init(
    _ allocations: [AllocationSummary], _ memo: inout AttributionMemo
  ) throws(AmountOverflow) {
    for allocation in allocations {
      let number = numbers[allocation.tags] ?? Int32(numbers.count)
      numbers[allocation.tags] = number
      let gross = allocation.billedCost.magnitude
      let reading = memo.reading(allocation.tags)
      let scope = LineScope(allocation)
      for group in LineEvidence.groups(reading, scope) {
        try attached[group, default: [:]][number, default: .zero] += gross
      }
      let group = Ownership.Group(scope: scope, serviceName: allocation.serviceName)
      try services[group, default: [:]][number, default: .zero] += gross
    }
  }

  func number(of tags: TagSet) -> Int32? { numbers[tags] }

  func gross(in group: LineEvidence.AttachedGroup, _ number: Int32?) -> Amount {
    number.flatMap { attached[group]?[$0] } ?? .zero
  }

  func gross(in group: Ownership.Group, _ number: Int32?) -> Amount {
    number.flatMap { services[group]?[$0] } ?? .zero
  }
}
