import BillingModel
import ExactNumbers
import Reconciling

/// How the claims of a period stand, as its findings and its reconciliation tell.
struct PeriodClaims {
  private let findings: [Text: ReportedFinding]
  private let uninvoiced: Set<FindingKey>

  init(_ findings: [ReportedFinding], _ reconciliation: Reconciliation) {
    self.findings = Dictionary(
      findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    uninvoiced = UninvoicedMoney(findings.map(\.finding), reconciliation).keys
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
    } else if uninvoiced.contains(dispute.key), dispute.recovered.isZero {
      dispute.status = .notInvoiced
      dispute.claimed = .zero
    }
    return dispute
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
