import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

@Suite struct CausationTests {
  private func finding(
    _ rule: RuleID, _ amount: String, account: Text = "", resource: Text = "",
    invoice: Text = "", currency: CurrencyCode = "USD"
  ) throws -> Finding {
    var key = FindingKey(
      rule: rule, billingAccountID: "1", billingPeriod: try #require(BillingPeriod("2026-04")),
      currency: currency)
    key.subAccountID = account
    key.resourceID = resource
    key.invoiceID = invoice
    return Finding(
      key: key, kind: .errorCandidate, amountAtStake: try Amount(parsing: amount), impact: .zero,
      actual: "", expected: "", explanation: Words("", zh: ""), recommendation: Words("", zh: ""),
      confidence: .one,
      lineCount: 1)
  }

  /// The rules that cause each finding, in the order given.
  private func causes(_ findings: Finding...) throws -> [RuleID?] {
    try Causation.linked(findings).map { $0.causedBy?.rule }
  }

  @Test func `a total is off by the money of the line that is wrong`() throws {
    #expect(
      try causes(
        try finding(DuplicateLineItem.id, "11.35", account: "2"),
        try finding(TotalOff.id, "11.35", invoice: "I")) == [nil, DuplicateLineItem.id])
  }

  @Test func `a charge in a wrong currency has no invoice for that reason`() throws {
    #expect(
      try causes(
        try finding(CurrencyMismatch.id, "14.81"),
        try finding(ChargesWithoutInvoice.id, "14.81", invoice: "I"))
        == [nil, CurrencyMismatch.id])
  }

  @Test func `the hours too many of an instance are those of its own repeated rows`() throws {
    #expect(
      try causes(
        try finding(RepeatedUsage.id, "5", resource: "i-1"),
        try finding(MoreHoursThanPeriod.id, "5", resource: "i-1"))
        == [nil, RepeatedUsage.id])
    #expect(
      try causes(
        try finding(RepeatedUsage.id, "5", resource: "i-1"),
        try finding(MoreHoursThanPeriod.id, "5", resource: "i-2")) == [nil, nil])
  }

  @Test func `another amount, currency or invoice is another matter`() throws {
    #expect(
      try causes(
        try finding(DuplicateLineItem.id, "11.35"), try finding(TotalOff.id, "11.36")) == [
          nil, nil,
        ])
    #expect(
      try causes(
        try finding(DuplicateLineItem.id, "1", currency: "CNY"), try finding(TotalOff.id, "1"))
        == [nil, nil])
    #expect(
      try causes(
        try finding(TaxMissing.id, "1", invoice: "A"), try finding(TotalOff.id, "1", invoice: "B"))
        == [nil, nil])
  }

  @Test func `a document in cents adds up wrongly for the tax of its charges`() throws {
    let place = Place(file: "f", record: 1)
    func causes(_ amount: String, ids: [Text], places: [Place] = [place]) throws -> [RuleID?] {
      var document = try finding(InvoiceArithmetic.id, amount, invoice: "253320000000")
      document.evidence = [place]
      var own = try match(.matched, ids: ids, invoiced: nil, charged: nil)
      own.places = places
      own.billingAccountID = "1"
      return try Causation.linked(
        [document, try finding(TaxRateWrong.id, "173.744", invoice: "I")], [own]
      ).map { $0.causedBy?.rule }
    }
    #expect(try causes("173.75", ids: ["I"]) == [TaxRateWrong.id, nil])
    #expect(try causes("173.76", ids: ["I"]) == [nil, nil])
    #expect(try causes("173.75", ids: ["J"]) == [nil, nil])
    #expect(try causes("173.75", ids: ["I"], places: []) == [nil, nil])
  }

  @Test func `of two causes that fit as well none is guessed`() throws {
    #expect(
      try causes(
        try finding(DuplicateLineItem.id, "1", account: "2"),
        try finding(DuplicateLineItem.id, "1", account: "3"), try finding(TotalOff.id, "1"))
        == [nil, nil, nil])
  }

  @Test func `what is wrong with one document counts its money once, where it can be claimed`()
    throws
  {
    #expect(
      try causes(
        try finding(PurchaseOrderUnknown.id, "2220", invoice: "I"),
        try finding(SellerTaxIDWrong.id, "2220", invoice: "I"),
        try finding(InvoiceWithoutCharges.id, "2220", invoice: "I"),
        try finding(BuyerNameWrong.id, "2220", invoice: "J"))
        == [InvoiceWithoutCharges.id, InvoiceWithoutCharges.id, nil, nil])
    #expect(
      try causes(
        try finding(BuyerNameWrong.id, "807", invoice: "I"),
        try finding(SellerNameWrong.id, "807", invoice: "I")) == [SellerNameWrong.id, nil])
  }

  @Test func `a document causes no difference of rows`() throws {
    #expect(
      try causes(
        try finding(InvoiceWithoutCharges.id, "7", invoice: "I"),
        try finding(TotalOff.id, "7", invoice: "I")) == [nil, nil])
  }
}
