import BillingLedger
import BillingModel
import ExactNumbers

extension NightWork {
  /// What has no period: inputs that were set aside, and what still lies in the inbox.
  var unassigned: PeriodReport {
    var report = PeriodReport(
      billingPeriod: nil, asOf: plan.asOf, definition: Text(plan.definition.name))
    let anew = Set(inputs.map { [$0.sha256, $0.name] })
    let earlier = memory.inputs.filter { !anew.contains([$0.sha256, $0.name]) }
    let setAside = (earlier + inputs).filter {
      $0.outcome == "quarantined" || $0.outcome == "duplicate" || $0.outcome == "superseded"
        || ($0.outcome == "read" && !$0.reason.isEmpty) || $0.outcome == "reviewed"
    }
    report.inputs =
      setAside.map {
        ReportedInput(
          file: $0.name, sha256: $0.sha256, kind: $0.kind, outcome: $0.outcome, reason: $0.reason)
      }
      + leftAlone.map {
        ReportedInput(
          file: $0.name, sha256: "", kind: $0.kind, outcome: $0.outcome, reason: $0.reason)
      }
    report.rejects = setAside.compactMap { input in
      // What a file was set aside for begins with a stable word.
      let parts = input.reason.string.split(separator: ": ", maxSplits: 1)
      guard input.outcome == "quarantined" || parts.first == "NotBooked" else { return nil }
      return Reject(
        file: input.name, record: 0, column: "", code: Text(parts.first ?? ""),
        message: Text(parts.last ?? ""), raw: "", cost: nil, currency: nil)
    }
    report.reviewRefusals = ReviewLog(self).refusals(of: nil)
    report.rejects += report.reviewRefusals.map(\.reject)
    return report
  }
}
