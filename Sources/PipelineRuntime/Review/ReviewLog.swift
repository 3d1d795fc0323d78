import BillingModel
import ExactNumbers

/// What reviewers decided so far, tonight included, and what was not taken of it.
struct ReviewLog {
  /// Oldest first.
  let decisions: [ReviewDecision]
  private let refusals: [ReviewRefusal]

  init(_ night: NightWork) {
    decisions = night.memory.decisions + night.reviews.decisions
    // A file that was dropped in again may be refused for the same reason: it is said once.
    var seen: Set<[Text]> = []
    refusals = (night.memory.reviewRefusals + night.reviews.refusals).filter {
      seen.insert($0.identity).inserted
    }
  }

  func decisions(of period: BillingPeriod) -> [ReviewDecision] {
    decisions.filter { $0.key.billingPeriod == period }
  }

  /// - Parameter period: Absent for rows that name no known finding.
  func refusals(of period: BillingPeriod?) -> [ReviewRefusal] {
    refusals.filter { $0.billingPeriod == period }
  }

  /// What a period is judged from: its own decisions, and earlier ones that speak for the same causes.
  func basis(of period: BillingPeriod) -> [Text] {
    let causes = causes
    let own = decisions.filter {
      $0.key.billingPeriod == period
        || ($0.key.billingPeriod < period && causes.contains($0.key.cause))
    }
    return ["reviews"]
      + own.flatMap { decision in
        [
          decision.findingID, Text(decision.status.rawValue), decision.reviewer,
          Text(decision.until?.description ?? ""), decision.note, decision.owner ?? "\u{1F}",
          Text(decision.amount.description), Text(decision.on.description), decision.sha256,
        ]
      }
      + ["refused"]
      + refusals(of: period).flatMap {
        [$0.sha256, $0.file, Text(String($0.record)), $0.column, $0.code]
      }
  }

  private var causes: Set<[Text]> {
    Set(decisions.filter(\.suppressesCause).map(\.key.cause))
  }
}

extension ReviewRefusal {
  /// The cell, and what is wrong with it.
  fileprivate var identity: [Text] {
    [file, sha256, Text(String(record)), column, code, message]
  }

  /// `row 4 (line 5), column Status`.
  var place: String {
    let row = record == 0 ? "the file" : "row \(record) (line \(line))"
    return column.isEmpty ? row : "\(row), column \(column)"
  }
}
