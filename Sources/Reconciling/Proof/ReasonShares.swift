import BillingModel
import ExactNumbers

/// How much of each item of a match every explaining reason gives, from the data that gave its amount.
struct ReasonShares: Sendable {
  private struct Place: Hashable {
    let reason: DifferenceReason
    let level: ReconciliationLevel
    let key: Text
  }

  /// The reasons whose amounts can be told apart by item.
  private(set) var itemized: Set<DifferenceReason> = []
  private var amounts: [Place: Amount] = [:]
  private let levels: ComparisonLevels
  private let currency: CurrencyCode

  init(_ evidence: ReasonEvidence, _ explained: [ExplainedAmount]) throws(AmountOverflow) {
    levels = evidence.levels
    currency = evidence.comparison.currency
    for part in explained where !part.amount.isZero {
      guard let source = try evidence.source(of: part) else { continue }
      itemized.insert(part.reason)
      if part.reason == .taxOnInvoiceOnly {
        try add(part.amount, part.reason, .category, CategoryRows.tax)
      }
      for charge in source.missing { try add(charge, charge.billedCost, part.reason) }
      for charge in source.surplus { try add(charge, -charge.billedCost, part.reason) }
      for document in source.documents { try add(document, part.reason) }
      for level in [ReconciliationLevel.service, .subAccount] {
        try add(part.amount, part.reason, level, ComparisonLevels.unallocated)
      }
    }
  }

  func amount(of reason: DifferenceReason, at item: MatchItem) -> Amount {
    amounts[Place(reason: reason, level: item.level, key: item.key)] ?? .zero
  }

  private mutating func add(
    _ charge: ChargeSummary, _ amount: Amount, _ reason: DifferenceReason
  ) throws(AmountOverflow) {
    try add(amount, reason, .category, category(of: charge.key.chargeType.chargeClass))
    if charge.key.chargeType.chargeClass == .tax { return }
    try allocate(amount, reason, .service, levels.services?.key(of: charge))
    try allocate(amount, reason, .subAccount, charge.key.subAccountID)
  }

  private mutating func add(
    _ invoice: Invoice, _ reason: DifferenceReason
  ) throws(AmountOverflow) {
    guard let document = try DocumentAmounts(invoice, in: currency) else { return }
    let net = invoice.kind == .credit ? category(of: .credit) : CategoryRows.net
    try add(document.net ?? .zero, reason, .category, net)
    try add(document.tax ?? .zero, reason, .category, CategoryRows.tax)
    for item in document.items {
      try allocate(item.net, reason, .service, levels.services?.key(of: item.serviceName))
      try allocate(item.net, reason, .subAccount, item.subAccountID)
    }
  }

  /// Net holds what has no row of its own.
  private func category(of kind: ChargeClass) -> Text {
    let key =
      switch kind {
      case .tax: CategoryRows.tax
      case .credit, .refund: CategoryRows.credit
      case .discount: CategoryRows.discount
      case .usage, .purchase, .adjustment, .other: CategoryRows.net
      }
    return levels.has(.category, key) ? key : CategoryRows.net
  }

  /// Moves an amount from what is unallocated to its row, if there is one.
  private mutating func allocate(
    _ amount: Amount, _ reason: DifferenceReason, _ level: ReconciliationLevel, _ key: Text?
  ) throws(AmountOverflow) {
    guard let key, levels.has(level, key) else { return }
    try add(amount, reason, level, key)
    try add(-amount, reason, level, ComparisonLevels.unallocated)
  }

  private mutating func add(
    _ amount: Amount, _ reason: DifferenceReason, _ level: ReconciliationLevel, _ key: Text
  ) throws(AmountOverflow) {
    try amounts[Place(reason: reason, level: level, key: key), default: .zero] += amount
  }
}
