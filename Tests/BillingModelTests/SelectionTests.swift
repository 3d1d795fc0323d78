import BillingModel
import TestSupport
import Testing

/// What alternatives select does not change when they are written shorter.
@Suite struct SelectionTests {
  private static let fields: [Field] = [.lineItemType, .regionID, .usageType]

  private func counts(_ selection: Selection, _ row: [Field: Text]) -> Int {
    selection.alternatives.filter { alternative in
      alternative.allSatisfy { $0.value.contains(row[$0.key] ?? "") }
    }.count
  }

  @Test(arguments: 0..<50) func `each line item is selected once if it was meant, else never`(
    _ seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    let values: [Text] = ["", "a", "b"]
    let all = values.flatMap { a in
      values.flatMap { b in
        values.map { Dictionary(uniqueKeysWithValues: zip(Self.fields, [a, b, $0])) }
      }
    }
    let meant = Set(all.filter { _ in Bool.random(using: &generator) })
    let selection = Selection(meant.shuffled(using: &generator))
    for row in all {
      #expect(counts(selection, row) == (meant.contains(row) ? 1 : 0), "seed \(seed): \(row)")
    }
    #expect(selection == Selection(meant.shuffled(using: &generator)), "seed \(seed)")
  }

  @Test func `values of one field become one alternative`() {
    let selection = Selection([
      [.regionID: "b", .usageType: "u"], [.regionID: "a", .usageType: "u"],
    ])
    #expect(selection.alternatives == [[.regionID: ["a", "b"], .usageType: ["u"]]])
  }

  @Test func `what is not known of one of two findings is not known of both`() {
    let known = Selection([[.regionID: "a"]])
    #expect(Selection.union([known, nil]) == nil)
    #expect(Selection.union([known, Selection([[.regionID: "b"]], isScreened: true)]) == nil)
    #expect(
      Selection.union([known, Selection([[.regionID: "b"]])])?.alternatives
        == [[.regionID: ["a", "b"]]])
  }
}
