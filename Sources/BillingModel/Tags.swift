/// One resource tag as the export spells it.
package struct Tag: Hashable, Comparable, Sendable, Codable {
  package var key: Text
  package var value: Text

  package init(_ key: Text, _ value: Text) {
    self.key = key
    self.value = value
  }

  package static func < (a: Tag, b: Tag) -> Bool {
    a.key != b.key ? a.key < b.key : a.value < b.value
  }
}

/// The tags of a line item: those with a value, sorted.
package struct TagSet: Hashable, Sendable, Codable {
  package let tags: [Tag]

  package init(_ tags: some Sequence<Tag>) {
    self.tags = Set(tags.filter { !$0.value.isEmpty }).sorted()
  }

  package static let empty = TagSet([])
  package var isEmpty: Bool { tags.isEmpty }
}

extension TagSet: Comparable {
  package static func < (a: TagSet, b: TagSet) -> Bool {
    a.tags.lexicographicallyPrecedes(b.tags)
  }
}

/// The six dimensions that cost is allocated by.
package enum Dimension: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
  case businessUnit = "BusinessUnit"
  case owner = "Owner"
  case environment = "Environment"
  case application = "Application"
  case costCenter = "CostCenter"
  case criticality = "Criticality"
}

/// How a value of a dimension is known, strongest first.
package enum EvidenceTier: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  /// A reviewer named it.
  case review
  /// The tag key and value stand as the rules want them.
  case tag
  /// Another spelling of the key led to the dimension.
  case alias
  /// The value was mapped or recased by a rule.
  case value
  /// Tagged line items of the same stack, cluster or other group that AWS keeps carry it.
  case attached
  /// The resource of the same name carried it in the month before.
  case earlier
  /// From the account's entry in the account list.
  case account
  /// From the entry of a unit that the account lies in.
  case organization
  /// Most of the cost of the same account and service carries this value.
  case majority
  /// The name of the account or resource follows a pattern.
  case name
  case unknown

  /// Those that infer a value from something else than the line item's own tags.
  package static let inferring: [EvidenceTier] = [
    .attached, .earlier, .account, .organization, .majority, .name,
  ]

  package static func < (a: EvidenceTier, b: EvidenceTier) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// A dimension's normalized value beside where it came from.
package struct AttributedValue: Hashable, Sendable, Codable {
  package var value: Text
  package var tier: EvidenceTier
  /// The rule that fired, as named in the definition; empty for `unknown`.
  package var rule: Text
  /// The raw `key=value` that the rule read; empty where no tag was read.
  package var raw: Text

  package init(value: Text, tier: EvidenceTier, rule: Text, raw: Text) {
    self.value = value
    self.tier = tier
    self.rule = rule
    self.raw = raw
  }

  package static let unknown = AttributedValue(value: "", tier: .unknown, rule: "", raw: "")
}

/// The six dimensions of a line item or finding.
package struct Attribution: Hashable, Sendable, Codable {
  package var values: [Dimension: AttributedValue]

  package init(_ values: [Dimension: AttributedValue] = [:]) { self.values = values }

  package subscript(dimension: Dimension) -> AttributedValue {
    get { values[dimension] ?? .unknown }
    set { values[dimension] = newValue }
  }
}
