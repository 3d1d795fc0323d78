import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

@Suite struct LevelTests {
  private func match(_ charges: [ChargeSummary], _ invoices: Invoice...) throws -> Match {
    try #require(try matches([booking(charges)], invoices)["INV-1"])
  }

  private func item(
    _ net: String, service: String = "", account: String = ""
  ) -> InvoiceItem {
    InvoiceItem(
      serviceName: Text(service), subAccountID: Text(account), net: amount(net), tax: nil, lines: 1)
  }

  /// Every level that is there sums to the total, in each of its three amounts.
  private func expectLevelsAddUp(_ match: Match) throws {
    for level in ReconciliationLevel.allCases where level != .total {
      let items = match.items.filter { $0.level == level }
      if items.isEmpty { continue }
      #expect(try Amount.sum(items.map(\.difference)) == match.difference)
      #expect(try Amount.sum(items.compactMap(\.invoiced)) == match.invoicedTotal)
      #expect(try Amount.sum(items.compactMap(\.charged)) == match.chargedTotal)
    }
  }

  @Test func `categories are those that both sides state`() throws {
    let charges = [
      charge("120.00"), charge("-10.00", type: "EdpDiscount"), charge("-20.00", type: "Refund"),
      charge("6.00", type: "Tax"),
    ]
    let credit = invoice("CN-1", "20.00", tax: "0.00") {
      $0.kind = .credit
      $0.precedingInvoice = "INV-1"
    }
    let document = invoice("INV-1", "116.00", tax: "6.00") { $0.discountTotal = amount("10.00") }
    let match = try match(charges, document, credit)
    let categories = match.items.filter { $0.level == .category }
    #expect(categories.map(\.key) == ["Credit", "Discount", "Net", "Tax"])
    #expect(categories.map(\.invoiced) == ["-20.00", "-10.00", "120.00", "6.00"].map(amount))
    #expect(categories.map(\.charged) == ["-20.00", "-10.00", "120.00", "6.00"].map(amount))
    #expect(match.firstDifference == nil)
    try expectLevelsAddUp(match)
  }

  @Test func `what only one side states stays in the net`() throws {
    let charges = [charge("120.00"), charge("-20.00", type: "Credit"), charge("6.00", type: "Tax")]
    let match = try match(charges, invoice("INV-1", "106.00", tax: "6.00"))
    #expect(match.item(.category, "Net")?.charged == amount("100.00"))
    #expect(match.item(.category, "Credit") == nil)
    try expectLevelsAddUp(match)
  }

  @Test func `a document that tells no tax has no categories`() throws {
    let match = try match([charge("100.00")], invoice("INV-1", "100.00"))
    #expect(match.items.map(\.level) == [.total])
    let netOnly = invoice("INV-1", "0") {
      $0.gross = nil
      $0.net = amount("100.00")
    }
    #expect(try self.match([charge("100.00")], netOnly).items.map(\.level) == [.total])
  }

  @Test func `a difference between equal totals first appears at the category`() throws {
    let charges = [charge("98.00"), charge("8.00", type: "Tax")]
    let match = try match(charges, invoice("INV-1", "106.00", tax: "6.00"))
    #expect(match.result == .matched)
    #expect(match.firstDifference == .category)
    #expect(match.item(.category, "Tax")?.difference == amount("-2.00"))
    #expect(match.item(.category, "Tax")?.reason == "Unexplained")
  }

