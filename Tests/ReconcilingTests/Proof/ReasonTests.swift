import BillingModel
import ExactNumbers
import Foundation
import TestSupport
import Testing

@testable import Reconciling

/// Each reason where it applies, and where it must not.
@Suite struct ReasonTests {
  @Test func `the table holds every reason once, in the order of the vocabulary`() {
    #expect(Reason.table.map(\.name) == DifferenceReason.allCases.filter { $0 != .unexplained })
  }

  @Test func `the documented table is this one, row by row`() throws {
    let page = repositoryRoot().appendingPathComponent(
      "Sources/counterfoil/Documentation.docc/ReconciliationReasons.md")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("| Reason |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
    let rows = table.map { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return [cells.first, cells.last]
    }
    #expect(rows == Reason.table.map { [$0.name.rawValue, $0.level.rawValue] })
  }

  @Test func `RejectedRows explains the cost of rejected rows of the only match`() throws {
    let match = try soleMatch(
      booking([charge("92.00")], rejected: "5.00"), invoice("INV-1", "100.00"))
    #expect(match.explained == [ExplainedAmount(.rejectedRows, amount("5.00"))])
    #expect(match.unexplained == amount("3.00"))
    #expect(match.result == .discrepant)
  }

  @Test func `RejectedRows is the whole residual of one match among several`() throws {
    let april = booking([charge("95.00"), charge("50.00", id: "INV-2")], rejected: "5.00")
    let both = [invoice("INV-1", "100.00"), invoice("INV-2", "51.00")]
    let found = try matches([april], both)
    #expect(found["INV-1"]?.explains(.rejectedRows) == amount("5.00"))
    #expect(found["INV-2"]?.explains(.rejectedRows) == nil)
    #expect(found["INV-2"]?.unexplained == amount("1.00"))
  }

  @Test func `RejectedRows does not apply where the row could be anyone's`() throws {
    // Both lack 5.00; only one of them can have lost the row.
    let april = booking([charge("95.00"), charge("45.00", id: "INV-2")], rejected: "5.00")
    let found = try matches([april], [invoice("INV-1", "100.00"), invoice("INV-2", "50.00")])
    #expect(found.allSatisfy { $0.explained.isEmpty && $0.unexplained == amount("5.00") })
  }

  @Test func `RejectedRows does not apply to a part of a residual beside other matches`() throws {
    let april = booking([charge("92.00"), charge("50.00", id: "INV-2")], rejected: "5.00")
    let match = try soleMatch(april, invoice("INV-1", "100.00"), invoice("INV-2", "50.00"))
    #expect(match.explained.isEmpty && match.unexplained == amount("8.00"))
    // Charges whose invoice has not come may have lost the row as well.
    #expect(try soleMatch(april, invoice("INV-1", "100.00")).explained.isEmpty)
  }

  @Test func `RejectedRows does not apply to another currency, sign or a smaller residual`() throws
  {
    let document = invoice("INV-1", "100.00")
    for april in [
      booking([charge("95.00")], rejected: "5.00", currency: "CNY"),
      booking([charge("95.00")], rejected: "-5.00"),
      booking([charge("98.00")], rejected: "5.00"),
    ] {
      #expect(try soleMatch(april, document).explains(.rejectedRows) == nil)
    }
  }

  // MARK: TaxOnInvoiceOnly

  @Test func `TaxOnInvoiceOnly explains the tax that no charge has`() throws {
    let match = try soleMatch(
      booking([charge("100.00")]), invoice("INV-1", "106.00", tax: "6.00"))
    #expect(match.explained == [ExplainedAmount(.taxOnInvoiceOnly, amount("6.00"))])
    #expect(match.unexplained == .zero)
    #expect(match.item(.category, "Tax")?.reason == "TaxOnInvoiceOnly")
    #expect(match.item(.category, "Net")?.reason == "")
  }

  @Test func `TaxOnInvoiceOnly does not apply where tax is charged, though too low`() throws {
    let charges = [charge("95.00"), charge("3.00", type: "Tax")]
    let match = try soleMatch(booking(charges), invoice("INV-1", "106.00", tax: "6.00"))
    #expect(match.explained.isEmpty && match.unexplained == amount("8.00"))
    #expect(match.item(.category, "Tax")?.reason == "Unexplained")
  }

  // MARK: Restated

  private func earlier(_ cost: String, type: ChargeType = "Usage") -> Booking {
    booking([charge(cost, type: type)], version: "1", on: "2026-05-04")
  }

  @Test func `Restated explains what moved since the version that equalled the invoice`() throws {
    let match = try soleMatch(
      booking([charge("112.50")]), replaced: [earlier("100.00")], invoice("INV-1", "100.00"))
    #expect(match.explained == [ExplainedAmount(.restated, amount("-12.50"))])
    #expect(match.unexplained == .zero)
  }

  @Test func `Restated leaves the rounding of the earlier version visible`() throws {
    let match = try soleMatch(
      booking([charge("112.50")]), replaced: [earlier("99.996")], invoice("INV-1", "100.00"))
    #expect(
      match.explained == [
        ExplainedAmount(.restated, amount("-12.504")),
        ExplainedAmount(.rounding, amount("0.004")),
      ])
  }

