import BillingModel

/// One change to the tag rules, the account list or the tags themselves.
enum DebtFix: Hashable, Sendable {
  /// A folded key joins the aliases of a dimension.
  case alias(Dimension, key: Text)
  /// A folded value of a dimension is mapped, or is put right where it is tagged.
  case value(Dimension, value: Text)
  /// An account gets an owner; without a service, all of it.
  case owner(billingAccountID: Text, subAccountID: Text, serviceName: Text)

  var dimension: Dimension {
    switch self {
    case .alias(let dimension, _), .value(let dimension, _): dimension
    case .owner: .owner
    }
  }

  var kind: DebtKind {
    switch self {
    case .alias: .alias
    case .value: .value
    case .owner: .owner
    }
  }

  private var parts: [Text] {
    switch self {
    case .alias(let dimension, let key): [Text(dimension.rawValue), key]
    case .value(let dimension, let value): [Text(dimension.rawValue), value]
    case .owner(let payer, let account, let service): [payer, account, service]
    }
  }
}

extension DebtFix: Comparable {
  /// Of two that gain the same, the first is shown first.
  static func < (a: DebtFix, b: DebtFix) -> Bool {
    a.kind != b.kind ? a.kind < b.kind : a.parts.lexicographicallyPrecedes(b.parts)
  }
}
