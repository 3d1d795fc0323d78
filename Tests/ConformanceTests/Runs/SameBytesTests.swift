import Foundation
import TestSupport
import Testing

/// The same inputs give the same bytes, whoever runs it, wherever, and how often.
@Suite struct SameBytesTests {
  /// What one night takes: loose files, manifests, two formats, two payers, invoices, files to quarantine.
  private static let drops = [
    ("broken-rows", "2026-07-05"), ("exports-disagree", "2026-11-05"),
    ("duplicate-lines", "2026-07-05"), ("missing-invoice", "2026-06-05"),
    ("credit-note", "2026-11-05"),
  ]

  private func play(
    _ options: [String], shuffledBy seed: UInt64? = nil, environment: [String: String] = [:]
  ) throws -> [String: Data] {
    let root = try DataRoot()
    for (story, night) in Self.drops { try root.drop(story, night) }
    if let seed { try shuffle(root.inbox, seed) }
    #expect(try root.run(asOf: "2026-11-15", options, environment: environment).code == 65)
    #expect(try root.faultsOfSeals() == "")
    return try root.documents()
  }

  /// Writes the files again in another order, so that folders list them in another one, with times at
  /// random in ten years.
  private func shuffle(_ inbox: URL, _ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let files = try filesBelow(inbox)
    try FileManager.default.removeItem(at: inbox)
    for path in files.keys.sorted().shuffled(using: &generator) {
      let file = inbox.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files[path]?.write(to: file)
      let age = Double(generator.next() % 315_360_000)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000 + age)],
        ofItemAtPath: file.path)
    }
  }

  @Test func `workers, order, file times, time zone and language change no byte`() throws {
    let expected = try play(["--workers", "1"])
    #expect(expected.keys.contains("2026-10/anomalies.csv"))
    #expect(try play(["--workers", "2"]) == expected)
    #expect(try play(["--workers", "7"]) == expected)
    for seed in [UInt64(11), 12] {
      #expect(try play(["--workers", "3"], shuffledBy: seed) == expected, "seed \(seed)")
    }
    for zone in ["Pacific/Auckland", "America/New_York"] {
      let place = ["TZ": zone, "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"]
      #expect(try play([], environment: place) == expected, "\(zone)")
    }
  }

  @Test func `a second run over nothing new publishes nothing`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    #expect(try root.run(asOf: "2026-10-05").code == 0)
    let before = try root.documents()
    let again = try root.run(asOf: "2026-10-05")
    #expect(again.code == 0 && again.text.contains("Nothing differs: no new documents."))
    #expect(try root.versions("2026-09") == ["1"])
    #expect(try root.documents() == before)
  }

  @Test func `the same files again, also under other names, change nothing`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    let before = try root.documents()
    try root.drop("line-faults", "2026-10-05")
    #expect(try root.run(asOf: "2026-10-05").code == 0)
    #expect(try root.documents() == before)
    try root.drop("line-faults", "2026-10-05", as: "a copy")
    #expect(try root.run(asOf: "2026-10-06").code == 0)
    #expect(try root.versions("2026-09") == ["1"])
    let months = try root.documents().filter { $0.key.hasPrefix("2026-09/") }
    #expect(months == before.filter { $0.key.hasPrefix("2026-09/") })
    #expect(try filesBelow(root.inbox).isEmpty)
  }
}
