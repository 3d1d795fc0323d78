import Foundation
import TestSupport
import Testing

/// A delivery restates its whole month; one that may be incomplete waits for a person.
@Suite struct DeliveryTests {
  private func charged(_ root: DataRoot, _ period: String) throws -> [String: String] {
    try #require(try root.summary(period).stage("charges")).cost
  }

  /// The second version is 19.60 USD dearer; the untaxed sums are Python's, over each version's chunks.
  @Test func `a restated month is replaced, not added`() throws {
    let story = "restated-month"
    let root = try DataRoot()
    for night in ["2026-08-05", "2026-08-14"] {
      try root.drop(story, night)
      let chunks = try filesBelow(root.inbox).keys.filter { $0.hasSuffix(".csv.gz") }.sorted()
      let script = repositoryRoot().appendingPathComponent(
        "Tests/ConformanceTests/Oracle/sums.py")
      let files = chunks.map { root.inbox.appendingPathComponent($0).path }
      let expected = Sheet(try oracle(script, [""] + files)).rows[0]
      #expect(try root.run(asOf: night).code == 0)
      #expect(try charged(root, "2026-07") == ["USD": expected["BilledCost"]])
    }
    #expect(try root.versions("2026-07") == ["1", "2"])
    let changed = try root.sheet("2026-07/anomalies.csv").rows(["Rule": "ChangedAfterFinalisation"])
    #expect(Set(changed.map { $0["AmountAtStake"] }) == ["18.40", "1.20"])
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `an older version that comes late is set beside, not booked`() throws {
    let root = try DataRoot()
    try root.drop("restated-month", "2026-08-14")
    try root.run(asOf: "2026-08-14")
    let before = try charged(root, "2026-07")
    try root.drop("restated-month", "2026-08-05")
    #expect(try root.run(asOf: "2026-08-15").code == 0)
    #expect(try charged(root, "2026-07") == before)
    let superseded = try root.summary("unassigned").inputs.filter { $0.outcome == "superseded" }
    #expect(superseded.count == 3, "a manifest and two chunks")
    #expect(try filesBelow(root.inbox).isEmpty)
  }

  /// 2026-05 lies in two loose files; then one of them comes again, cut to its first rows.
  private func partial(_ root: DataRoot) throws {
    let night = "2026-06-05"
    try root.drop("missing-invoice", night)
    try root.run(asOf: night)
    let path = "sample-data/missing-invoice/nights/\(night)/cost/meridian-2026-05-1.csv.gz"
    let whole = repositoryRoot().appendingPathComponent(path).path
    let cut = try Program.command(["sh", "-c", "gzip -dc \"$0\" | head -n 200", whole])
    try root.drop("missing-invoice/cost/part.csv", cut.output)
  }

  @Test func `a delivery that holds less than the booked one waits and changes nothing`() throws {
    let root = try DataRoot()
    try partial(root)
    let before = try root.documents()
    for _ in 1...2 {
      let ending = try root.run(asOf: "2026-06-06")
      #expect(ending.code == 0)
      #expect(ending.text.contains("waiting missing-invoice/cost/part.csv: PartialDelivery: "))
      let months = try root.documents().filter { $0.key.hasPrefix("2026-05/") }
      #expect(months == before)
    }
    let waiting = try root.summary("unassigned").input("missing-invoice/cost/part.csv")
    #expect(waiting?.outcome == "waiting")
  }

  @Test func `a person's word takes what waits`() throws {
    let root = try DataRoot()
    try partial(root)
    let ending = try root.run(asOf: "2026-06-06")
    let id = try #require(ending.text.firstMatch(of: #/--accept ([0-9a-f]{10})/#)).1
    #expect(try root.run(asOf: "2026-06-06", ["--accept", "0000000000"]).text.contains("waiting"))
    let accepted = try root.run(asOf: "2026-06-06", ["--accept", String(id)])
    #expect(accepted.code == 0 && !accepted.text.contains("waiting"))
    #expect(try root.summary("2026-05").stage("read")?.rows == 199)
    #expect(try filesBelow(root.inbox).isEmpty)
  }

  @Test func `the same rows in other files are booked once`() throws {
    let night = "2026-06-05"
    let root = try DataRoot()
    try root.drop("missing-invoice", night)
    try root.run(asOf: night)
    let before = try charged(root, "2026-05")
    let folder = "sample-data/missing-invoice/nights/\(night)/cost"
    for number in 1...2 {
      let path = repositoryRoot().appendingPathComponent(
        "\(folder)/meridian-2026-05-\(number).csv.gz")
      let plain = try Program.command(["gzip", "-dc", path.path])
      try root.drop("missing-invoice/cost/plain-\(number).csv", plain.output)
    }
    #expect(try root.run(asOf: "2026-06-06").text.contains("2 files taken"))
    #expect(try charged(root, "2026-05") == before)
    #expect(try root.sheet("2026-05/anomalies.csv").rows(["Rule": "DuplicateLineItem"]).isEmpty)
  }

  /// The legacy report as AWS delivers it where ZIP is chosen: the archives are Python's.
  @Test func `a report in ZIP archives is booked as the same one in gzip`() throws {
    let (gzip, zip) = (try DataRoot(), try DataRoot())
    for root in [gzip, zip] { try root.drop("line-faults", "2026-10-05") }
    let script = """
      import gzip, pathlib, sys, zipfile
      for path in list(pathlib.Path(sys.argv[1]).rglob("*.csv.gz")):
          with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
              archive.writestr(path.stem, gzip.decompress(path.read_bytes()))
          path.unlink()
      for path in pathlib.Path(sys.argv[1]).rglob("*-Manifest.json"):
          text = path.read_text().replace(".csv.gz", ".csv.zip").replace('"GZIP"', '"ZIP"')
          path.write_text(text)
      """
    #expect(try Program.command(["python3", "-c", script, zip.inbox.path]).code == 0)
    let names = try filesBelow(zip.inbox).keys
    #expect(names.contains { $0.hasSuffix(".csv.zip") })
    #expect(!names.contains { $0.hasSuffix(".gz") })
    for root in [gzip, zip] { #expect(try root.run(asOf: "2026-10-05").code == 0) }
    #expect(try charged(zip, "2026-09") == charged(gzip, "2026-09"))
    let rows = try gzip.sheet("2026-09/anomalies.csv").rows([:])
    #expect(try zip.sheet("2026-09/anomalies.csv").rows([:]).count == rows.count)
    #expect(try filesBelow(zip.inbox).isEmpty)
  }

  @Test func `a manifest without one of its chunks waits for it`() throws {
    let root = try DataRoot()
    try root.drop("duplicate-lines", "2026-07-05")
    let chunk = try #require(
      try filesBelow(root.inbox).first { $0.key.hasSuffix("00002.csv.gz") })
    try FileManager.default.removeItem(at: root.inbox.appendingPathComponent(chunk.key))
    #expect(try root.run(asOf: "2026-07-05").text.contains("waits for 1 of 2 files"))
    #expect(try filesBelow(root.inbox).count == 3, "two copies of the manifest and a chunk")
    #expect(try root.summary("2026-06").stage("read")?.rows == 0)
    try root.drop(chunk.key, chunk.value)
    #expect(try root.run(asOf: "2026-07-05").code == 0)
    #expect(try filesBelow(root.inbox).isEmpty)

    let whole = try DataRoot()
    try whole.drop("duplicate-lines", "2026-07-05")
    try whole.run(asOf: "2026-07-05")
    for name in ["reconciliation.csv", "reconciliation-items.csv", "tag-coverage.csv"] {
      let path = "2026-06/\(name)"
      #expect(try root.documents()[path] == whole.documents()[path], "\(name)")
    }
  }
}
