import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

@Suite struct ResultTests {
  private let april = booking([charge("100.00")])

  private func result(_ gross: String, lines: Int = 1) throws -> Match? {
    try matches([april], [invoice("INV-1", gross, lines: lines)]).first
  }

  @Test func `equal to the last digit is Matched`() throws {
    let match = try result("100.00")
    #expect(match?.result == .matched)
    #expect(match?.explained == [] && match?.unexplained == .zero)
  }

  @Test func `a residual within the tolerance is MatchedWithinRounding and stays visible`() throws {
    let match = try result("100.01")
    #expect(match?.result == .matchedWithinRounding)
    #expect(match?.difference == amount("0.01"))
    #expect(match?.explained == [ExplainedAmount(.rounding, amount("0.01"))])
    #expect(match?.unexplained == .zero)
    #expect(match?.item(.total, "Total")?.reason == "Rounding")
  }

  @Test func `a residual beyond the tolerance is Discrepant`() throws {
    let match = try result("100.010000000000000001")
    #expect(match?.result == .discrepant)
    #expect(match?.unexplained == amount("0.010000000000000001"))
    #expect(match?.item(.total, "Total")?.reason == "Unexplained")
  }

  @Test(arguments: [(0, "0.01"), (1, "0.01"), (7, "0.07"), (100, "1.00"), (5000, "1.00")])
  func `the tolerance grows with the lines read up to its cap`(lines: Int, tolerance: String) throws
  {
    #expect(try result("100.00", lines: lines)?.tolerance == amount(tolerance))
  }

  @Test func `a currency can have a tolerance of its own`() throws {
    var reconciler = Reconciler(asOf: day("2026-05-20"))
    reconciler.toleranceByCurrency["USD"] = Tolerance(
      perLine: amount("0.10"), floor: amount("0.50"), cap: amount("2.00"))
    let found = try reconciler.reconcile(
      bookings: [april], replaced: [], invoices: [invoice("INV-1", "100.50")])
    #expect(found.flatMap(\.matches).map(\.result) == [.matchedWithinRounding])
  }

  // MARK: One side only

  @Test(arguments: [("2026-05-09", MatchResult.notFinal), ("2026-05-10", .missingInvoice)])
  func `an id without a document is missing from the expected day on`(
    asOf: String, result: MatchResult
  ) throws {
    // The issuer is known to send documents.
    let march = booking([charge("1.00", id: "INV-0")], period: "2026-03")
    let found = try matches([march, april], [invoice("INV-0", "1.00")], asOf: asOf)
    #expect(found["INV-1"]?.result == result)
    #expect(found["INV-1"]?.invoicedTotal == nil)
    #expect(found["INV-1"]?.difference == amount("-100.00"))
    let pending = result == .notFinal
    #expect(found["INV-1"]?.unexplained == (pending ? .zero : amount("-100.00")))
    #expect(found["INV-1"]?.explains(.notFinal) == (pending ? amount("-100.00") : nil))
  }

  @Test func `the expected day can be moved`() throws {
    var reconciler = Reconciler(asOf: day("2026-05-20"))
    reconciler.invoicesExpectedBy = 21
    let found = try reconciler.reconcile(bookings: [april], replaced: [], invoices: [])
    #expect(found.flatMap(\.matches).map(\.result) == [.notFinal])
  }

  @Test func `a document without charges is MissingCharges`() throws {
    let found = try matches([april], [invoice("INV-1", "100.00"), invoice("INV-9", "7.00")])
    let alone = found.first { $0.documents == ["ubl:INV-9"] }
    #expect(alone?.result == .missingCharges)
    #expect(alone?.unexplained == amount("7.00") && alone?.chargedTotal == nil)
  }