  @Test func `Restated does not apply where no version equalled the invoice`() throws {
    let match = try soleMatch(
      booking([charge("112.50")]), replaced: [earlier("99.00")], invoice("INV-1", "100.00"))
    #expect(match.explained.isEmpty && match.unexplained == amount("-12.50"))
  }

  @Test func `Restated does not apply to what is rounding anyway`() throws {
    let match = try soleMatch(
      booking([charge("99.996")]), replaced: [earlier("100.004")], invoice("INV-1", "100.00"))
    #expect(match.explained == [ExplainedAmount(.rounding, amount("0.004"))])
  }

  @Test func `Restated looks only at the payer and month of the match`() throws {
    let other = booking(
      [charge("100.00")], period: "2026-03", version: "1", on: "2026-05-04")
    let match = try soleMatch(
      booking([charge("112.50")]), replaced: [other], invoice("INV-1", "100.00"))
    #expect(match.explains(.restated) == nil)
  }

  // MARK: CreditMemoUnapplied

  private let creditMemo = invoice("CN-1", "20.00") {
    $0.kind = .credit
    $0.precedingInvoice = "INV-1"
  }

  @Test func `CreditMemoUnapplied explains a credit document that no charge shows`() throws {
    let match = try soleMatch(booking([charge("100.00")]), invoice("INV-1", "100.00"), creditMemo)
    #expect(match.explained == [ExplainedAmount(.creditMemoUnapplied, amount("-20.00"))])
    #expect(match.invoicedTotal == amount("80.00"))
  }

  @Test func `CreditMemoUnapplied is the whole residual beside other credits`() throws {
    let charges = [charge("120.00"), charge("-20.00", type: "Credit")]
    let match = try soleMatch(booking(charges), invoice("INV-1", "100.00"), creditMemo)
    #expect(match.explained == [ExplainedAmount(.creditMemoUnapplied, amount("-20.00"))])
  }

  @Test func `CreditMemoUnapplied does not apply to a part beside other credits`() throws {
    let charges = [charge("110.00"), charge("-5.00", type: "Refund")]
    let match = try soleMatch(booking(charges), invoice("INV-1", "100.00"), creditMemo)
    #expect(match.explained.isEmpty && match.unexplained == amount("-25.00"))
  }

  // MARK: Presentation

  @Test func `DataTransferPresentation is a hint where the invoice shows transfer apart`() throws {
    let document = invoice("INV-1", "100.00") {
      $0.items = [
        item("Amazon EC2", "70.00"), item("AWS Data Transfer", "30.00"),
      ]
    }
    let charges = [
      charge("70.00", service: "Amazon EC2"),
      charge("30.00", service: "Amazon EC2", isDataTransfer: true),
    ]
    let match = try soleMatch(booking(charges), document)
    #expect(match.result == .matched)
    #expect(match.explained == [ExplainedAmount(.dataTransferPresentation, .zero)])
    #expect(match.item(.service, "AWS Data Transfer")?.charged == amount("30.00"))
    #expect(match.item(.service, "AWS Data Transfer")?.reason == "DataTransferPresentation")
    #expect(match.item(.service, "Amazon EC2")?.difference == .zero)
  }

