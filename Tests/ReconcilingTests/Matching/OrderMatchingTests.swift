import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// Documents that name an order and no charges.
@Suite struct OrderMatchingTests {
  private let bookings = [
    booking([
      charge("100.00", issuer: sinnet, currency: "CNY"),
      charge("60.00", id: "INV-2", issuer: sinnet, currency: "CNY"),
    ])
  ]

  private func entry(_ number: String, _ gross: String, order: Text) -> Invoice {
    invoice(number, gross, from: sinnet, currency: "CNY", dialect: Invoice.listDialect) {
      $0.purchaseOrder = order
    }
  }

  private func ordered(_ last: Int, _ gross: String, _ order: Text) -> Invoice {
    var document = fapiao(last, gross)
    document.purchaseOrder = order
    return document
  }

  @Test
  func `an order of the list of invoices leads to the charges, and the entry is no second bill`()
    throws
  {
    let documents = [
      entry("INV-1", "100.00", order: "4500;4501"), entry("INV-2", "60.00", order: "77"),
      ordered(1, "70.00", "4500"), ordered(2, "30.00", "4501"),
    ]
    let found = try matches(bookings, documents)
    #expect(found.map(\.result) == [.matched, .matched])
    #expect(found["INV-1"]?.documents.count == 3)
    #expect(found["INV-1"]?.invoicedTotal == amount("100.00"))
    #expect(found["INV-2"]?.documents == ["aws-invoice-summary:INV-2"])
  }

  @Test func `another document of the order leads to the charges too, and both count`() throws {
    let first = invoice("INV-1", "70.00", from: sinnet, currency: "CNY") { $0.purchaseOrder = "45" }
    let found = try matches(bookings, [first, ordered(1, "30.00", "45")])
    #expect(found["INV-1"]?.result == .matched)
  }

  @Test func `an order that leads to two sets of charges tells nothing`() throws {
    let documents = [
      entry("INV-1", "100.00", order: "45"), entry("INV-2", "60.00", order: "45"),
      ordered(1, "100.00", "45"),
    ]
    let found = try matches(bookings, documents)
    #expect(
      found.first { $0.documents == ["cn-einvoice:26112000000000000001"] }?.chargedTotal == nil)
  }

  @Test func `the month that a document states narrows its order`() throws {
    let year = ["2026-03", "2026-04"].map {
      booking([charge("50.00", id: "INV-\($0)", issuer: sinnet, currency: "CNY")], period: $0)
    }
    var march = ordered(1, "50.00", "45")
    march.remark = "2026年3月"
    let entries = ["INV-2026-03", "INV-2026-04"].map { entry($0, "50.00", order: "45") }
    let found = try matches(year, entries + [march])
    #expect(found["INV-2026-03"]?.documents.count == 2)
    #expect(found.map(\.result) == [.matched, .matched])
  }

  @Test(arguments: ["currency", "seller", "payer", "an id of its own", "an id that is not charged"])
  func `an order is not enough where something else contradicts`(_ what: String) throws {
    let first = invoice("INV-1", "70.00", from: sinnet, currency: "CNY") {
      $0.purchaseOrder = "45"
      $0.billingAccountID = "100000000001"
    }
    var second = ordered(1, "30.00", "45")
    switch what {
    case "currency": second.currency = "USD"
    case "seller": second.seller.name = Text(ningxia)
    case "payer": second.billingAccountID = "100000000002"
    case "an id of its own": second.invoiceID = "INV-9"
    default: second.references = ["INV-9"]
    }
    let found = try matches(bookings, [first, second])
    #expect(found["INV-1"]?.documents == ["ubl:INV-1"])
  }

  @Test func `a number of the seller's books matches by its order through the list only`() throws {
    let books = invoice("2026/17", "100.00", from: sinnet, currency: "CNY") {
      $0.purchaseOrder = "45"
    }
    let listed = try matches(bookings, [books, entry("INV-1", "100.00", order: "45")])
    #expect(listed["INV-1"]?.result == .matched)
    let other = invoice("INV-1", "100.00", from: sinnet, currency: "CNY", dialect: "cxml") {
      $0.purchaseOrder = "45"
    }
    #expect(try matches(bookings, [books, other])["INV-1"]?.documents == ["cxml:INV-1"])
  }

  @Test func `a document that the list knows by its own number is a bill of its own`() throws {
    let own = invoice("INV-9", "100.00", from: sinnet, currency: "CNY") { $0.purchaseOrder = "45" }
    let listed = [
      entry("INV-1", "100.00", order: "45"), entry("INV-9", "100.00", order: "45"),
    ]
    let found = try matches(bookings, listed + [own])
    #expect(found["INV-1"]?.documents == ["aws-invoice-summary:INV-1"])
  }

  @Test func `an entry of the list beside documents that mention its number is a copy of them`()
    throws
  {
    let mentioning = [
      fapiao(1, "70.00", references: ["INV-1"]), fapiao(2, "30.00", references: ["INV-1"]),
    ]
    let found = try matches(bookings, mentioning + [entry("INV-1", "100.00", order: "")])
    #expect(found["INV-1"]?.result == .matched && found["INV-1"]?.documents.count == 3)
    // A credit that mentions it is a bill beside it.
    var credit = fapiao(1, "-40.00", references: ["INV-1"])
    credit.kind = .credit
    let corrected = try matches(bookings, [entry("INV-1", "140.00", order: ""), credit])
    #expect(corrected["INV-1"]?.result == .matched)
    #expect(corrected["INV-1"]?.invoicedTotal == amount("100.00"))
  }

  // MARK: Orders of the contract

  private func agreed(
    _ payer: Text, _ seller: String = "", bookings: [Booking], _ documents: [Invoice]
  ) throws -> [Match] {
    var reconciler = Reconciler(asOf: day("2026-05-20"))
    reconciler.purchaseOrders = [
      Contract.PurchaseOrder(number: "45", billingAccountID: payer, seller: Text(seller))
    ]
    return try reconciler.reconcile(bookings: bookings, replaced: [], invoices: documents)
      .flatMap(\.matches)
  }

  @Test func `the payer of an agreed order tells between charges of two payers`() throws {
    let two = ["100000000001", "100000000002"].map { (payer: Text) in
      booking([charge("50.00", id: "INV-\(payer)", issuer: sinnet, currency: "CNY")], payer: payer)
    }
    let document = ordered(1, "49.00", "45")
    #expect(
      try matches(two, [document]).first { !$0.documents.isEmpty }?.result == .missingCharges)
    let found = try agreed("100000000002", bookings: two, [document])
    #expect(found["INV-100000000002"]?.invoicedTotal == amount("49.00"))
  }

  @Test func `the seller of an agreed order stands in where the document names none`() throws {
    let april = booking([charge("50.00", issuer: sinnet, currency: "CNY")])
    var document = ordered(1, "50.00", "45")
    document.seller.name = ""
    #expect(try matches([april], [document]).contains { $0.result == .missingCharges })
    let found = try agreed("", sinnet, bookings: [april], [document])
    #expect(found.map(\.result) == [.matched])
  }
}
