import BillingModel
import ExactNumbers

/// A sum that belongs to a payer's month and to no match in particular. Only one match may claim it.
struct SharedSum: Hashable, Sendable {
  let reason: DifferenceReason
  let months: [PayerPeriod]
  let currency: CurrencyCode
  /// Empty if the sum is over all issuers.
  let issuers: Set<CompanyName>
}

/// What the reasons may look at beside the match itself.
struct Surroundings: Sendable {
  let states: PeriodStates
  /// Newest first.
  private let versions: [PayerPeriod: [EarlierVersion]]
  private let openNodes: [PayerPeriod: [ChargeNode]]
  /// How many matches of a month hold charges.
  private let matchCounts: [PayerPeriod: [CurrencyCode: Int]]

  init(
    states: PeriodStates, nodes: [ChargeNode], replaced: [Booking], comparisons: [Comparison]
  ) throws(AmountOverflow) {
    self.states = states
    versions = Dictionary(
      grouping: try EarlierVersion.all(of: replaced, beside: nodes), by: \.payerPeriod)
    var openNodes: [PayerPeriod: [ChargeNode]] = [:]
    for node in nodes {
      guard node.isOpen, node.awaitsInvoiceID, let period = node.key.billingPeriod else { continue }
      let month = PayerPeriod(
        billingAccountID: node.key.billingAccountID, billingPeriod: period)
      openNodes[month, default: []].append(node)
    }
    self.openNodes = openNodes
    var matchCounts: [PayerPeriod: [CurrencyCode: Int]] = [:]
    for comparison in comparisons {
      for month in comparison.group.months {
        matchCounts[month, default: [:]][comparison.currency, default: 0] += 1
      }
    }
    self.matchCounts = matchCounts
  }

  func versions(of months: [PayerPeriod]) -> [EarlierVersion] {
    months.flatMap { versions[$0] ?? [] }
  }

  /// True if no other match of these months could have a share in what is common to them.
  func isOnlyMatch(_ comparison: Comparison) -> Bool {
    comparison.group.months.allSatisfy { matchCounts[$0]?[comparison.currency] == 1 }
  }

  /// Σ of the rows of these months that have no invoice id yet, of the issuers of the match.
  func openSum(beside comparison: Comparison) throws(AmountOverflow) -> Amount {
    try ChargedSums(openCharges(beside: comparison)).total
  }

  func openCharges(beside comparison: Comparison) -> [ChargeSummary] {
    let names = comparison.group.issuerNames
    return comparison.group.months.flatMap { openNodes[$0] ?? [] }.filter { node in
      node.key.currency == comparison.currency
        && (names.contains(node.key.issuer) || !node.key.issuer.isKnown)
        && !comparison.group.nodes.contains { $0.key == node.key }
    }
    .flatMap(\.charges)
  }
}
