import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Reconciling

@Suite struct ReconcilerTests {
  // MARK: Periods

  @Test func `an invoice may come a night before its charges and a month after`() throws {
    let march = booking([charge("50.00", id: "INV-0")], period: "2026-03")
    let early = invoice("INV-1", "100.00", on: "2026-05-02")
    let before = try reconcile([march], [early])
    #expect(before.map(\.billingPeriod.description) == ["2026-03", "2026-04"])
    #expect(before[1].matches.map(\.result) == [.missingCharges])
    #expect(before[1].matches[0].periodInferred)

    let late = invoice("INV-0", "50.00", on: "2026-06-01")
    let after = try reconcile([march, booking([charge("100.00")])], [early, late])
    #expect(after.map { $0.matches.map(\.result) } == [[.matched], [.matched]])
    #expect(after[0].matches[0].documents == ["ubl:INV-0"])
    #expect(!after[1].matches[0].periodInferred)
  }

  @Test func `a document's period is stated, else in its remark, else before its date`() throws {
    func period(_ change: (inout Invoice) -> Void) throws -> (String, Bool)? {
      let document = invoice("INV-9", "1.00", on: "2026-01-15", change)
      return try matches([], [document]).first.map {
        ($0.billingPeriod.description, $0.periodInferred)
      }
    }
    func isEqual(_ found: (String, Bool)?, _ expected: (String, Bool)) -> Bool {
      found.map { $0 == expected } ?? false
    }
    let stated = try period {
      $0.billingPeriod = month("2025-10")
      $0.remark = "2025-11"
    }
    #expect(isEqual(stated, ("2025-10", false)))
    #expect(isEqual(try period { $0.remark = "账期：2025年11月" }, ("2025-11", false)))
    #expect(isEqual(try period { _ in }, ("2025-12", true)))
    // Nothing tells: the month before the day of the run.
    #expect(isEqual(try period { $0.issueDate = nil }, ("2026-04", true)))
  }

  @Test func `a match over several months is shown in the latest and named in the others`() throws {
    let bookings = [
      booking([charge("30.00")], period: "2026-03"), booking([charge("70.00")]),
    ]
    let found = try reconcile(bookings, [invoice("INV-1", "100.00")])
    #expect(found.map(\.billingPeriod.description) == ["2026-03", "2026-04"])
    #expect(found[0].matches.isEmpty)
    #expect(found[1].matches.map(\.result) == [.matched])
    #expect(found[1].matches[0].otherPeriods == [month("2026-03")])
    #expect(found[0].shownLater == found[1].matches.map(\.id))
  }

