import Foundation
import TestSupport
import Testing

@testable import SampleData

/// What the files of `sample-data/` say when Python adds them up. The expected lines are what each
/// story's README promises.
@Suite struct StoryFilesTests {
  private func lines(_ job: String) throws -> [String] {
    let root = repositoryRoot()
    let script = root.appendingPathComponent("Tests/SampleDataTests/Oracle/stories.py")
    let output = try oracle(script, [root.appendingPathComponent("sample-data").path, job])
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map {
      String($0.replacing("\t", with: " "))
    }
  }

  @Test func `documents and rows agree to the last digit, except where a story says otherwise`()
    throws
  {
    #expect(
      try lines("differences") == [
        "broken-rows ziwu-2026 64\u{0}26 CNY no document",
        "broken-rows ziwu-2026 6426002206 CNY -581.157248",
        "broken-rows ziwu-2026 9126001106 CNY -77.709108",
        "credit-note meridian-focus-1-2 EUINFR26-770110 USD 48",
        "duplicate-lines meridian-daily 1926041706 USD 11.4463755",
        // The pod's share, which no invoice holds.
        "export-faults ziwu-daily 9125001105 CNY 2.5",
        "exports-disagree ziwu-focus-1-2 9126001110 CNY -59.3457975",
        "fapiao-by-amount ziwu-daily 6425002207 CNY no document",
        "fapiao-by-amount ziwu-daily 6425002208 CNY no document",
        "fapiao-by-amount ziwu-daily 6425008807 CNY no document",
        "fapiao-by-amount ziwu-daily 9125001107 CNY no document",
        "fapiao-by-amount ziwu-daily 9125001108 CNY no document",
        "line-faults ziwu-daily 6426002209 USD no document",
        "missing-invoice meridian-2026-05 EUINFR26-770105 USD no document",
        "restated-month meridian-cur2 1926041707 USD 19.6",
        "signed-off-month meridian-cur2 1925041712 USD 18.4",
        // One number on two documents: the older is counted by nobody.
        "stray-documents meridian-cur2 1925041703 USD -4266.5",
        "tax-mismatch ziwu-daily 9126001105 CNY -530.67",
        "unfinished-month ziwu-daily MP25-003302 CNY no document",
      ])
  }

  @Test func `rows contradict themselves only where a story plants it`() throws {
    #expect(
      try lines("rows").sorted() == [
        "broken-rows ziwu-2026 152 unreadable cost",
        "broken-rows ziwu-2026 211 unreadable cost",
        "broken-rows ziwu-2026 265 ragged",
        "broken-rows ziwu-2026 307 priced in another currency",
        "broken-rows ziwu-2026 377 unreadable usage",
        "broken-rows ziwu-2026 42 unreadable cost",
        "broken-rows ziwu-2026 97 unreadable cost",
        "dispute-credited ziwu-daily 238 reserved usage costs",
        "dispute-credited ziwu-daily 389 negative",
        "dispute-credited ziwu-daily 46 cost is off by 4.32",
        "duplicate-lines meridian-daily 350 repeated",
        "duplicate-lines meridian-daily 379 repeated",
        "duplicate-lines meridian-daily 42 repeated",
        "duplicate-lines meridian-daily 443 repeated",
        "duplicate-lines meridian-daily 48 repeated",
        "line-faults ziwu-daily 224 rate above public",
        "line-faults ziwu-daily 235 reserved usage costs",
        "line-faults ziwu-daily 292 priced in another currency",
        "line-faults ziwu-daily 380 negative",
        "line-faults ziwu-daily 47 cost is off by 4.32",
        "restated-month meridian-cur2 2026-07-21 plan is off by 1.2",
        "tag-chaos meridian-cur2 106 cost is off by 2.1",
        "tag-chaos meridian-cur2 13 cost is off by 3.1",
        "tag-chaos meridian-cur2 167 cost is off by 2.2",
        "tag-chaos meridian-cur2 168 cost is off by 2.4",
        "tag-chaos meridian-cur2 21 cost is off by 2.95",
        "tag-chaos meridian-cur2 224 cost is off by 2.65",
        "tag-chaos meridian-cur2 255 cost is off by 4.75",
        "tag-chaos meridian-cur2 28 cost is off by 1.75",
        "tag-chaos meridian-cur2 305 cost is off by 1.85",
        "tag-chaos meridian-cur2 320 cost is off by 1.6",
        "tag-chaos meridian-cur2 361 cost is off by 1.45",
        "tag-chaos meridian-cur2 40 cost is off by 3.3",
        "tag-chaos meridian-cur2 411 cost is off by 1.3",
        "tag-chaos meridian-cur2 475 cost is off by 1.2",
      ])
  }

  @Test func `no two stories tell the same month of a payer`() throws {
    let months = try lines("months")
    #expect(months.count == 42)
    #expect(months.allSatisfy { !$0.contains(";") })
  }

  @Test func `a story is the same however often it is told`() throws {
    let (first, second) = (try TaxMismatch.story(), try TaxMismatch.story())
    #expect(first.readme == second.readme)
    #expect(first.files.map(\.path) == second.files.map(\.path))
    #expect(first.files.map(\.content) == second.files.map(\.content))
  }

  @Test func `the files in the repository are those of the generator`() throws {
    let folder = repositoryRoot().appendingPathComponent("sample-data/tax-mismatch")
    for file in try TaxMismatch.story().files {
      #expect(try Data(contentsOf: folder.appendingPathComponent(file.path)) == Data(file.content))
    }
  }
}
