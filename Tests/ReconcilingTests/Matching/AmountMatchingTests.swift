import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// Documents that several charges of their seller and month fit.
@Suite struct AmountMatchingTests {
  private func sinnetCharges(_ costs: [String], period: String) -> Booking {
    booking(
      costs.enumerated().map {
        charge($1, id: "\(period)-\($0)", issuer: sinnet, currency: "CNY")
      }, period: period)
  }

  @Test func `amounts tell where several things fit`() throws {
    let april = sinnetCharges(["60.00", "40.00", "7.77"], period: "2026-04")
    let found = try matches([april], [fapiao(1, "40.00"), fapiao(2, "25.00"), fapiao(3, "35.00")])
    #expect(found["2026-04-0"]?.documents.count == 2 && found["2026-04-0"]?.result == .matched)
    #expect(found["2026-04-1"]?.documents.count == 1 && found["2026-04-1"]?.result == .matched)
    #expect(found["2026-04-2"]?.result == .missingInvoice)
  }

  @Test func `one document charges several invoices of two months`() throws {
    let bookings = [
      sinnetCharges(["60.00", "7.77"], period: "2026-03"),
      sinnetCharges(["40.00", "8.88"], period: "2026-04"),
    ]
    let found = try matches(bookings, [fapiao(1, "100.00", remark: "2026年3月、2026年4月")])
    let match = try #require(found["2026-03-0"])
    #expect(match.invoiceIDs == ["2026-03-0", "2026-04-0"] && match.result == .matched)
    #expect(match.otherPeriods == [month("2026-03")])
  }

  @Test func `a credit note is a part of the charges of the month that its remark names`() throws {
    let bookings = [
      sinnetCharges(["70.00", "7.77"], period: "2026-03"),
      sinnetCharges(["40.00"], period: "2026-04"),
    ]
    var credit = fapiao(2, "-30.00", remark: "冲红 2026年3月")
    credit.kind = .credit
    let documents = [fapiao(1, "100.00", remark: "2026年3月"), credit, fapiao(3, "40.00")]
    let found = try matches(bookings, documents)
    #expect(found["2026-03-0"]?.documents.count == 2)
    #expect(found["2026-03-0"]?.result == .matched && found["2026-04-0"]?.result == .matched)
  }

  @Test func `what is left over is named, and not what was found`() throws {
    let april = sinnetCharges(["60.00", "40.00", "7.77"], period: "2026-04")
    let found = try matches([april], [fapiao(1, "60.00"), fapiao(2, "33.00")])
    #expect(found["2026-04-0"]?.result == .matched)
    #expect(
      found.first { $0.invoiceIDs.isEmpty }?.item(.total, "Total")?.reason
        == "Unexplained; could belong to any of 2026-04-1, 2026-04-2")
  }

  @Test func `a document in another currency is told by its total in the charges' currency`() throws
  {
    let april = sinnetCharges(["60.00", "40.00"], period: "2026-04")
    var document = fapiao(1, "5.50")
    document.currency = "USD"
    document.inPaymentCurrency = ConvertedAmounts(currency: "CNY")
    document.inPaymentCurrency?.gross = amount("40.00")
    #expect(try matches([april], [document])["2026-04-1"]?.result == .matched)
  }
}