  @Test func `DataTransferPresentation does not apply where it is shown with its service`() throws {
    let document = invoice("INV-1", "100.00") { $0.items = [item("Amazon EC2", "100.00")] }
    let charges = [
      charge("70.00", service: "Amazon EC2"),
      charge("30.00", service: "Amazon EC2", isDataTransfer: true),
    ]
    let match = try soleMatch(booking(charges), document)
    #expect(match.explained.isEmpty)
    #expect(match.item(.service, "Amazon EC2")?.difference == .zero)
  }

  @Test func `DiscountPresentation is a hint where one side shows the discount apart`() throws {
    let document = invoice("INV-1", "90.00", tax: "0.00") { $0.discountTotal = amount("10.00") }
    let inPrices = try soleMatch(booking([charge("90.00")]), document)
    #expect(inPrices.explained == [ExplainedAmount(.discountPresentation, .zero)])
    let asRows = booking([charge("100.00"), charge("-10.00", type: "EdpDiscount")])
    let plain = try soleMatch(asRows, invoice("INV-1", "90.00", tax: "0.00"))
    #expect(plain.explained == [ExplainedAmount(.discountPresentation, .zero)])
  }

  @Test func `DiscountPresentation does not apply where both show it or the net differs`() throws {
    let document = invoice("INV-1", "90.00", tax: "0.00") { $0.discountTotal = amount("10.00") }
    let asRows = booking([charge("100.00"), charge("-10.00", type: "EdpDiscount")])
    #expect(try soleMatch(asRows, document).explained.isEmpty)
    #expect(try soleMatch(booking([charge("100.00")]), document).explained.isEmpty)
  }

  // MARK: NotFinal

  @Test func `NotFinal explains rows without an id that are the whole residual`() throws {
    let match = try soleMatch(
      booking([charge("80.00"), charge("20.00", id: "")]), invoice("INV-1", "100.00"))
    #expect(match.explained == [ExplainedAmount(.notFinal, amount("20.00"))])
    #expect(match.result == .notFinal)
  }

  @Test func `NotFinal does not apply where the rows are another amount or issuer`() throws {
    let document = invoice("INV-1", "100.00")
    let other = booking([charge("80.00"), charge("20.00", id: "", issuer: "Red Hat, Inc.")])
    let less = booking([charge("80.00"), charge("19.00", id: "")])
    for april in [other, less] {
      let match = try soleMatch(april, document)
      #expect(match.explained.isEmpty && match.result == .discrepant)
    }
  }

  @Test func `NotFinal does not apply where two matches would claim the rows`() throws {
    let april = booking([charge("80.00"), charge("30.00", id: "INV-2"), charge("20.00", id: "")])
    let found = try matches([april], [invoice("INV-1", "100.00"), invoice("INV-2", "50.00")])
    #expect(["INV-1", "INV-2"].allSatisfy { found[$0]?.explained == [] })
  }

  // MARK: Order

  @Test func `each reason works on what the earlier ones left`() throws {
    let match = try soleMatch(
      booking([charge("92.00")], rejected: "5.00"), invoice("INV-1", "101.004", tax: "4.00"))
    #expect(
      match.explained == [
        ExplainedAmount(.rejectedRows, amount("5.00")),
        ExplainedAmount(.taxOnInvoiceOnly, amount("4.00")),
        ExplainedAmount(.rounding, amount("0.004")),
      ])
    #expect(match.unexplained == .zero && match.result == .discrepant)
  }
}

private func item(_ service: String, _ net: String) -> InvoiceItem {
  InvoiceItem(serviceName: Text(service), subAccountID: "", net: amount(net), tax: nil, lines: 1)
}