  @Test func `it is NotFinal while a row of its payer and month has no id`() throws {
    let half = booking([charge("100.00"), charge("3.00", id: "")])
    func result(_ change: (inout Invoice) -> Void) throws -> MatchResult? {
      let document = invoice("INV-9", "7.00") {
        $0.billingPeriod = month("2026-04")
        change(&$0)
      }
      return try matches([half], [document]).first { !$0.documents.isEmpty }?.result
    }
    #expect(try result { _ in } == .notFinal)
    #expect(try result { $0.billingAccountID = "100000000001" } == .notFinal)
    #expect(try result { $0.billingAccountID = "100000000002" } == .missingCharges)
    #expect(try result { $0.billingPeriod = month("2026-03") } == .missingCharges)
  }

  @Test func `rows of an export without the column do not wait for an id`() throws {
    let april = booking([charge("100.00", id: "")], format: .focus10)
    let document = invoice("9", "7.00", from: "Red Hat, Inc.") {
      $0.billingPeriod = month("2026-04")
    }
    let found = try matches([april], [document])
    #expect(found.map(\.result) == [.missingCharges])
    #expect(try reconcile([april], [document])[0].issuersWithoutInvoices.count == 1)
  }

  @Test func `rows without an id are NotFinal however late it is`() throws {
    let found = try matches(
      [booking([charge("100.00"), charge("3.00", id: "")])], [invoice("INV-1", "100.00")],
      asOf: "2026-12-01")
    let open = found.first { $0.invoiceIDs.isEmpty }
    #expect(open?.result == .notFinal)
    #expect(open?.explains(.notFinal) == amount("-3.00"))
  }

  @Test(arguments: [("2026-05-09", MatchResult.notFinal), ("2026-05-10", .discrepant)])
  func `an open month that does not fit its document waits until it is due`(
    asOf: String, result: MatchResult
  ) throws {
    for format in [ExportFormat.cur2, .focus10] {
      let open = booking([charge("90.00", id: "")], format: format)
      let found = try matches([open], [invoice("INV-1", "100.00")], asOf: asOf)
      #expect(found.map(\.result) == [result])
      let equal = try matches([open], [invoice("INV-1", "90.00")], asOf: asOf)
      #expect(equal.map(\.result) == [.matched])
    }
  }

  // MARK: Nothing is proved

  @Test func `rejects with unreadable cost make the month NotProved`() throws {
    let bookings = [
      booking([charge("100.00")], unreadable: 1),
      booking([charge("50.00", id: "INV-2")], period: "2026-03"),
    ]
    let found = try matches(
      bookings,
      [invoice("INV-1", "100.00"), invoice("INV-2", "50.00"), invoice("INV-9", "7.00")])
    #expect(found["INV-1"]?.result == .notProved)
    #expect(found["INV-2"]?.result == .matched)
    #expect(found.first { $0.invoiceIDs.isEmpty }?.result == .notProved)
  }

  // MARK: Money that was paid before

  @Test func `prepaid and rounding amounts are never a part of the difference`() throws {
    let document = invoice("INV-1", "100.00") {
      $0.prepaid = amount("40.00")
      $0.rounding = amount("0.05")
      $0.payable = amount("60.05")
    }
    let match = try #require(try matches([april], [document]).first)
    #expect(match.result == .matched)
    #expect(match.invoicedTotal == amount("100.00"))
    #expect(match.item(.total, "Prepaid")?.invoiced == amount("40.00"))
    #expect(match.item(.total, "Rounding")?.invoiced == amount("0.05"))
    #expect(match.items.allSatisfy { $0.difference.isZero })
  }

  @Test func `net, tax and total of both sides are told`() throws {
    let charges = [
      charge("110.00"), charge("-10.00", type: "Credit"), charge("6.00", type: "Tax"),
    ]
    let match = try #require(
      try matches([booking(charges)], [invoice("INV-1", "106.00", tax: "6.00")]).first)
    #expect(match.chargedNet == amount("100.00"))
    #expect(match.chargedTax == amount("6.00"))
    #expect(match.chargedTotal == amount("106.00"))
    #expect(match.invoicedNet == amount("100.00"))
    #expect(match.invoicedTax == amount("6.00"))
  }
}
