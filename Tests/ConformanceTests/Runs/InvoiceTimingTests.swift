import Foundation
import TestSupport
import Testing

/// An invoice may come before its charges or long after them.
@Suite struct InvoiceTimingTests {
  private func result(_ root: DataRoot, _ invoice: String) throws -> [String?] {
    try root.sheet("2026-07/reconciliation.csv").rows.filter {
      $0["InvoiceIds"] == invoice || $0["Documents"]?.contains(invoice) == true
    }.map { $0["Result"] }
  }

  @Test func `an invoice a night before its charges and one a month after both end matched`() throws
  {
    let story = "invoice-before-charges"
    let root = try DataRoot()
    try root.drop(story, "2026-08-03")
    try root.run(asOf: "2026-08-03")
    let early = try root.sheet("2026-07/reconciliation.csv").rows
    #expect(early.map { $0["Result"] } == ["MissingCharges"])
    #expect(early.map { $0["Documents"] } == ["cn-einvoice:26112000000000000081"])

    try root.drop(story, "2026-08-04")
    try root.run(asOf: "2026-08-04")
    #expect(try result(root, "9126001107") == ["Matched"])
    #expect(try result(root, "6426002207") == ["NotFinal"])

    // Invoices are expected by the 10th. None of this issuer ever came, which is said once.
    try root.run(asOf: "2026-08-09")
    #expect(try result(root, "6426002207") == ["NotFinal"])
    try root.run(asOf: "2026-08-10")
    let missing = try root.sheet("2026-07/anomalies.csv").rows(["Rule": "InvoicesNeverArrived"])
    #expect(missing.count == 1 && missing[0]["AmountAtStake"] == "13558.99")

    try root.drop(story, "2026-09-04")
    let last = try root.run(asOf: "2026-09-04")
    #expect(!last.error.contains("reading ziwu-daily"), "rows were read again")
    #expect(try result(root, "9126001107") == ["Matched"])
    #expect(try result(root, "6426002207") == ["Matched"])
    let matched = try root.sheet("2026-07/reconciliation.csv").rows
    #expect(matched.map { $0["InvoicedTotal"] }.sorted { $0! < $1! } == ["13558.99", "9356.09"])
    #expect(matched.allSatisfy { $0["Difference"] == "0.00" })
    #expect(try root.faultsOfSeals() == "")
  }
}
