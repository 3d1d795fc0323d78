import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

@Suite struct DocumentSelectionTests {
  private let april = booking([charge("100.00")])

  @Test func `the same content under two names is one document`() throws {
    var again = invoice("INV-1", "100.00")
    again.file = "copy of INV-1.xml"
    let found = try matches([april], [invoice("INV-1", "100.00"), again])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["ubl:INV-1"])
  }

  @Test func `the same number again is a duplicate and counts once`() throws {
    let again = invoice("INV-1", "100.00") { $0.sha256 = "other" }
    let found = try matches([april], [invoice("INV-1", "100.00"), again])
    #expect(found.map(\.result) == [.matched, .duplicateInvoice])
    #expect(found[0].invoicedTotal == amount("100.00"))
    #expect(found[1].invoicedTotal == amount("100.00"))
    #expect(found[1].difference.isZero && found[1].unexplained.isZero)
    #expect(found[1].invoiceIDs == ["INV-1"])
    #expect(found[1].item(.total, "Total")?.reason == "repeats ubl:INV-1")
  }

  @Test func `the same number with another total is a duplicate in any dialect`() throws {
    let other = invoice("INV-1", "90.00", dialect: "cxml")
    let found = try matches([april], [other, invoice("INV-1", "100.00", lines: 4)])
    #expect(found.map(\.result) == [.matched, .duplicateInvoice])
    #expect(found[1].documents == ["cxml:INV-1"])
  }

  @Test func `another dialect with the same total is a copy`() throws {
    let summary = invoice("INV-1", "100.00", dialect: "aws-summary")
    let found = try matches([april], [summary, invoice("INV-1", "100.00", lines: 3)])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["aws-summary:INV-1", "ubl:INV-1"])
    #expect(found[0].documentKinds == [.invoice, .invoice])
  }

  private func entry(
    _ gross: String, of list: String, received: String = "2026-05-04",
    on issued: String = "2026-05-03"
  ) -> Invoice {
    invoice("INV-1", gross, on: issued, dialect: Invoice.listDialect) {
      $0.sha256 = Text(list)
      $0.received = day(received)
    }
  }

  @Test func `an invoice summary that is fetched again is no second bill`() throws {
    let found = try matches([april], [entry("100.00", of: "a"), entry("100.00", of: "b")])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["aws-invoice-summary:INV-1"])
  }

  @Test(arguments: [true, false])
  func `of two entries the one of the newer list holds`(isReversed: Bool) throws {
    let old = entry("90.00", of: "z")
    for new in [
      entry("100.00", of: "a", received: "2026-05-05"), entry("100.00", of: "a", on: "2026-05-04"),
    ] {
      let found = try matches([april], isReversed ? [new, old] : [old, new])
      #expect(found.map(\.result) == [.matched])
    }
    let found = try matches([april], [entry("90.00", of: "a"), entry("100.00", of: "b")])
    #expect(found.map(\.result) == [.matched])
  }

  @Test func `entries of a credit, another payer or another currency stay`() {
    let entries = [
      entry("1", of: "a"), entry("1", of: "b"), entry("1", of: "c"), entry("1", of: "d"),
    ]
    var others = entries
    others[1].kind = .credit
    others[2].billingAccountID = "100000000009"
    others[3].currency = "EUR"
    #expect(others.newestListEntries.count == 4 && entries.newestListEntries.count == 1)
  }

  @Test(arguments: ["a", "z"])
  func `of one number in one dialect the newer counts, then the larger total`(hash: String) throws {
    let old = invoice("INV-1", "300.00", on: "2026-05-01", lines: 9) { $0.sha256 = Text(hash) }
    let new = invoice("INV-1", "100.00") { $0.sha256 = "m" }
    var found = try matches([april], [old, new])
    #expect(found.map(\.invoicedTotal) == [amount("100.00"), amount("300.00")])
    #expect(found[1].countedTotal == amount("100.00"))
    let smaller = invoice("INV-1", "90.00") { $0.sha256 = Text(hash) }
    found = try matches([april], [smaller, new])
    #expect(found.map(\.invoicedTotal) == [amount("100.00"), amount("90.00")])
  }

  @Test func `of two currencies the one that is charged counts`() throws {
    let summary = invoice("INV-1", "100.00", dialect: "aws-summary")
    let euro = invoice("INV-1", "92.00", currency: "EUR", lines: 9)
    let found = try matches([april], [euro, summary])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["aws-summary:INV-1", "ubl:INV-1"])
  }

  @Test func `an id that is charged in two currencies has a bill in each`() throws {
    let both = booking([charge("100.00"), charge("92.00", currency: "EUR")])
    let found = try matches(
      [both],
      [invoice("INV-1", "100.00"), invoice("INV-1", "92.00", currency: "EUR", dialect: "cxml")])
    #expect(found.map(\.result) == [.matched, .matched])
  }

  @Test func `one number of two sellers is two bills`() {
    let selection = DocumentSelection(
      [invoice("17", "100.00"), invoice("17", "100.00", from: "Red Hat, Inc.")], chargedIDs: [:])
    #expect(selection.counted.count == 2 && selection.duplicates.isEmpty)
  }

  @Test(arguments: ["T-1", "C-1"])
  func `a tax invoice and its commercial invoice are one bill`(charged: String) throws {
    let tax = invoice("T-1", "100.00") { $0.commercialInvoiceID = "C-1" }
    let commercial = invoice("C-1", "100.00")
    let found = try matches([booking([charge("100.00", id: charged)])], [tax, commercial])
    #expect(found.map(\.result) == [.matched, .duplicateInvoice])
    #expect(found[0].documents == [Text("ubl:\(charged)")])
    #expect(found[1].documents == [charged == "T-1" ? "ubl:C-1" : "ubl:T-1"])
  }

  @Test func `two tax invoices of a commercial invoice that did not come both count`() throws {
    let parts = ["T-1", "T-2"].map { number in
      invoice(number, "50.00") { $0.commercialInvoiceID = "INV-1" }
    }
    let found = try matches([april], parts)
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["ubl:T-1", "ubl:T-2"])
  }

  @Test func `receipts and refused documents match nothing`() throws {
    let receipt = invoice("INV-1", "100.00") { $0.kind = .receipt }
    let refused = invoice("INV-1", "100.00", dialect: "cxml") { $0.refusal = "a test document" }
    let found = try matches([april], [receipt, refused])
    #expect(found.map(\.result) == [.missingInvoice])
    #expect(found[0].documents.isEmpty)
  }
}
