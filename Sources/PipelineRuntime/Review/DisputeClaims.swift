import BillingLedger
import BillingModel
import ExactNumbers
import Reconciling

/// What is claimed back, as the decisions of reviewers say, beside the credits that came since.
enum DisputeClaims {
  /// - Parameter decisions: Oldest first.
  static func open(_ decisions: [ReviewDecision]) -> [Dispute] {
    Dictionary(grouping: decisions, by: \.findingID).compactMap { _, chain in dispute(chain) }
      .sorted { $0.findingID < $1.findingID }
  }

  /// A claim begins when it is confirmed or disputed, and ends when it is taken back; one that was sent
  /// and is dismissed then was refused.
  private static func dispute(_ chain: [ReviewDecision]) -> Dispute? {
    var dispute: Dispute?
    for decision in chain {
      switch decision.status {
      case .confirmed, .disputed:
        guard !decision.claim.isZero else {
          dispute = nil
          continue
        }
        let opened = dispute?.openedOn ?? decision.on
        let sent = decision.status == .disputed ? dispute?.sentOn ?? decision.on : nil
        dispute = Dispute(
          findingID: decision.findingID, key: decision.key, status: sent == nil ? .open : .sent,
          claimed: decision.claim, openedOn: opened)
        dispute?.sentOn = sent
      case .dismissed where dispute?.sentOn != nil: dispute?.status = .refused
      case .open, .planned, .dismissed, .resolved: dispute = nil
      }
    }
    return dispute
  }

  /// The claims of all periods with what came back of them.
  static func disputes(
    _ decisions: [ReviewDecision], _ book: OutlinedBook, _ documents: [Invoice], _ ledger: Ledger,
    taxRates: Set<Amount>
  ) throws(Stop) -> [Dispute] {
    let claims = open(decisions)
    if claims.isEmpty { return [] }
    let (known, credits) = try Stop.onLedger { () throws(LedgerFault) in
      (try ledger.disputes(), try LaterCredits(book, ledger))
    }
    return try Stop.catching("later credits") { () throws(AmountOverflow) in
      try DisputeMatching(
        claims, try credits.credits(with: documents),
        known: Dictionary(
          known.map { ($0.findingID, Set($0.credits)) }, uniquingKeysWith: { first, _ in first }),
        taxRates: taxRates
      ).result
    }
  }
}
