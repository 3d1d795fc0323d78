import BillingModel
import Testing

@testable import PipelineRuntime

/// No number stands for two documents.
@Suite struct VersionNumberingTests {
  private static let june = Day("2026-06-01")?.period

  /// The numbers of versions that are published one after another.
  private func numbers(_ hashes: [Text], published: [Int: Text] = [:]) -> [Int] {
    let numbering = VersionNumbering(published: ["2026-06": published, "2026-07": [9: "a"]])
    return hashes.reduce(into: []) { numbers, hash in
      numbers.append(numbering.number(of: hash, in: Self.june, after: numbers.last ?? 0))
    }
  }

  @Test func `nights count from 1`() { #expect(numbers(["a", "b", "a"]) == [1, 2, 3]) }

  @Test func `the same documents get the same numbers again`() {
    #expect(numbers(["a", "b", "a"], published: [1: "a", 2: "b", 3: "a"]) == [1, 2, 3])
    #expect(numbers(["a", "c"], published: [1: "a", 2: "b", 3: "c"]) == [1, 3])
  }

  @Test func `other documents get new ones, once and for all`() {
    #expect(numbers(["a", "x", "c"], published: [1: "a", 2: "b", 3: "c"]) == [1, 4, 5])
    #expect(numbers(["x", "b"], published: [1: "a", 2: "b"]) == [3, 4])
    // And the same in the rebuild after that.
    #expect(numbers(["x", "b"], published: [3: "x", 4: "b"]) == [3, 4])
  }
}