  @Test func `services are compared under any spelling of their name`() throws {
    let charges = [
      charge("60.00", service: "Amazon Elastic Compute Cloud", code: "AmazonEC2"),
      charge("40.00", service: "Amazon Simple Storage Service", code: "AmazonS3"),
      charge("6.00", type: "Tax"),
    ]
    let document = invoice("INV-1", "106.00", tax: "6.00") {
      $0.items = [
        item("60.00", service: "Amazon EC2"), item("40.00", service: "SIMPLE STORAGE SERVICE"),
      ]
    }
    let match = try match(charges, document)
    let services = match.items.filter { $0.level == .service }
    #expect(
      services.map(\.key) == [
        "Amazon Elastic Compute Cloud", "Amazon Simple Storage Service", "Unallocated",
      ])
    #expect(services.allSatisfy { $0.difference.isZero })
    #expect(services.last?.invoiced == amount("6.00"))
    try expectLevelsAddUp(match)
  }

  @Test func `a difference first appears at the service where totals agree`() throws {
    let charges = [
      charge("60.00", service: "EC2"), charge("40.00", service: "S3", code: "AmazonS3"),
    ]
    let document = invoice("INV-1", "100.00", tax: "0.00") {
      $0.items = [item("70.00", service: "EC2"), item("30.00", service: "S3")]
    }
    let match = try match(charges, document)
    #expect(match.firstDifference == .service)
    #expect(match.item(.service, "EC2")?.difference == amount("10.00"))
    try expectLevelsAddUp(match)
  }

  @Test func `lines that name no known service make no service level`() throws {
    let document = invoice("INV-1", "100.00", tax: "0.00") {
      $0.items = [item("100.00", service: "*信息技术服务*云服务费")]
    }
    let match = try match([charge("100.00")], document)
    #expect(!match.items.contains { $0.level == .service })
  }

  @Test func `accounts are compared where the lines name them`() throws {
    let charges = [
      charge("60.00", account: "200000000001"), charge("40.00", account: "200000000002"),
      charge("1.00", account: ""),
    ]
    let document = invoice("INV-1", "102.00", tax: "0.00") {
      $0.items = [item("60.00", account: "200000000001"), item("41.00", account: "200000000002")]
    }
    let match = try match(charges, document)
    #expect(match.item(.subAccount, "200000000001")?.difference == .zero)
    #expect(match.item(.subAccount, "200000000002")?.difference == amount("1.00"))
    #expect(match.item(.subAccount, "Unallocated")?.invoiced == amount("1.00"))
    #expect(match.item(.subAccount, "Unallocated")?.charged == amount("1.00"))
    try expectLevelsAddUp(match)
  }

  @Test func `the items of a partly explained difference are unexplained`() throws {
    let april = booking([charge("92.00")], rejected: "5.00")
    let match = try #require(
      try matches([april], [invoice("INV-1", "100.00", tax: "0.00")])["INV-1"])
    #expect(match.item(.total, "Total")?.reason == "RejectedRows; Unexplained")
    #expect(match.item(.category, "Net")?.reason == "Unexplained")
  }

  // MARK: Reasons of items

  private func reasons(
    _ match: Match, _ level: ReconciliationLevel
  ) -> [Text: Text] {
    Dictionary(
      uniqueKeysWithValues: match.items.filter { $0.level == level }.map { ($0.key, $0.reason) })
  }

  @Test func `a credit document is the reason where its own lines stand`() throws {
    let charges = [
      charge("60.00", service: "EC2"), charge("40.00", service: "S3", code: "AmazonS3"),
      charge("20.00", type: "Tax"),
    ]
    let document = invoice("INV-1", "120.00", tax: "20.00") {
      // Between the services five units stand elsewhere, which the credit has nothing to do with.
      $0.items = [
        item("65.00", service: "EC2", account: "200000000001"), item("35.00", service: "S3"),
      ]
    }
    let credit = invoice("CN-1", "12.00", tax: "2.00") {
      $0.kind = .credit
      $0.precedingInvoice = "INV-1"
      $0.items = [item("10.00", service: "AmazonS3", account: "200000000001")]
    }
    let match = try match(charges, document, credit)
    #expect(match.explained == [ExplainedAmount(.creditMemoUnapplied, amount("-12.00"))])
    #expect(
      reasons(match, .category) == ["Net": "CreditMemoUnapplied", "Tax": "CreditMemoUnapplied"])
    // S3: 35 − 10 − 40 = −15, of which the credit is −10. Unallocated is its tax.
    #expect(
      reasons(match, .service) == [
        "EC2": "Unexplained", "S3": "CreditMemoUnapplied; Unexplained",
        "Unallocated": "CreditMemoUnapplied",
      ])
  }

  @Test func `what a version moved is the reason where it moved, whatever its sign`() throws {
    let before = booking(
      [
        charge("60.00", service: "EC2"), charge("40.00", service: "S3", code: "AmazonS3"),
        charge("10.00", service: "RDS", code: "AmazonRDS", isDataTransfer: true),
      ], version: "1", on: "2026-05-04")
    let now = booking([
      charge("63.00", service: "EC2"), charge("30.00", service: "S3", code: "AmazonS3"),
      charge("12.00", service: "RDS", code: "AmazonRDS", isDataTransfer: true),
    ])
    let document = invoice("INV-1", "110.00", tax: "0.00") {
      $0.items = [
        item("60.00", service: "EC2"), item("40.00", service: "S3"),
        item("10.00", service: "AWS Data Transfer"),
      ]
    }
    let match = try #require(try matches([now], replaced: [before], [document])["INV-1"])
    #expect(match.explains(.restated) == amount("5.00"))
    #expect(
      reasons(match, .service) == [
        "EC2": "Restated", "S3": "Restated",
        "AWS Data Transfer": "DataTransferPresentation; Restated",
      ])
  }

  @Test func `a late credit and tax on the invoice only are each the reason of their items`() throws
  {
    let charges = [
      charge("100.00", service: "EC2"),
      charge("-8.00", type: "Credit", service: "EC2", on: "2026-04-28"),
    ]
    let document = invoice("INV-1", "106.00", tax: "6.00", on: "2026-04-26") {
      $0.items = [item("100.00", service: "EC2", account: "200000000001")]
    }
    let match = try match(charges, document)
    #expect(match.explained.map(\.reason) == [.taxOnInvoiceOnly, .lateCredit])
    #expect(reasons(match, .category) == ["Net": "LateCredit", "Tax": "TaxOnInvoiceOnly"])
    #expect(reasons(match, .service) == ["EC2": "LateCredit", "Unallocated": "TaxOnInvoiceOnly"])
    #expect(
      reasons(match, .subAccount) == [
        "200000000001": "LateCredit", "Unallocated": "TaxOnInvoiceOnly",
      ])
  }

  @Test func `rows that still lack their id are the reason of their own services`() throws {
    let april = booking([
      charge("60.00", service: "EC2"), charge("30.00", service: "S3", code: "AmazonS3"),
      charge("7.00", id: "", service: "EC2"),
      charge("3.00", id: "", service: "S3", code: "AmazonS3"),
    ])
    let document = invoice("INV-1", "100.00", tax: "0.00") {
      $0.items = [item("69.00", service: "EC2"), item("31.00", service: "S3")]
    }
    let match = try #require(try matches([april], [document])["INV-1"])
    #expect(match.explains(.notFinal) == amount("10.00"))
    // EC2 is 2 more and S3 2 less than the rows without id make them.
    #expect(
      reasons(match, .service) == [
        "EC2": "NotFinal; Unexplained", "S3": "NotFinal; Unexplained",
      ])
  }

  @Test func `where the rows of an explained sum are gone, its reason is a hint`() throws {
    let charges = [
      charge("50.00", service: "EC2"), charge("45.00", service: "S3", code: "AmazonS3"),
    ]
    let document = invoice("INV-1", "100.00", tax: "0.00") {
      $0.items = [item("60.00", service: "EC2"), item("40.00", service: "S3")]
    }
    let april = booking(charges, rejected: "5.00")
    let match = try #require(try matches([april], [document])["INV-1"])
    #expect(match.explained == [ExplainedAmount(.rejectedRows, amount("5.00"))])
    #expect(reasons(match, .category) == ["Net": "RejectedRows", "Tax": ""])
    #expect(reasons(match, .service) == ["EC2": "hint: RejectedRows", "S3": "hint: RejectedRows"])
  }

  @Test func `the items of an explained difference carry its reason`() throws {
    let before = booking(
      [charge("60.00", service: "EC2"), charge("40.00", service: "S3", code: "AmazonS3")],
      version: "1", on: "2026-05-04")
    let now = booking(
      [charge("54.00", service: "EC2"), charge("37.00", service: "S3", code: "AmazonS3")])
    let document = invoice("INV-1", "100.00", tax: "0.00") {
      $0.items = [item("60.00", service: "EC2"), item("40.00", service: "S3")]
    }
    let match = try #require(try matches([now], replaced: [before], [document])["INV-1"])
    #expect(match.item(.service, "EC2")?.reason == "Restated")
    #expect(match.item(.service, "S3")?.reason == "Restated")
  }
}
