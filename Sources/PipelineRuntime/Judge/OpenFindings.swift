import BillingLedger
import BillingModel
import Reporting

/// How many findings are open, and the most expensive ones: what a run tells at its end.
struct OpenFindings {
  private(set) var count = 0
  private(set) var dearest: [ReportedFinding] = []

  init() {}

  init(_ findings: [ReportedFinding]) {
    count = findings.count { $0.status == .open }
    dearest = FindingTable.dearest(findings)
  }

  init(_ judged: JudgedPeriod) {
    count = judged.openFindings
    dearest = judged.dearest
  }

  mutating func add(_ other: OpenFindings) {
    count += other.count
    dearest = FindingTable.dearest(dearest + other.dearest)
  }
}
