import Foundation
import TestSupport
import Testing

/// The exports of `sample-data/`, delivery by delivery, against Python's csv and decimal.
@Suite struct GeneratedExportTests {
  /// The folders that hold sound chunks; `broken-rows` is a story about others.
  static let deliveries: [String] = {
    let root = repositoryRoot().appendingPathComponent("sample-data")
    let files =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let chunks = files.filter { $0.hasSuffix(".csv.gz") && !$0.hasPrefix("broken-rows/") }
    return Set(chunks.map { ($0 as NSString).deletingLastPathComponent }).sorted()
  }()

  @Test func `there are deliveries of every format`() {
    for part in ["meridian-daily", "meridian-cur2", "focus-1-2", "china-focus"] {
      #expect(Self.deliveries.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test func `each delivery sums by invoice and type as in Python`() throws {
    for delivery in Self.deliveries {
      let files = try chunks(of: delivery)
      // The open FOCUS 1.0 export has no invoice ids to sum by.
      let columns = delivery.hasPrefix("china-focus") ? "LineItemType" : "InvoiceId,LineItemType"
      let expected = try oracle(script("sums.py"), [columns] + files)
      let found = try Program.run(["summarize"] + files + ["--by", columns])
      #expect(found.code == 0, "\(delivery)")
      #expect(found.text == String(decoding: expected, as: UTF8.self), "\(delivery)")
    }
  }

  private func chunks(of delivery: String) throws -> [String] {
    let folder = repositoryRoot().appendingPathComponent("sample-data").appendingPathComponent(
      delivery)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".csv.gz") }.sorted()
      .map { folder.appendingPathComponent($0).path }
  }
}
