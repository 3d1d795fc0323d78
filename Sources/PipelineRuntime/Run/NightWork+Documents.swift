import BillingLedger
import BillingModel
import ExactNumbers

extension NightWork {
  /// What a loose delivery lacks against the version that it would replace, in words; nil if nothing, or
  /// if a person accepted it.
  mutating func partialness(
    of delivery: Delivery, _ contents: ExportContents,
    load: (BookedVersion) throws(Stop) -> ExportContents
  ) throws(Stop) -> String? {
    guard delivery.isLoose, !isAccepted(delivery) else { return nil }
    for version in versions(of: delivery, contents) {
      guard let older = book.predecessor(of: version), case .tonight(let new) = version.origin
      else { continue }
      let before = try load(older)
      let lacking = try Stop.catching("\(delivery.exportName)") { () throws(AmountOverflow) in
        try Fullness(new.contents).lacks(of: Fullness(before))
      }
      if let lacking { return lacking }
    }
    return nil
  }

  /// What has no period: inputs that were set aside, and what still lies in the inbox.
  var unassigned: PeriodReport {
    var report = PeriodReport(
      billingPeriod: nil, asOf: plan.asOf, definition: Text(plan.definition.name))
    let setAside = (memory.inputs + inputs).filter {
      $0.outcome == "quarantined" || $0.outcome == "duplicate" || $0.outcome == "superseded"
        || ($0.outcome == "read" && !$0.reason.isEmpty)
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
    report.rejects = setAside.filter { $0.outcome == "quarantined" }.map { input in
      let parts = input.reason.string.split(separator: ": ", maxSplits: 1)
      return Reject(
        file: input.name, record: 0, column: "", code: Text(parts.first ?? ""),
        message: Text(parts.last ?? ""), raw: "", cost: nil, currency: nil)
    }
    return report
  }
}
