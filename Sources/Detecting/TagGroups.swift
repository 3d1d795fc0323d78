import BillingModel
import ExactNumbers

extension PeriodFacts {
  /// What the tags say of the dimensions that the contract asks for, each with the share it asks for; nil
  /// where it asks for none. Of two shares, the higher counts.
  var requiredTags: [(use: TagUse, share: Amount)]? {
    guard let required = contract.terms.requiredTags else { return nil }
    return tagUses.compactMap { use in
      let shares = required.filter {
        $0.dimension == use.dimension && $0.billingAccountID.isAny(or: use.billingAccountID)
          && $0.span.touches(billingPeriod)
      }.map(\.share)
      return shares.max().map { (use, $0) }
    }
  }
}

/// A value of a dimension under one payer.
struct TaggedValue: Hashable {
  var billingAccountID: Text
  var currency: CurrencyCode
  var dimension: Dimension
  var value: Text

  /// What its spellings cover.
  struct Spellings {
    var gross: [Text: Amount] = [:]
    var lines = 0

    mutating func add(_ use: TagUse) throws(AmountOverflow) {
      try gross[use.spelling, default: .zero] += use.gross
      lines += use.lineItems
    }

    /// The spellings, the dearest first; of equals, by bytes.
    var names: [Text] {
      gross.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// As many as a sentence bears.
    var shown: [String] { names.prefix(5).map { "\"\($0)\"" } }
  }
}

extension Detector {
  /// Judges each value of the required dimensions by those of its spellings that count.
  static func judgeTagValues(
    in facts: PeriodFacts, where isCounted: (TagUse) -> Bool,
    _ claim: (TaggedValue, TaggedValue.Spellings, Amount) -> Claim
  ) throws(AmountOverflow) -> Judgement {
    guard let required = facts.requiredTags else { return .unchecked(noTagsRequired) }
    var groups: [TaggedValue: TaggedValue.Spellings] = [:]
    for (use, _) in required where !use.value.isEmpty && isCounted(use) {
      let value = TaggedValue(
        billingAccountID: use.billingAccountID, currency: use.currency, dimension: use.dimension,
        value: use.value)
      try groups[value, default: TaggedValue.Spellings()].add(use)
    }
    var judgement = Judgement()
    for (value, spellings) in groups {
      let cost = try Amount.sum(Array(spellings.gross.values))
      guard !cost.isZero else { continue }
      var key = key(value.billingAccountID, facts.billingPeriod, value.currency)
      key.detail = Text("\(value.dimension.rawValue)=\(value.value)")
      judgement.findings.append(
        claim(value, spellings, cost).finding(key, lines: spellings.lines))
    }
    return judgement
  }

  static var noTagsRequired: UncheckedRule {
    unchecked("the contract asks for no tags (requiredTags)")
  }
}
