import BillingModel
import Testing

@testable import Reconciling

@Suite struct MatchingTests {
  // MARK: One number of two issuers

  private let twoIssuers = booking([
    charge("100.00", id: "17"), charge("9.00", id: "17", issuer: "Red Hat, Inc."),
  ])

  @Test func `one number of two issuers is two invoices`() throws {
    let found = try matches(
      [twoIssuers], [invoice("17", "100.00"), invoice("17", "9.00", from: "Red Hat")])
    #expect(found.map(\.result) == [.matched, .matched])
    #expect(Set(found.map(\.chargedTotal)) == [amount("100.00"), amount("9.00")])
    #expect(Set(found.map(\.id)).count == 2)
  }

  @Test(arguments: ["", "Amazon of Sunnyvale"])
  func `a document of an unknown seller matches by its number alone`(seller: String) throws {
    let found = try matches([twoIssuers], [invoice("17", "109.00", from: seller)])
    #expect(found.map(\.result) == [.matched])
  }

  @Test func `rows of an invoice that name no issuer go with those that do`() throws {
    let april = booking([charge("100.00"), charge("6.00", type: "Tax", issuer: "")])
    #expect(try matches([april], [invoice("INV-1", "106.00")]).map(\.result) == [.matched])
    let found = try matches([april], [invoice("X", "1.00")])
    #expect(found.filter { $0.invoiceIDs == ["INV-1"] }.map(\.chargedTotal) == [amount("106.00")])
  }

  // MARK: By id

  @Test func `one document and one id are one match`() throws {
    let found = try matches(
      [booking([charge("60.00"), charge("40.00")])], [invoice("INV-1", "100.00")])
    #expect(found.count == 1)
    #expect(found[0].result == .matched)
    #expect(found[0].lineItems == 2)
    #expect(found[0].chargedTotal == amount("100.00"))
  }

