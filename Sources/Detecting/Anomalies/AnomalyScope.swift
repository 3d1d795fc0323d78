import BillingModel

/// A dimension along which costs are cut.
enum ScopeDimension: CaseIterable {
  case subAccount, service, region, usageType, owner

  func value(_ leaf: UsageLeaf) -> Text {
    switch self {
    case .subAccount: leaf.key.subAccountID
    case .service: leaf.key.serviceName
    case .region: leaf.key.regionID
    case .usageType: leaf.key.usageType
    case .owner: leaf.owner
    }
  }
}

/// A part of a payer's costs: the leaves that have these values. A dimension that is not named is open.
struct AnomalyScope: Hashable {
  private(set) var values: [ScopeDimension: Text]

  init(_ values: [ScopeDimension: Text]) { self.values = values }

  init(_ leaf: UsageLeaf, _ dimensions: [ScopeDimension]) {
    values = Dictionary(uniqueKeysWithValues: dimensions.map { ($0, $0.value(leaf)) })
  }

  subscript(dimension: ScopeDimension) -> Text { values[dimension] ?? "" }

  func contains(_ leaf: UsageLeaf) -> Bool {
    values.allSatisfy { dimension, value in dimension.value(leaf) == value }
  }

  /// In a fixed order; for sorting.
  var parts: [Text] { ScopeDimension.allCases.map { self[$0] } }
}
