import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about matches and documents.
@Suite struct InvoiceRuleTests {
  private func matched(_ matches: Match...) throws -> PeriodFacts {
    try facts([usage()]).with { $0.reconciliation.matches = matches }
  }

  @Test func `charges without an invoice have their whole amount at stake`() throws {
    let found = try #require(
      try ChargesWithoutInvoice().onlyFinding(
        matched(match(.missingInvoice, ids: ["B", "A"], invoiced: nil, charged: "17.00"))))
    #expect(found.amountAtStake == "17.00" && found.impact.isZero)
    #expect(found.key.invoiceID == "A;B" && found.lineCount == 3)
  }

  @Test func `charges whose invoice was taken back say so`() throws {
    var lacking = try match(.missingInvoice, invoiced: nil, charged: "17.00")
    lacking.takenBack = ["cxml:INV-1"]
    let found = try #require(try ChargesWithoutInvoice().onlyFinding(matched(lacking)))
    #expect(
      found.explanation.english.string.hasSuffix(
        "for which no document is left: cxml:INV-1 was taken back."))
  }

  @Test func `a cancellation that meets nothing is a finding, and one that does is none`() throws {
    var cancelled = try match(.cancelled, ids: [], invoiced: nil, charged: nil)
    #expect(try CancellationUnmet().judged(matched(cancelled)).findings == [])
    cancelled.documentKinds = [.cancellation]
    let found = try #require(try CancellationUnmet().onlyFinding(matched(cancelled)))
    #expect(found.amountAtStake.isZero && found.leastSeverity == .low)
    #expect(
      found.explanation.english.string.hasSuffix("took back D-1, and no such document is here.")
    )
  }

  @Test func `an invoice without charges would be paid for nothing`() throws {
    let found = try #require(
      try InvoiceWithoutCharges().onlyFinding(
        matched(match(.missingCharges, ids: [], invoiced: "17.00", charged: nil))))
    #expect(found.impact == "17.00" && found.key.invoiceID == "D-1")
  }

  @Test(arguments: MatchResult.allCases)
  func `each result of a match has at most one rule`(_ result: MatchResult) throws {
    let facts = try matched(match(result, invoiced: "20.00", charged: "17.00", unexplained: "3"))
    let expected: [MatchResult: RuleID] = [
      .missingInvoice: "ChargesWithoutInvoice", .missingCharges: "InvoiceWithoutCharges",
      .discrepant: "TotalOff", .notProved: "TotalOff", .duplicateInvoice: "DuplicateInvoice",
    ]
    let rules = try DetectorCatalog.judge(facts).findings.map(\.key.rule)
    #expect(rules == [expected[result]].compactMap(\.self))
  }

  @Test func `what no reason explains is a finding, signed for the customer`() throws {
    let found = try #require(
      try TotalOff().onlyFinding(
        matched(match(.discrepant, invoiced: "20.00", charged: "17.00", unexplained: "2.50"))))
    #expect(found.impact == "2.50" && found.actual == "20.00" && found.expected == "17.00")
    #expect(found.explanation.english.string.contains("USD 2.50 more than charged"))
  }

  @Test func `totals in two currencies are compared with nothing`() throws {
    var foreign = try match(.discrepant, invoiced: nil, charged: "17.00")
    foreign.unconverted = [Money("15.50", "EUR")]
    let found = try #require(try TotalOff().onlyFinding(matched(foreign)))
    #expect(found.impact.isZero && found.amountAtStake == "17.00")
    #expect(
      found.explanation.english.string.contains("states EUR 15.50, its charges add up to USD 17.00")
    )
  }

  @Test func `a difference that reasons explain is no finding`() throws {
    #expect(
      try TotalOff().judged(matched(match(.discrepant, invoiced: "20", charged: "17"))).findings
        == [])
  }

  @Test func `a total that cannot be proved is a matter of data quality`() throws {
    let found = try #require(
      try TotalOff().onlyFinding(matched(match(.notProved, invoiced: "20", charged: "17"))))
    #expect(found.kind == .dataQuality && found.amountAtStake == "3.00" && found.impact.isZero)
  }

  @Test func `an invoice that came three times is one finding with both repeats at stake`() throws {
    let again = try match(.duplicateInvoice, invoiced: "17.00", charged: nil)
    let found = try #require(try DuplicateInvoice().onlyFinding(matched(again, again)))
    #expect(found.amountAtStake == "34.00" && found.impact.isZero)
    #expect(found.actual == "2 further documents")
  }

  @Test func `a document of the same number and another total names both`() throws {
    var again = try match(.duplicateInvoice, invoiced: "19.00", charged: nil)
    again.countedTotal = "17.00"
    let found = try #require(try DuplicateInvoice().onlyFinding(matched(again)))
    #expect(
      found.explanation.english.string.hasSuffix(
        "for USD 19.00: it states USD 19.00, and the document that is compared states USD 17.00."))
    #expect(found.leastSeverity == .low)
    again.invoicedTotal = "17.00"
    let same = try #require(try DuplicateInvoice().onlyFinding(matched(again)))
    #expect(!same.explanation.english.string.contains("compared"))
    // A credit of the same number repeats the credit, not the invoice.
    var credit = try match(.duplicateInvoice, invoiced: "-3.00", charged: nil)
    credit.countedTotal = "-3.00"
    let both = try #require(try DuplicateInvoice().onlyFinding(matched(again, credit)))
    #expect(!both.explanation.english.string.contains("compared"))
  }

  @Test func `a credit without charges is called so by its number`() throws {
    var credit = try match(.missingCharges, ids: [], invoiced: "-35.00", charged: nil)
    credit.documentKinds = [.credit]
    let found = try #require(try InvoiceWithoutCharges().onlyFinding(matched(credit)))
    #expect(found.explanation.english.string.hasPrefix("Credit note D-1 of"))
    #expect(found.impact == "-35.00" && found.amountAtStake == "35.00")
  }

  @Test func `a sentence names each number once, and says so where no seller is named`() throws {
    var again = try match(.missingCharges, ids: [], invoiced: "35.00", charged: nil)
    let once = again
    again.documents += again.documents
    again.documentKinds += again.documentKinds
    again.issuer = ""
    let found = try #require(try InvoiceWithoutCharges().onlyFinding(matched(again)))
    #expect(
      found.explanation.english.string.hasPrefix(
        "Invoice D-1 of an unnamed seller states USD 35.00"))
    let other = try #require(try InvoiceWithoutCharges().onlyFinding(matched(once)))
    #expect(found.key.invoiceID == other.key.invoiceID)
    let two = try match(
      .discrepant, ids: ["A", "B"], invoiced: "20.00", charged: "17.00", unexplained: "2.50")
    let off = try #require(try TotalOff().onlyFinding(matched(two)))
    #expect(off.explanation.english.string.hasPrefix("Invoices A and B state USD 20.00"))
    var nameless = try match(.notProved, ids: [], invoiced: nil, charged: "17.00")
    nameless.documents = []
    let open = try #require(try TotalOff().onlyFinding(matched(nameless)))
    #expect(
      open.explanation.english.string.hasPrefix(
        "The charges of Amazon Web Services, Inc. without invoice id cannot be proved"))
    #expect(open.explanation.chinese.string.hasPrefix("Amazon Web Services, Inc. 没有发票号的费用无法证明"))
  }

  @Test func `an invoice and a credit of one number without charges are two findings`() throws {
    let invoice = try match(.missingCharges, ids: [], invoiced: "35.00", charged: nil)
    var credit = try match(.missingCharges, ids: [], invoiced: "-12.00", charged: nil)
    credit.documentKinds = [.credit]
    let found = try InvoiceWithoutCharges().judged(matched(invoice, credit)).findings
    #expect(Set(found.map(\.key)).count == 2)
  }

  private func invoice(_ checks: [ArithmeticCheck], kind: DocumentKind = .invoice) -> Invoice {
    var invoice = Invoice(file: "a.xml", sha256: "hash-2", index: 2, dialect: "ubl")
    invoice.invoiceID = "INV-1"
    invoice.billingAccountID = "100000000001"
    invoice.currency = "USD"
    invoice.kind = kind
    invoice.lineCount = 4
    invoice.checks = checks
    return invoice
  }

  private let checks = [
    ArithmeticCheck(rule: .brCO10, holds: true, stated: "100", computed: "100"),
    ArithmeticCheck(
      rule: .brCO15, holds: false, stated: "121.00", computed: "119.00", subject: "line 7"),
    ArithmeticCheck(rule: .brCO14, holds: false, stated: "20.00", computed: "19.00"),
  ]

  @Test func `a document with several wrong sums is one finding about the worst`() throws {
    let found = try #require(
      try InvoiceArithmetic().onlyFinding(facts([usage()]).with { $0.invoices = [invoice(checks)] })
    )
    #expect(found.impact == "2.00" && found.actual == "121.00" && found.expected == "119.00")
    #expect(
      found.explanation.english.string.hasSuffix(
        "states 121.00 where its own figures make 119.00, a difference of 2.00: "
          + "BR-CO-15 (line 7) fails, and so does BR-CO-14."))
    #expect(found.evidence == [Place(file: "hash-2", record: 2)])
  }

  @Test func `a credit that states too much favours the customer`() throws {
    let credit = try facts([usage()]).with { $0.invoices = [invoice(checks, kind: .credit)] }
    #expect(try InvoiceArithmetic().onlyFinding(credit)?.impact == "-2.00")
  }

  @Test func `what was taken back need not add up`() throws {
    var cancelled = try match(.cancelled, ids: [], invoiced: "20.00", charged: nil)
    let judged = try facts([usage()]).with { $0.invoices = [invoice(checks)] }
    #expect(try InvoiceArithmetic().judged(judged).findings.count == 1)
    cancelled.places = [Place(file: "hash-2", record: 2)]
    #expect(
      try InvoiceArithmetic().judged(judged.with { $0.reconciliation.matches = [cancelled] })
        .findings == [])
  }

  @Test func `a document that adds up is no finding`() throws {
    let good = try facts([usage()]).with { $0.invoices = [invoice([checks[0]])] }
    #expect(try InvoiceArithmetic().judged(good).findings == [])
  }

  @Test func `an issuer without any document is one finding`() throws {
    let planted = try facts([usage()]).with {
      $0.reconciliation.issuersWithoutInvoices = [
        IssuerWithoutInvoices(
          issuer: "Amazon Web Services, Inc.", billingAccountID: "100000000001", currency: "USD",
          charged: "5.00")
      ]
    }
    let found = try #require(try InvoicesNeverArrived().onlyFinding(planted))
    #expect(found.kind == .dataQuality && found.amountAtStake == "5.00" && found.lineCount == 1)
  }

  // MARK: What is counted once

  private func totalOff(by unexplained: Amount, _ rows: [LineItem]) throws -> Finding? {
    let planted = try facts(rows).with {
      $0.contract.taxRates = [Contract.TaxRate(legalEntity: "", productCode: "", rate: "0.06")]
      $0.reconciliation.matches = [
        try match(.discrepant, invoiced: "20", charged: "17", unexplained: unexplained)
      ]
    }
    return try DetectorCatalog.judge(planted).findings.first { $0.key.rule == "TotalOff" }
  }

  private let wronglyTaxed = [charge("Fee", cost: "100.00"), charge("Tax", cost: "19.00")]

  @Test func `a wrong tax of the same invoice and amount causes the wrong total`() throws {
    let cause = try totalOff(by: "-13.00", wronglyTaxed)?.causedBy
    #expect(cause?.rule == "TaxRateWrong" && cause?.invoiceID == "INV-1")
  }

  @Test func `a wrong tax of another amount or invoice causes nothing`() throws {
    #expect(try totalOff(by: "-13.01", wronglyTaxed)?.causedBy == nil)
    let other = wronglyTaxed.map { $0.merging([.invoiceID: "INV-2"]) { $1 } }
    #expect(try totalOff(by: "-13.00", other)?.causedBy == nil)
  }

  @Test func `a duplicate causes a total that is off by exactly its cost`() throws {
    #expect(
      try totalOff(by: "-5.00", [usage(), usage(), charge("Tax", cost: "0.60")])?.causedBy?.rule
        == "DuplicateLineItem")
  }

  @Test func `a rate above the public one causes the rate that differs by the same amount`() throws
  {
    let dear = usage([.lineItemID: "x", .unblendedRate: "0.70", .unblendedCost: "7.00"])
    let found = try DetectorCatalog.judge(facts([usage(), dear])).findings
    #expect(found.map(\.key.rule) == ["RateAbovePublic", "RateInconsistent"])
    #expect(found.map { $0.causedBy?.rule } == [nil, "RateAbovePublic"])
  }

  @Test func `where two findings would fit none is named`() throws {
    let rows = [
      usage(), usage(), charge("Fee", cost: "4.00"),
      usage([.usageType: "Other", .unblendedCost: "10.00", .lineItemID: "x"]),
      charge("Tax", cost: "1.44"),
    ]
    #expect(try totalOff(by: "-5.00", rows)?.causedBy == nil)
  }
}
