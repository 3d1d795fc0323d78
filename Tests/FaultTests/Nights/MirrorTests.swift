import Foundation
import TestSupport
import Testing

/// An inbox that another program mirrors (`aws s3 sync`): files stay, and are read once.
@Suite struct MirrorTests {
  /// The sample's pipeline over a mirrored inbox.
  private func mirror() throws -> (DataRoot, TemporaryFolder) {
    let pipelines = TemporaryFolder()
    for (name, bytes) in try filesBelow(repositoryRoot().appendingPathComponent("pipelines")) {
      try pipelines.write(name, bytes)
    }
    let path = pipelines.url.appendingPathComponent("sample.yaml")
    let text = try String(contentsOf: path, encoding: .utf8)
    let changed = text.replacing("inbox: drop", with: "inbox: mirror")
    try #require(changed != text)
    try Data(changed.utf8).write(to: path)
    return (try DataRoot(definition: path.path), pipelines)
  }

  @Test func `files stay, and a second night reads nothing`() throws {
    let (root, pipelines) = try mirror()
    try root.drop("duplicate-lines", "2026-07-05")
    let inbox = try filesBelow(root.inbox)
    #expect(try root.run(asOf: "2026-07-05").code == 0)
    #expect(try filesBelow(root.inbox) == inbox)
    let before = try root.documents()

    let second = try root.run(asOf: "2026-07-05")
    #expect(second.code == 0 && second.text.contains("0 files taken"))
    #expect(!second.error.contains("reading"), "\(second.error)")
    #expect(try root.documents() == before)
    withExtendedLifetime(pipelines) {}

    let dropped = try DataRoot()
    try dropped.drop("duplicate-lines", "2026-07-05")
    try dropped.run(asOf: "2026-07-05")
    #expect(try dropped.documents() == before)
  }

  @Test func `a file that changed is read`() throws {
    let (root, pipelines) = try mirror()
    try root.drop("restated-month", "2026-08-05")
    try root.run(asOf: "2026-08-05")
    // The loose file of another month grows in its place.
    try root.drop("loose/cost.csv", export(rows: 1).utf8)
    #expect(try root.run(asOf: "2026-08-06").text.contains("1 file taken"))
    #expect(try root.summary("2026-06").stage("read")?.rows == 1)
    try root.drop("loose/cost.csv", export(rows: 3).utf8)
    #expect(try root.run(asOf: "2026-08-07").text.contains("1 file taken"))
    #expect(try root.summary("2026-06").stage("read")?.rows == 3)
    #expect(try root.summary("2026-06").stage("charges")?.cost == ["USD": "0.75"])
    withExtendedLifetime(pipelines) {}
  }

  @Test func `half a sync is no restated month`() throws {
    let (root, pipelines) = try mirror()
    func manifest(_ id: String) -> String {
      #"{"executionId": "\#(id)", "columns": [], "dataFiles": ["s3://b/cur/1.csv", "s3://b/cur/2.csv"]}"#
    }
    try root.drop("cur/1.csv", export(rows: 4).utf8)
    try root.drop("cur/2.csv", export(rows: 2).utf8)
    try root.drop("cur/cur-Manifest.json", manifest("e1").utf8)
    try root.run(asOf: "2026-08-06")
    #expect(try root.summary("2026-06").stage("read")?.rows == 6)
    // A row moves from the first file to the second; only the second is copied yet.
    try root.drop("cur/2.csv", export(rows: 3).utf8)
    #expect(try root.run(asOf: "2026-08-07").text.contains("waits for the new manifest"))
    #expect(try root.summary("2026-06").stage("read")?.rows == 6)
    try root.drop("cur/1.csv", export(rows: 3).utf8)
    try root.drop("cur/cur-Manifest.json", manifest("e2").utf8)
    try root.run(asOf: "2026-08-08")
    #expect(try root.summary("2026-06").stage("read")?.rows == 6)
    #expect(try root.summary("2026-06").input("cur/2.csv") != nil)
    withExtendedLifetime(pipelines) {}
  }

  private func export(rows: Int) -> String {
    let header =
      "bill/InvoiceId,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,"
      + "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,"
      + "lineItem/ProductCode,lineItem/CurrencyCode,lineItem/UnblendedCost\n"
    return header
      + String(
        repeating: ",100000000001,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,1,Usage,"
          + "2026-06-03T00:00:00Z,AmazonS3,USD,0.25\n", count: rows)
  }

  @Test func `a bad file in a mirror is reported once`() throws {
    let (root, pipelines) = try mirror()
    try root.drop("duplicate-lines", "2026-07-05")
    try root.drop("bad.csv", [])
    #expect(try root.run(asOf: "2026-07-05").code == 65)
    #expect(try root.run(asOf: "2026-07-05").code == 0)
    #expect(try filesBelow(root.inbox)["bad.csv"] == Data())
    withExtendedLifetime(pipelines) {}
  }
}
