/// Which line items a finding is about, by what their fields hold: those that fit one of the alternatives,
/// beside the payer, the billing period and the currency of its key. A key alone says less: a rule may look
/// at one charge type, one region or one rate of an account.
package struct Selection: Hashable, Sendable, Codable {
  /// For each field the values of which it holds one; an empty value is an absent one. Of
  /// ``Field/chargePeriodStart`` the days, of ``Field/unblendedRate`` the numbers, in any spelling. No line
  /// item fits two of them.
  package let alternatives: [[Field: [Text]]]
  /// Whether only those count that trip the rule's own screen.
  package let isScreened: Bool
  /// Billing periods beside that of the key, sorted.
  package var otherPeriods: [BillingPeriod] = []

  /// Each fits where every one of its fields holds the value; the alternatives are of the same fields.
  package init(_ values: [[Field: Text]], isScreened: Bool = false) {
    self.init(alternatives: values.map { $0.mapValues { [$0] } }, isScreened: isScreened)
  }

  /// Alternatives that differ in one field become one with the values of both, which changes nothing.
  package init(alternatives: [[Field: [Text]]], isScreened: Bool = false) {
    var merged = Set(alternatives)
    for field in Field.allCases where merged.count > 1 {
      let same = Dictionary(grouping: merged) { $0.filter { $0.key != field } }
      merged = Set(
        same.map { rest, parts in
          guard parts.allSatisfy({ $0[field] != nil }) else { return parts }
          var joined = rest
          joined[field] = Set(parts.flatMap { $0[field] ?? [] }).sorted()
          return [joined]
        }.joined())
    }
    self.alternatives = merged.sorted(by: Self.precedes)
    self.isScreened = isScreened
  }

  /// Every line item of the payer, the period and the currency.
  package static let all = Selection([[:]])

  /// What either selects; nothing where one of them is not known, or they are made in two ways.
  package static func union(_ selections: [Selection?]) -> Selection? {
    let known = selections.compactMap(\.self)
    guard known.count == selections.count, Set(known.map(\.isScreened)).count == 1 else {
      return nil
    }
    var union = Selection(
      alternatives: known.flatMap(\.alternatives), isScreened: known[0].isScreened)
    union.otherPeriods = Set(known.flatMap(\.otherPeriods)).sorted()
    return union
  }

  private static func precedes(_ a: [Field: [Text]], _ b: [Field: [Text]]) -> Bool {
    words(a).lexicographicallyPrecedes(words(b))
  }

  private static func words(_ alternative: [Field: [Text]]) -> [Text] {
    Field.allCases.flatMap { field in
      alternative[field].map { [Text(field.rawValue)] + $0 } ?? []
    }
  }
}
