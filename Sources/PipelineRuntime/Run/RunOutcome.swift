import BillingLedger
import BillingModel
import ByteStreaming
import Reporting

/// How a run ended, for the command line.
package struct RunOutcome: Sendable {
  /// One sentence.
  package let headline: String
  /// The headline, where to look, and the most expensive findings.
  package let report: String
  package let hasQuarantine: Bool
  package let openFindings: Int
  /// A line for each file that could not be read at all.
  let unreadable: [String]

  /// The periods that were judged, and those whose months were loaded for that.
  let judged: [Text]
  let loaded: [Text]

  init(
    _ plan: RunPlan, _ night: NightWork, _ publications: Publications, _ judging: NightJudging
  ) {
    judged = judging.reports.map(\.name)
    loaded = judging.loaded.map { Text($0.description) }
    unreadable = night.leftAlone.filter { $0.outcome == "unreadable" }.map {
      "  unreadable \($0.name): \($0.reason)"
    }
    let waiting = night.leftAlone.count { $0.outcome == "waiting" }
    let open = judging.openFindings(publications)
    openFindings = open.count
    hasQuarantine =
      !night.quarantined.isEmpty || !night.notBooked.isEmpty || !unreadable.isEmpty
      || !night.reviews.refusals.isEmpty
    headline = [
      "\(plan.definition.name) as of \(plan.asOf): \(Self.count(night.filesRead, "file")) taken",
      night.quarantined.isEmpty ? nil : "\(night.quarantined.count) quarantined",
      waiting == 0 ? nil : "\(waiting) waiting",
      unreadable.isEmpty ? nil : "\(unreadable.count) unreadable",
      "\(Self.count(publications.published.count, "period")) published",
      "\(Self.count(openFindings, "open finding"))",
    ].compactMap { $0 }.joined(separator: ", ")

    var lines = [headline]
    // Faults of an export name its file already.
    lines += night.quarantined.map { fault in
      let isNamed = fault.reason.string.hasPrefix(fault.file.string)
      return "  quarantined " + (isNamed ? "" : "\(fault.file): ") + fault.reason.string
    }
    lines += night.signOffs.map(\.signOff).map {
      "  signed off \($0.billingPeriod) by \($0.by): version \($0.version)"
    }
    lines += Self.reviews(night)
    lines += night.notBooked.map { "  not booked \($0)" }
    lines += night.inputs.filter { $0.outcome == "superseded" }.map {
      "  superseded \($0.name): \($0.reason)"
    }
    lines += night.leftAlone.filter { $0.outcome != "ignored" }.map {
      "  \($0.outcome) \($0.name): \($0.reason)"
    }
    lines += plan.accepted.subtracting(night.metIDs).sorted().map {
      "  --accept \($0): no delivery of this night has that id"
    }
    lines += Self.places(plan.home, publications)
    let table = FindingTable.text(open.dearest)
    if !table.isEmpty { lines += ["", "The most expensive findings of each currency:", table] }
    report = lines.joined(separator: "\n")
  }

  /// What was taken of each review, and every cell or row that was not.
  private static func reviews(_ night: NightWork) -> [String] {
    night.reviews.files.flatMap { file in
      [
        "  reviewed \(file.name): \(count(file.decided, "decision")) taken, \(file.refused) refused"
      ]
        + night.reviews.refusals.filter { $0.sha256 == file.sha256 }.map {
          "    refused \($0.place): \($0.code): \($0.message)"
        }
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func places(_ home: Home, _ publications: Publications) -> [String] {
    guard !publications.published.isEmpty else { return ["Nothing differs: no new documents."] }
    let reports = Dictionary(
      publications.reports.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return ["", "New documents:"]
      + publications.published.flatMap { entry in
        let folder = home.out.appending(entry.period.string)
        guard let report = reports[entry.period], let reconciliation = report.reconciliation else {
          return ["  \(folder)/run-summary.json"]
        }
        let results = MatchResult.allCases.compactMap { result in
          let count = reconciliation.matches.count { $0.result == result }
          return count == 0 ? nil : "\(count) \(result.rawValue)"
        }
        let place =
          "  \(folder)/anomalies.csv: \(count(entry.findings.count, "finding")); reconciliation.csv: "
          + (results.isEmpty ? "no matches" : results.joined(separator: ", "))
        return [place] + OwnerLines.text(report).map { "    " + $0 }
      }
  }
}
