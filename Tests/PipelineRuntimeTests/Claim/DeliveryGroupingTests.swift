import BillingModel
import ByteStreaming
import Testing

@testable import PipelineRuntime

@Suite struct DeliveryGroupingTests {
  private func file(
    _ name: String, _ content: InboxFile.Content = .export(.legacy), time: Int = 0
  ) -> InboxFile {
    InboxFile(
      name: Text(name), path: Path(name),
      status: FileStatus(size: 1, modifiedNanoseconds: time, inode: 1, device: 1),
      sha256: ContentHash.of(Array(name.utf8)), content: content)
  }

  private func manifest(
    _ name: String, _ identity: String, keys: [String], period: String? = "2026-10", time: Int = 0
  ) -> InboxFile {
    file(
      name,
      .manifest(
        Manifest(
          shape: .legacy, exportName: "cur", identity: Text(identity),
          billingPeriod: period.flatMap { BillingPeriod($0) }, keys: keys.map { Text($0) },
          columns: [])), time: time)
  }

  private let top = "cur/20261001-20261101"

  @Test func `the manifest at the top names the newest of two versions`() {
    let grouping = DeliveryGrouping([
      manifest("\(top)/cur-Manifest.json", "new", keys: ["p/\(top)/new/cur-1.csv.gz"]),
      manifest("\(top)/new/cur-Manifest.json", "new", keys: ["p/\(top)/new/cur-1.csv.gz"]),
      manifest("\(top)/old/cur-Manifest.json", "old", keys: ["p/\(top)/old/cur-1.csv.gz"], time: 9),
      file("\(top)/new/cur-1.csv.gz"), file("\(top)/old/cur-1.csv.gz"),
    ])
    #expect(grouping.ready.map(\.mark.identity) == ["new"])
    #expect(grouping.ready[0].files.map(\.name) == [Text("\(top)/new/cur-1.csv.gz")])
    #expect(grouping.ready[0].decidedBy == "the manifest at the top")
    #expect(grouping.superseded.map(\.mark.identity) == ["old"])
    #expect(grouping.leftAlone.isEmpty)
  }

  @Test func `a timestamp in the path decides before everything else`() {
    func key(_ time: String) -> String {
      "data/BILLING_PERIOD=2026-04/\(time)-e\(time.prefix(4))/x-1.csv.gz"
    }
    let older = "2026-04-16T15:24:15.653Z", newer = "2026-04-17T01:00:00.000Z"
    let grouping = DeliveryGrouping([
      manifest(
        "metadata/BILLING_PERIOD=2026-04/\(older)-e1/m.json", "e1",
        keys: ["s3://b/p/\(key(older))"], period: nil, time: 5),
      manifest(
        "metadata/BILLING_PERIOD=2026-04/\(newer)-e2/m.json", "e2",
        keys: ["s3://b/p/\(key(newer))"], period: nil),
      file(key(older)), file(key(newer)),
    ])
    #expect(grouping.ready.map(\.mark.identity) == ["e2"])
    #expect(grouping.ready[0].billingPeriod == BillingPeriod("2026-04"))
    #expect(grouping.ready[0].decidedBy == "the timestamp in the path")
  }