  @Test func `the billing period is the export's, not that of the usage`() throws {
    let future = booking([charge("15.00", on: "2027-04-01")])
    #expect(
      try reconcile([future], [invoice("INV-1", "15.00")]).map(\.billingPeriod.description)
        == ["2026-04"])
  }

  // MARK: Issuers without documents

  private let unpapered = booking([
    charge("100.00"), charge("10.00", id: "INV-2"), charge("5.00", id: "RH-1", issuer: "Red Hat"),
  ])

  @Test func `one entry stands for the missing invoices of an issuer that never sent any`() throws {
    let found = try reconcile([unpapered], [invoice("RH-1", "5.00", from: "Red Hat")])
    #expect(found[0].matches.map(\.invoiceIDs) == [["RH-1"]])
    #expect(
      found[0].issuersWithoutInvoices == [
        IssuerWithoutInvoices(
          issuer: Text(aws), billingAccountID: "100000000001", currency: "USD",
          charged: amount("110.00"))
      ])
  }

  @Test func `what one entry stands for is not said to be shown later`() throws {
    let months = [
      booking([charge("30.00")], period: "2026-03"), booking([charge("70.00")]),
    ]
    let found = try reconcile(months, [])
    #expect(found.map(\.issuersWithoutInvoices.count) == [0, 1])
    #expect(found.map(\.shownLater) == [[], []])
  }

  @Test func `any document of the issuer makes each missing invoice a row`() throws {
    let others = [
      invoice("INV-1", "100.00"), invoice("X", "1.00") { $0.kind = .receipt },
      invoice("X", "1.00", from: "AMAZON WEB SERVICES INC") { $0.refusal = "a test document" },
      invoice("X", "1.00", from: "") { $0.issuer = Text(aws) },
    ]
    for document in others {
      let found = try reconcile([unpapered], [document])
      #expect(found.flatMap(\.issuersWithoutInvoices).map(\.issuer) == ["Red Hat"])
      #expect(found.flatMap(\.matches)["INV-2"]?.result == .missingInvoice)
    }
  }

  @Test func `charges that name no issuer are missing an invoice once any document came`() throws {
    let nameless = booking([charge("100.00", issuer: "")])
    #expect(try reconcile([nameless], [])[0].issuersWithoutInvoices.map(\.issuer) == [""])
    let found = try reconcile([nameless], [invoice("X", "1.00", from: "Red Hat, Inc.")])
    #expect(found.flatMap(\.matches)["INV-1"]?.result == .missingInvoice)
  }

  @Test func `before invoices are due every match stays a row`() throws {
    let found = try reconcile([unpapered], [], asOf: "2026-05-09")
    #expect(found[0].matches.map(\.result) == [.notFinal, .notFinal, .notFinal])
    #expect(found[0].issuersWithoutInvoices.isEmpty)
  }

  // MARK: Names and order

  @Test func `the name of a match is made of what it matches`() throws {
    let charges = [
      charge("60.00", id: "EUINUA22-574609", issuer: "Amazon Web Services EMEA SARL"),
      charge("40.00", id: "EUINUA22-574610", issuer: "Amazon Web Services EMEA SARL"),
    ]
    let both = invoice("SUM", "100.00") {
      $0.references = ["EUINUA22-574610", "EUINUA22-574609"]
    }
    #expect(
      try matches([booking(charges)], [both]).map(\.id) == [
        "2026-04/100000000001/amazonwebservicesemea/USD/EUINUA22-574609+EUINUA22-574610"
      ])
  }

  @Test func `names are unique, also of documents with one number`() throws {
    let strays = ["cxml", "ubl"].map { dialect in
      invoice("INV-9", "1.00", dialect: Text(dialect)) {
        $0.billingAccountID = dialect == "ubl" ? "" : "100000000009"
        $0.commercialInvoiceID = "C-\(dialect)".asText
        $0.seller.name = ""
      }
    }
    let ids = try matches([], strays + strays.map { credit($0) }).map(\.id)
    #expect(ids.count == Set(ids).count)
  }

  private func credit(_ invoice: Invoice) -> Invoice {
    var credit = invoice
    credit.kind = .credit
    credit.sha256 = Text("credit-\(invoice.sha256)")
    return credit
  }

  @Test(arguments: 1...20)
  func `the order of bookings, rows and documents does not matter`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (bookings, replaced, invoices) = Self.busyQuarter
    let expected = try reconcile(bookings, replaced: replaced, invoices)
    let shuffled = bookings.shuffled(using: &generator).map { booking in
      var booking = booking
      booking.contents.charges.shuffle(using: &generator)
      return booking
    }
    let found = try reconcile(
      shuffled, replaced: replaced.shuffled(using: &generator),
      invoices.shuffled(using: &generator))
    #expect(found == expected, "seed \(seed)")
  }

  @Test func `no charge and no document is lost`() throws {
    let (bookings, replaced, invoices) = Self.busyQuarter
    let found = try reconcile(bookings, replaced: replaced, invoices)
    for currency in ["USD", "CNY"] as [CurrencyCode] {
      let charges = bookings.flatMap(\.contents.charges).filter { $0.key.currency == currency }
      let rows = found.flatMap(\.matches).filter { $0.currency == currency }
      let folded = found.flatMap(\.issuersWithoutInvoices).filter { $0.currency == currency }
      #expect(
        try Amount.sum(rows.compactMap(\.chargedTotal) + folded.map(\.charged))
          == Amount.sum(charges.map(\.billedCost)))
      #expect(
        try rows.allSatisfy {
          try Amount.sum($0.explained.map(\.amount)) + $0.unexplained == $0.difference
        })
    }
    #expect(
      found.flatMap(\.matches).flatMap(\.documents).sorted()
        == invoices.map { Text("\($0.dialect):\($0.invoiceID)") }.sorted())
  }

  /// Three months, two payers, two currencies, and something of everything.
  private static var busyQuarter: ([Booking], replaced: [Booking], [Invoice]) {
    let china = ["2026-02", "2026-03", "2026-04"].map {
      booking(
        [
          charge("70.01", id: "CN-\($0)", issuer: sinnet, currency: "CNY"),
          charge("30.00", id: "NX-\($0)", issuer: ningxia, currency: "CNY"),
          charge("2.00", id: "NY-\($0)", issuer: ningxia, currency: "CNY"),
        ], payer: "100000000002", period: $0, rejected: "1.00", currency: "CNY")
    }
    let global = [
      booking([charge("50.00", id: "INV-0"), charge("9.00", id: "")], period: "2026-03"),
      booking([
        charge("100.00"), charge("6.00", type: "Tax"), charge("5.00", id: "INV-2"),
        charge("-3.00", type: "Credit"), charge("4.00", id: "RH-1", issuer: "Red Hat"),
        charge("8.00", id: "INV-3"),
      ]),
    ]
    let earlier = booking(
      [charge("101.00"), charge("6.00", type: "Tax")], version: "1", on: "2026-05-02")
    let documents = [
      invoice("INV-0", "59.00"), invoice("INV-1", "107.00", tax: "6.00"),
      invoice("INV-1", "107.00", tax: "6.00", dialect: "aws-summary"),
      invoice("INV-2", "5.00"), invoice("INV-2", "5.00") { $0.sha256 = "again" },
      invoice("INV-7", "11.00"), fapiao(1, "71.00", remark: "2026-02"),
      fapiao(2, "140.02", remark: "2026年3月 2026年4月"),
      fapiao(3, "30.00", from: ningxia, references: ["NX-2026-02", "NX-2026-03"]),
      fapiao(4, "30.00", from: ningxia, references: ["NX-2026-03"]),
      fapiao(5, "32.00", from: ningxia, remark: "2026-04"),
    ]
    return (china + global, [earlier], documents)
  }
}

extension String {
  fileprivate var asText: Text { Text(self) }
}
