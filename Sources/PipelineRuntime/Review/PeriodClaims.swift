import BillingModel
import ExactNumbers
import Reconciling

/// How the claims of a period stand, as its findings and its reconciliation tell.
struct PeriodClaims {
  private let findings: [Text: ReportedFinding]
  private let uninvoiced: UninvoicedMoney

  init(_ findings: [ReportedFinding], _ reconciliation: Reconciliation) {
    self.findings = Dictionary(
      findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    uninvoiced = UninvoicedMoney(findings.map(\.finding), reconciliation)
  }

  func standing(_ disputes: [Dispute]) -> [Dispute] {
    disputes.map(standing).sorted(by: Dispute.precedes)
  }

  private func standing(_ dispute: Dispute) -> Dispute {
    guard dispute.isOpen else { return dispute }
    var dispute = dispute
    guard let reported = findings[dispute.findingID] else {
      // Nothing shows it any more: it was corrected in the bill.
      dispute.status = .corrected
      return dispute
    }
    if !reported.isClaimed {
      dispute.status = .reopened
    } else if uninvoiced.keys.contains(dispute.key), dispute.recovered.isZero {
      dispute.status = .notInvoiced
      dispute.claimed = .zero
    }
    return dispute
  }

  /// What people should know of claims beside their figures.
  func notes(_ disputes: [Dispute]) -> [Text] {
    disputes.compactMap { dispute in
      let money = { (amount: Amount) in "\(dispute.key.currency) \(amount)" }
      if !dispute.surplus.isZero {
        return Text(
          "\(dispute.findingID): \(money(dispute.recovered)) came back for \(money(dispute.asked)) "
            + "that could be claimed, \(money(dispute.surplus)) more: look whether a credit is counted "
            + "twice")
      }
      guard dispute.isOpen, uninvoiced.undecided.contains(dispute.key) else { return nil }
      return Text(
        "\(dispute.findingID): an invoice lacks \(money(dispute.claimed)) once, and findings of that "
          + "amount stand beside each other: nothing tells which of them is on no invoice, so that "
          + "each stays claimed; look which is paid before you send it")
    }
  }

  /// What was decided to be an error of the bill, and claims nothing.
  var unclaimed: [UnclaimedFinding] {
    findings.values.filter { $0.isClaimed && $0.finding.kind == .errorCandidate }
      .compactMap { reported in
        reported.reasonForNoClaim.map {
          UnclaimedFinding(findingID: reported.id, reason: Text($0))
        }
      }.sorted { $0.findingID < $1.findingID }
  }
}

extension ReportedFinding {
  /// True where a reviewer says that it is an error, and that holds.
  var isClaimed: Bool { status == .confirmed || status == .disputed }
}
