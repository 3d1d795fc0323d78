import BillingModel
import ExactNumbers
import Testing

@testable import SampleData

@Suite struct UsageStreamTests {
  private let stream = Streams.global.first { $0.product == .s3 }

  @Test func `a day's usage lies within 1.5 per cent of its weekday's amount`() throws {
    let stream = try #require(stream)
    for number in 0..<60 {
      let usage = try stream.usage(on: Day(number: 20_500 + number))
      #expect(usage >= (try stream.daily.multiplied(by: "0.985")))
      #expect(usage <= (try stream.daily.multiplied(by: "1.015")))
    }
  }

  @Test func `a month is the same whether it is seen whole or in part`() throws {
    let whole = try Bill(Company.china, "2026-03")
    let part = try Bill(Company.china, "2026-03", days: 9)
    #expect(part.rows.map(\.cost) == Array(whole.rows.prefix(part.rows.count)).map(\.cost))
  }

  @Test func `a closed month's nets are multiples of 0.50`() throws {
    let bill = try Bill.closed(Company.global, "2026-02")
    for seller in Company.global.sellers {
      let doubled = try bill.net(seller.invoiceID(bill.period)).multiplied(by: "2")
      #expect(doubled == doubled.rounded(toFractionDigits: 0, .halfAwayFromZero))
      #expect(doubled.isPositive)
    }
  }
}