  @Test func `a manifest waits for a missing chunk, and so do its other chunks`() {
    let grouping = DeliveryGrouping([
      manifest(
        "\(top)/cur-Manifest.json", "a",
        keys: ["p/\(top)/a/cur-1.csv.gz", "p/\(top)/a/cur-2.csv.gz"]),
      file("\(top)/a/cur-1.csv.gz"),
    ])
    #expect(grouping.ready.isEmpty)
    #expect(grouping.leftAlone.map(\.outcome) == ["waiting", "waiting"])
    #expect(
      grouping.leftAlone[0].reason
        == "waits for 1 of 2 files of cur; first missing: p/cur/20261001-20261101/a/cur-2.csv.gz")
  }

  @Test func `the chunk of an older version is not taken for a missing one of the same name`() {
    let grouping = DeliveryGrouping([
      manifest("\(top)/cur-Manifest.json", "new", keys: ["p/\(top)/new/cur-1.csv.gz"]),
      file("\(top)/old/cur-1.csv.gz"),
    ])
    #expect(grouping.ready.isEmpty)
  }

  @Test func `files that the newest manifest does not name stay and are listed`() {
    let grouping = DeliveryGrouping([
      manifest("\(top)/cur-Manifest.json", "a", keys: ["p/\(top)/cur-1.csv.gz"]),
      file("\(top)/cur-1.csv.gz"), file("\(top)/cur-2.csv.gz"),
    ])
    #expect(grouping.ready[0].files.map(\.name) == [Text("\(top)/cur-1.csv.gz")])
    #expect(grouping.leftAlone.map(\.name) == [Text("\(top)/cur-2.csv.gz")])
    #expect(grouping.leftAlone[0].reason == "the newest manifest does not name it")
  }

  @Test func `a manifest and its chunk may lie side by side under base names`() {
    let grouping = DeliveryGrouping([
      manifest("cur-Manifest.json", "a", keys: ["deep/in/a/bucket/cur-1.csv.gz"]),
      file("cur-1.csv.gz"),
    ])
    #expect(grouping.ready.map(\.files.count) == [1])
  }

  @Test(arguments: ["../secret", "/etc/passwd", "a/%2e%2e/b", "a\\b", "a/../../b", "s3://bucket"])
  func `a key that is no plain bucket key refuses the manifest`(_ key: String) {
    let grouping = DeliveryGrouping([manifest("m.json", "a", keys: [key]), file("secret")])
    #expect(grouping.ready.allSatisfy { $0.isLoose })
    #expect(grouping.refused.count == 1)
  }

  @Test func `loose files of one folder and format are one delivery`() {
    let grouping = DeliveryGrouping([
      file("a/1.csv"), file("a/2.csv"), file("a/3.csv", .export(.cur2)), file("b/1.csv"),
    ])
    #expect(grouping.ready.map(\.files.count).sorted() == [1, 1, 2])
    #expect(grouping.ready.allSatisfy { $0.isLoose })
  }

  @Test func `versions that nothing tells apart are left to their rows`() {
    let grouping = DeliveryGrouping([
      manifest("\(top)/a/cur-Manifest.json", "a", keys: ["p/\(top)/a/cur-1.csv.gz"], time: 7),
      manifest("\(top)/b/cur-Manifest.json", "b", keys: ["p/\(top)/b/cur-1.csv.gz"], time: 7),
      manifest("\(top)/c/cur-Manifest.json", "c", keys: ["p/\(top)/c/cur-1.csv.gz"], time: 6),
      file("\(top)/a/cur-1.csv.gz"), file("\(top)/b/cur-1.csv.gz"), file("\(top)/c/cur-1.csv.gz"),
    ])
    #expect(grouping.ready.map(\.mark.identity) == ["b"])
    #expect(grouping.ready[0].rivals.map(\.mark.identity) == ["a"])
    #expect(grouping.superseded.map(\.mark.identity) == ["c"])
    #expect(grouping.ready[0].decidedBy == "the file time")
    #expect(grouping.withHistory.ready.map(\.mark.identity) == ["c", "a", "b"])
  }

  @Test func `what lies in the folder of an earlier manifest is not loose`() {
    let grouping = DeliveryGrouping(
      [file("\(top)/cur-2.csv.gz")], earlierManifests: [Text("\(top)/cur-Manifest.json")])
    #expect(grouping.ready.isEmpty)
    #expect(grouping.leftAlone.map(\.reason) == ["the newest manifest does not name it"])
  }

  @Test(arguments: [
    "data/BILLING_PERIOD=2026-04/2026-04-16T15:24:15.653Z-e1/x-1.csv.gz",
    "cur/20261001-20261101/11111111-2222-3333-4444-555555555555/cur-1.csv.gz",
  ])
  func `a chunk in the folder of a version waits for its manifest`(_ name: String) {
    let grouping = DeliveryGrouping([file(name)])
    #expect(grouping.ready.isEmpty)
    #expect(grouping.leftAlone.map(\.outcome) == ["waiting"])
  }

  @Test func `two manifests that name the same version are copies, whatever they are called`() {
    let grouping = DeliveryGrouping([
      manifest("\(top)/cur-Manifest.json", "a", keys: ["p/\(top)/cur-1.csv.gz"]),
      manifest("\(top)/cur-Manifest (1).json", "a", keys: ["p/\(top)/cur-1.csv.gz"], period: nil),
      file("\(top)/cur-1.csv.gz"),
    ])
    #expect(grouping.ready.map(\.manifests.count) == [2])
  }

  @Test func `the same bytes under two names count once`() {
    var copy = file("a/1 (1).csv")
    copy.sha256 = ContentHash.of(Array("a/1.csv".utf8))
    let grouping = DeliveryGrouping([file("a/1.csv"), copy])
    #expect(grouping.ready.map { $0.files.map(\.name) } == [["a/1 (1).csv"]])
    #expect(grouping.duplicates.map(\.name) == ["a/1.csv"])
  }

  @Test func `a later night's version is outdated only by evidence`() {
    let booked = VersionMark(timestamp: nil, identity: "b", isTop: true, fileTime: 100)
    func mark(_ time: Int, _ identity: Text = "n") -> VersionMark {
      VersionMark(timestamp: nil, identity: identity, isTop: true, fileTime: time)
    }
    #expect(mark(99).isOutdated(by: booked))
    #expect(!mark(100).isOutdated(by: booked))
    #expect(!mark(99, "b").isOutdated(by: booked))
    #expect(VersionMark(booked.text).map { !mark(100).isOutdated(by: $0) } == true)
  }
}

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("*.sql", "a/b/create.sql", true), ("*.sql", "a.sql.gz", false), (".*", "x/.DS_Store", true),
    ("a/*/c", "a/b/c", true), ("a/*/c", "b/c", false), ("?.csv", "1.csv", true),
    ("?.csv", "12.csv", false),
    ("*status*", "cur/cost_and_usage_data_status/x", false), ("*/status/*", "cur/status/x", true),
    ("*.pdf", "a/X.PDF", true), ("**", "anything", true), ("a*b*c", "aXbYbZc", true),
    ("", "", true),
  ])
  func `patterns match as shells do`(_ pattern: String, _ name: String, _ expected: Bool) {
    #expect(NamePattern(pattern: pattern).matches(name) == expected)
  }
}