  @Test func `several documents for one id are one match`() throws {
    let parts = [("P-1", "70.00"), ("P-2", "30.00")].map { number, gross in
      invoice(number, gross) { $0.references = ["INV-1"] }
    }
    let found = try matches([booking([charge("100.00")])], parts)
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["ubl:P-1", "ubl:P-2"])
  }

  @Test func `one document for several ids is one match`() throws {
    let all = invoice("SUM-1", "100.00") { $0.references = ["INV-1", "INV-2"] }
    let found = try matches([booking([charge("60.00"), charge("40.00", id: "INV-2")])], [all])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].invoiceIDs == ["INV-1", "INV-2"])
  }

  @Test func `documents and ids that overlap are one match`() throws {
    let documents = [
      fapiao(1, "80.00", references: ["INV-1", "INV-2"]), fapiao(2, "50.00", references: ["INV-2"]),
      fapiao(3, "20.00", references: ["INV-2", "INV-3"]),
    ]
    let charges = [("60.00", "INV-1"), ("70.00", "INV-2"), ("20.00", "INV-3")].map {
      charge($0, id: $1, issuer: sinnet, currency: "CNY")
    }
    let found = try matches([booking(charges)], documents)
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].invoiceIDs == ["INV-1", "INV-2", "INV-3"])
    #expect(found[0].documents.count == 3)
  }

  @Test func `an id of another payer is another id`() throws {
    let bookings = [
      booking([charge("100.00")]), booking([charge("5.00")], payer: "100000000002"),
    ]
    let document = invoice("INV-1", "5.00") { $0.billingAccountID = "100000000002" }
    let found = try matches(bookings, [document])
    #expect(found.map(\.result) == [.missingInvoice, .matched])
    let stranger = invoice("INV-1", "5.00") { $0.billingAccountID = "100000000003" }
    #expect(
      try matches(bookings, [stranger]).map(\.result).contains(.missingCharges))
  }

  @Test func `currencies are kept apart`() throws {
    let bookings = [booking([charge("100.00"), charge("700.00", currency: "CNY")])]
    let found = try matches(
      bookings,
      [
        invoice("INV-1", "100.00"),
        invoice("INV-1", "700.00", currency: "CNY", dialect: "cxml") {
          $0.seller.name = sinnet.text
        },
      ])
    #expect(found.map(\.currency) == ["USD", "CNY"] || found.map(\.currency) == ["CNY", "USD"])
    #expect(found.allSatisfy { $0.result == .matched })
  }

  @Test func `a commercial invoice id leads to the charges`() throws {
    let document = invoice("2026/17", "100.00") { $0.commercialInvoiceID = "INV-1" }
    #expect(try matches([booking([charge("100.00")])], [document]).map(\.result) == [.matched])
  }

  @Test func `a document's own id holds over what it mentions`() throws {
    let document = invoice("INV-1", "60.00") { $0.references = ["INV-2"] }
    let found = try matches([booking([charge("60.00"), charge("40.00", id: "INV-2")])], [document])
    #expect(found["INV-1"]?.result == .matched)
    #expect(found["INV-2"]?.result == .missingInvoice)
  }

  // MARK: Credits

  @Test func `a credit with an id of its own is its own match`() throws {
    let credit = invoice("CN-1", "20.00") {
      $0.kind = .credit
      $0.precedingInvoice = "INV-1"
    }
    let charges = [charge("100.00"), charge("-20.00", id: "CN-1", type: "Refund")]
    let found = try matches([booking(charges)], [invoice("INV-1", "100.00"), credit])
    #expect(found.map(\.result) == [.matched, .matched])
    #expect(found["CN-1"]?.invoicedTotal == amount("-20.00"))
    #expect(found["CN-1"]?.documentKinds == [.credit])
  }

  @Test func `a credit without charges of its own joins the invoice it corrects`() throws {
    let credit = invoice("CN-1", "20.00") {
      $0.kind = .credit
      $0.precedingInvoice = "INV-1"
    }
    let charges = [charge("100.00"), charge("-20.00", type: "Refund")]
    let found = try matches([booking(charges)], [invoice("INV-1", "100.00"), credit])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["ubl:CN-1", "ubl:INV-1"])
  }

  @Test func `a red Chinese invoice joins the blue one by its number`() throws {
    let blue = fapiao(1, "100.00", references: ["INV-1"])
    var red = fapiao(2, "-30.00")
    red.kind = .credit
    red.precedingInvoice = blue.invoiceID
    let charges = [
      charge("100.00", issuer: sinnet, currency: "CNY"),
      charge("-30.00", type: "Refund", issuer: sinnet, currency: "CNY"),
    ]
    let found = try matches([booking(charges)], [red, blue])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].invoicedTotal == amount("70.00"))
  }

  // MARK: Without an id

  @Test func `an export without ids is matched by payer, month, issuer and currency`() throws {
    let charges = [
      charge("60.00", id: ""), charge("40.00", id: "", issuer: "AMAZON WEB SERVICES INC"),
      charge("5.00", id: "", issuer: "Red Hat, Inc."),
    ]
    let found = try matches(
      [booking(charges, format: .focus10)],
      [
        invoice("1001", "100.00") { $0.billingPeriod = month("2026-04") },
        invoice("7", "5.00", from: "Red Hat Inc") { $0.billingPeriod = month("2026-04") },
      ])
    #expect(found.map(\.result) == [.matched, .matched])
    #expect(found.map(\.chargedTotal) == [amount("100.00"), amount("5.00")])
    #expect(found[0].id == "2026-04/100000000001/amazonwebservices/USD/open")
  }

  @Test func `a document for another month or issuer is not matched to charges without ids`() throws
  {
    let april = booking([charge("100.00", id: "")], format: .focus10)
    for document in [
      invoice("1001", "100.00") { $0.billingPeriod = month("2026-03") },
      invoice("1001", "100.00", from: "Red Hat, Inc.") { $0.billingPeriod = month("2026-04") },
      invoice("1001", "100.00", currency: "EUR") { $0.billingPeriod = month("2026-04") },
    ] {
      let found = try reconcile([april], [document]).flatMap(\.matches)
      #expect(found.allSatisfy { $0.documents.isEmpty || $0.chargedTotal == nil })
    }
  }

  @Test func `while a part of the month has ids, a document with an unknown id waits`() throws {
    let half = booking([charge("60.00"), charge("40.00", id: "")])
    let found = try matches(
      [half], [invoice("INV-1", "60.00"), invoice("INV-2", "40.00")])
    #expect(Set(found.map(\.result)) == [.matched, .notFinal])
    #expect(found.count == 3)
  }

  @Test func `a Chinese invoice is matched by seller and month where one thing fits`() throws {
    let charges = [
      charge("100.00", issuer: sinnet, currency: "CNY"),
      charge("50.00", id: "INV-2", issuer: ningxia, currency: "CNY"),
    ]
    let found = try matches(
      [booking(charges)],
      [
        fapiao(1, "70.00"), fapiao(2, "30.00", remark: "2026年4月"),
        fapiao(3, "50.00", from: "宁夏西云数据科技有限公司"),
      ])
    #expect(found.map(\.result) == [.matched, .matched])
    #expect(found["INV-1"]?.documents.count == 2)
  }

  @Test func `a Chinese invoice over two months joins both`() throws {
    let bookings = ["2026-03", "2026-04"].map {
      booking([charge("50.00", id: "INV-\($0)", issuer: sinnet, currency: "CNY")], period: $0)
    }
    let found = try matches(bookings, [fapiao(1, "100.00", remark: "2026年3月、2026年4月")])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].billingPeriod == month("2026-04"))
    #expect(found[0].otherPeriods == [month("2026-03")])
  }

  @Test func `a stated month and the months of a Chinese remark go together`() throws {
    let bookings = ["2026-03", "2026-04"].map {
      booking([charge("50.00", id: "INV-\($0)", issuer: sinnet, currency: "CNY")], period: $0)
    }
    var document = fapiao(1, "100.00", remark: "2026年3月、2026年4月")
    document.billingPeriod = month("2026-03")
    #expect(try matches(bookings, [document]).map(\.result) == [.matched])
  }

  @Test func `a remark that mentions an id which is not charged is no match by seller`() throws {
    let charges = [charge("100.00", issuer: sinnet, currency: "CNY")]
    let found = try matches([booking(charges)], [fapiao(1, "100.00", references: ["4500012345"])])
    let alone = found.first { !$0.documents.isEmpty }
    #expect(alone?.result == .missingCharges)
    #expect(
      alone?.item(.total, "Total")?.reason == "Unexplained; could belong to any of INV-1")
  }

  @Test func `where two things fit nothing is guessed`() throws {
    let charges = ["INV-1", "INV-2"].map {
      charge("50.00", id: $0, issuer: sinnet, currency: "CNY")
    }
    let found = try matches([booking(charges)], [fapiao(1, "50.00")])
    let alone = found.first { !$0.documents.isEmpty }
    #expect(alone?.result == .missingCharges)
    #expect(
      alone?.item(.total, "Total")?.reason
        == "Unexplained; could belong to any of INV-1, INV-2")
  }

  @Test func `charges that a document names by id are not matched by seller again`() throws {
    let charges = [charge("100.00", issuer: sinnet, currency: "CNY")]
    let found = try matches(
      [booking(charges)], [fapiao(1, "100.00", references: ["INV-1"]), fapiao(2, "100.00")])
    #expect(found["INV-1"]?.result == .matched)
    #expect(found.first { $0.invoiceIDs.isEmpty }?.result == .missingCharges)
  }
}

extension String {
  fileprivate var text: Text { Text(self) }
}
