package import BillingModel

/// A version of a period's documents as it was published.
package struct Publication: Hashable, Sendable {
  /// Absent for what has no period (`out/unassigned`).
  package var billingPeriod: BillingPeriod?
  /// 1 for the first.
  package var version: Int
  /// The hash of all documents: a night that would publish the same publishes nothing.
  package var documentsHash: Text
  /// The status in which each finding was listed, by FindingId.
  package var reported: [Text: FindingStatus]

  package init(
    billingPeriod: BillingPeriod?, version: Int, documentsHash: Text,
    reported: [Text: FindingStatus]
  ) {
    self.billingPeriod = billingPeriod
    self.version = version
    self.documentsHash = documentsHash
    self.reported = reported
  }
}
