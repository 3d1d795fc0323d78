import Foundation
import TestSupport
import Testing

@testable import SampleData

@Suite struct BenchSetTests {
  private func written(_ words: String, in folder: TemporaryFolder, _ name: String) throws -> String
  {
    let path = folder.path + "/" + name
    var set = try BenchSet(BenchSettings(words.split(separator: " ").map(String.init) + [path]))
    _ = try set.write()
    return path
  }

  private func content(_ folder: String) throws -> Data {
    let figures = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder + "/bench.json")))
    let files = try #require((figures as? [String: Any])?["files"] as? [String])
    return try files.map { try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)) }
      .reduce(Data(), +)
  }

  /// What Python says of a set, in the order in which it says it.
  private func facts(_ words: String) throws -> [String] {
    let folder = TemporaryFolder()
    let set = try written(words, in: folder, "set")
    let script = repositoryRoot().appendingPathComponent("Tests/SampleDataTests/Oracle/bench.py")
    return String(decoding: try oracle(script, [set]), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test func `Python finds a clean month that adds up to its invoices`() throws {
    #expect(
      try facts("--rows 30000") == [
        "columns [190, 190, true]", "families in order true", "rows true", "bytes true",
        "accounts 40", "ids [true, true]", "groups true", "costs are rates times usage true",
        "one rate, one unit true", "plans cancel true", "at most an hour an hour true",
        #"days ["2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"]"#,
        "fraction digits true",
        #"types ["Credit", "DiscountedUsage", "Fee", "RIFee", "SavingsPlanCoveredUsage", "#
          + #""SavingsPlanNegation", "SavingsPlanRecurringFee", "Tax", "Usage"]"#,
        "doubled quotes true", "tags [true, true, true, true]", "invoices [3, true]",
        "manifest [true, true]",
      ])
  }

  @Test(arguments: [
    "--rows 30000 --groups few", "--rows 3000 --tags 9 --files 1 --columns 120 --seed 5",
    "--rows 60000 --tags 0 --files 7 --seed 2",
  ])
  func `the month is clean in other shapes too`(_ words: String) throws {
    let facts = try facts(words)
    for fact in [
      "rows true", "bytes true", "ids [true, true]", "groups true",
      "costs are rates times usage true", "one rate, one unit true", "plans cancel true",
      "at most an hour an hour true", "invoices [3, true]", "manifest [true, true]",
    ] { #expect(facts.contains(fact)) }
  }

  @Test func `a seed always writes the same bytes, and another seed others`() throws {
    let folder = TemporaryFolder()
    let first = try content(written("--rows 3000 --seed 7", in: folder, "first"))
    let second = try content(written("--rows 3000 --seed 7", in: folder, "second"))
    let other = try content(written("--rows 3000 --seed 8", in: folder, "other"))
    #expect(first == second)
    #expect(first != other)
  }

  @Test(arguments: [2, 3, 4, 5, 1000, 65_536, 65_537])
  func `a shuffle is a permutation`(_ count: Int) {
    let shuffle = Shuffle(count, "test")
    #expect((0..<count).map { shuffle($0) }.sorted() == Array(0..<count))
  }

  @Test func `a shuffle leaves few neighbours together`() {
    let shuffle = Shuffle(10_000, "test")
    let together = (1..<10_000).filter { shuffle($0) == shuffle($0 - 1) + 1 }
    #expect(together.count < 20)
  }

  @Test(arguments: [
    (0, 0, 0, "0"), (0, 2, 0, "0.00"), (5, 2, 0, "0.05"), (-5, 2, 4, "-0.0500"),
    (12, 0, 10, "12.0000000000"),
    (1, 18, 0, "0.000000000000000001"), (-1234, 3, 0, "-1.234"),
    (Int.max, 18, 0, "9.223372036854775807"),
  ])
  func `decimals are written with all their digits`(
    _ number: Int, _ digits: Int, _ padded: Int, _ text: String
  ) {
    #expect(DecimalWriter.text(number, digits, padded: padded) == text)
  }

  @Test(arguments: [
    ["--rows", "x", "out"], ["--rows", "10", "out"], ["--groups", "some", "out"],
    ["--deep", "out"],
    ["out", "more"], ["--rows", "3000"], ["--files"],
  ])
  func `a mistake in the settings is named`(_ words: [String]) {
    #expect(throws: BenchFault.self) { try BenchSettings(words) }
  }

  @Test(arguments: [50, 500])
  func `a number of columns that cannot be made is refused`(_ columns: Int) {
    #expect(throws: BenchFault.self) { try ExportColumns(count: columns, tags: 6) }
  }
}
