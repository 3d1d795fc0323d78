import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

@Suite struct InvoicedSumsTests {
  private func sums(
    _ invoices: Invoice..., in currency: CurrencyCode = "USD"
  ) throws -> InvoicedSums {
    try InvoicedSums(invoices, in: currency)
  }

  @Test func `a total includes tax, whatever a document leaves out`() throws {
    func document(_ change: (inout Invoice) -> Void) -> Invoice {
      invoice("INV-1", "0") {
        $0.gross = nil
        change(&$0)
      }
    }
    let fromParts = document {
      $0.net = amount("100.00")
      $0.tax = amount("6.00")
    }
    #expect(try sums(fromParts).total == amount("106.00"))
    // Payable 55.01 = 106.00 − 51.00 prepaid + 0.01 rounding.
    let fromPayable = document {
      $0.payable = amount("55.01")
      $0.prepaid = amount("51.00")
      $0.rounding = amount("0.01")
    }
    #expect(try sums(fromPayable).total == amount("106.00"))
  }

  @Test func `net and tax give each other`() throws {
    let withoutNet = invoice("INV-1", "106.00", tax: "6.00") { $0.net = nil }
    #expect(try sums(withoutNet).net == amount("100.00"))
    let withoutTax = invoice("INV-1", "106.00") { $0.net = amount("100.00") }
    #expect(try sums(withoutTax).tax == amount("6.00"))
    let grossOnly = try sums(invoice("INV-1", "106.00"))
    #expect(grossOnly.net == nil && grossOnly.tax == nil)
  }

  @Test func `a credit enters negated, and a red one as it is`() throws {
    let credit = invoice("CN-1", "21.20", tax: "1.20") { $0.kind = .credit }
    let red = invoice("CN-2", "-21.20", tax: "-1.20") { $0.kind = .credit }
    for document in [credit, red] {
      let sums = try sums(document)
      #expect(sums.total == amount("-21.20"))
      #expect(sums.net == amount("-20.00"))
      #expect(sums.tax == amount("-1.20"))
      #expect(sums.credit == amount("-20.00"))
    }
  }

  @Test func `the net of several documents is only known if all tell it`() throws {
    let known = invoice("INV-1", "106.00", tax: "6.00")
    #expect(try sums(known, known).net == amount("200.00"))
    let both = try sums(known, invoice("INV-2", "10.00"))
    #expect(both.net == nil && both.total == amount("116.00"))
  }

  @Test func `a document without lines counts as one line`() throws {
    #expect(
      try sums(invoice("A", "1.00", lines: 0), invoice("B", "1.00", lines: 7)).lines == 8)
  }

  @Test func `a base amount stands in for another currency`() throws {
    let euro = invoice("INV-1", "90.00", tax: "15.00", currency: "EUR") {
      $0.base = Money(amount("100.00"), "USD")
    }
    let converted = try sums(euro)
    #expect(converted.total == amount("100.00") && converted.unconverted.isEmpty)
    #expect(converted.tax == nil)
    #expect(
      try sums(invoice("INV-1", "90.00", currency: "EUR")).unconverted == [
        Money(amount("90.00"), "EUR")
      ])
  }
}
