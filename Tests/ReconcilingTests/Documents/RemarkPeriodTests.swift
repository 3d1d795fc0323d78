import BillingModel
import Testing

@testable import Reconciling

@Suite struct RemarkPeriodTests {
  @Test(arguments: [
    "账期 2026-04", "2026年4月云服务费", "2026年04月", "period: 2026/4.", "(2026.04)", "2026-04",
  ])
  func `a month is found`(remark: String) {
    #expect(RemarkPeriod.periods(in: Text(remark)) == [month("2026-04")])
  }

  @Test(arguments: [
    "2026-04-15", "2026年4月15日", "2026/4/5", "PO 12026-04", "2026-13", "2026", "2026年", "", "26-04",
    "2026-041",
  ])
  func `a day or another number is no month`(remark: String) {
    #expect(RemarkPeriod.periods(in: Text(remark)).isEmpty)
  }

  @Test func `several months come sorted, each once`() {
    #expect(
      RemarkPeriod.periods(in: "2026年4月、2026-03，2026.04") == [month("2026-03"), month("2026-04")])
  }
}
