package import BillingModel
package import ExactNumbers

/// One document of a billing period.
protocol ReportOutput: SendableMetatype {
  /// True where the document is written although the report has no billing period.
  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool
  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document
}

extension ReportOutput {
  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool { false }
}

/// Every document that a period is published as: a new one is a file in `Outputs/` and a line here.
package enum DocumentCatalog {
  static let outputs: [any ReportOutput.Type] = [
    Anomalies.self, Dismissed.self, AnomalyDetails.self, AnomalyCandidates.self,
    ReconciliationMatches.self,
    ReconciliationItems.self, OpenItems.self, Disputes.self, ExpectedInvoices.self,
    RestatementReport.self, TagCoverage.self, TagAccuracy.self, TagDebt.self,
    Rejects.self, RunSummary.self,
  ]

  /// The documents of a period. A document without rows is there with its header; only what has no
  /// period (`out/unassigned`) leaves out the documents that speak of one.
  package static func documents(
    _ report: PeriodReport, options: ReportOptions
  ) throws(AmountOverflow) -> [Document] {
    var documents: [Document] = []
    for output in outputs
    where report.billingPeriod != nil || output.appearsWithoutPeriod(report) {
      documents.append(try output.document(report, options))
    }
    for pack in report.packs { documents += try DisputePackDocuments.all(pack, options) }
    return documents
  }
}
