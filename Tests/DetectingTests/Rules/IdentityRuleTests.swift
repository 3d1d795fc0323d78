import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about who a document is from, whom it is for, and what was ordered.
@Suite struct IdentityRuleTests {
  private func facts(
    earlier: [Invoice] = [], _ documents: Invoice...,
    contract change: (inout Contract) -> Void = { _ in }
  ) throws -> PeriodFacts {
    try cleanFacts().with { facts in
      facts.invoices = documents
      facts.earlierInvoices = earlier
      change(&facts.contract)
    }
  }

  private func rules(_ facts: PeriodFacts) throws -> [RuleID] {
    try DetectorCatalog.judge(facts).findings.map(\.key.rule)
  }

  @Test func `a document that names everything as agreed is no finding`() throws {
    #expect(try rules(facts(document())) == [])
    #expect(try rules(facts(document { $0.kind = .credit })) == [])
  }

  @Test func `each finding has what is to be paid at stake`() throws {
    let wrong = document {
      $0.seller = Party(name: "Amazon Web Services", taxID: "US-002")
      $0.buyer = Party(name: "Shop", taxID: "DE777")
      $0.paymentAccounts = ["X1"]
      $0.purchaseOrder = "4700"
    }
    let found = try DetectorCatalog.judge(facts(wrong)).findings
    #expect(
      found.map(\.key.rule) == [
        "BuyerTaxIDWrong", "PurchaseOrderUnknown", "SellerBankAccountChanged", "SellerTaxIDWrong",
      ])
    #expect(found.allSatisfy { $0.amountAtStake == "109.00" && $0.impact.isZero })
    #expect(found.map(\.leastSeverity) == [.high, .low, .high, .medium])
    #expect(found.allSatisfy { $0.evidence == [Place(file: "hash-3", record: 1)] })
  }

  @Test(arguments: ["refused", "taken back", "receipt", "cancellation"])
  func `what need not be paid is not judged`(_ what: String) throws {
    let wrong = document {
      $0.buyer.taxID = "DE777"
      if what == "refused" { $0.refusal = "information only" }
      if what == "receipt" { $0.kind = .receipt }
      if what == "cancellation" { $0.kind = .cancellation }
    }
    var judged = try facts(wrong)
    if what == "taken back" {
      var cancelled = try match(.cancelled, ids: [], invoiced: "119.00", charged: nil)
      cancelled.places = [Place(file: "hash-3", record: 1)]
      judged.reconciliation.matches = [cancelled]
    }
    #expect(try rules(judged) == [])
  }

  @Test func `one bill in two formats is one finding`() throws {
    let wrong = document { $0.buyer.taxID = "DE777" }
    var other = wrong
    other.sha256 = "hash-4"
    other.dialect = "cii"
    let found = try #require(try BuyerTaxIDWrong().onlyFinding(facts(wrong, other)))
    #expect(found.amountAtStake == "109.00")
  }

  // MARK: Seller

  @Test func `the tax id of another seller is wrong under this name`() throws {
    let red = Contract.Seller(name: "Red Hat", taxID: "US-009", bankAccounts: [])
    let judged = try facts(document { $0.seller.taxID = "US-009" }) { $0.sellers?.append(red) }
    let found = try #require(try SellerTaxIDWrong().onlyFinding(judged))
    #expect(found.expected == "US-001")
  }

  @Test func `a stranger has neither name nor tax id of a seller`() throws {
    let stranger = document { $0.seller = Party(name: "Stranger", taxID: "US-666") }
    #expect(
      try SellerTaxIDWrong().onlyFinding(facts(stranger))?.expected == "a seller of the contract")
    let unnumbered = document { $0.seller = Party(name: "Stranger", taxID: "") }
    #expect(try SellerTaxIDWrong().judged(facts(unnumbered)).findings == [])
    #expect(try SellerNameWrong().onlyFinding(facts(unnumbered)) != nil)
  }

  @Test func `the name of the export is a name of the seller`() throws {
    let document = document {
      $0.seller.name = "AWS"
      $0.issuer = "Amazon Web Services, Inc."
    }
    #expect(try rules(facts(document)) == [])
  }

  @Test func `a seller without an agreed tax id may state any`() throws {
    let judged = try facts(document { $0.seller.taxID = "US-002" }) { $0.sellers?[0].taxID = "" }
    #expect(try SellerTaxIDWrong().judged(judged).findings == [])
  }

  // MARK: Bank account

  private func agreesOnNoAccounts(_ contract: inout Contract) {
    contract.sellers?[0].bankAccounts = []
  }

  @Test func `where the contract names no account the earlier documents tell`() throws {
    let march = document {
      $0.invoiceID = "INV-0"
      $0.sha256 = "hash-0"
      $0.issueDate = day("2026-04-03")
      $0.seller.name = "Amazon Web Services, Inc."
    }
    let changed = document { $0.paymentAccounts = ["DE00SELLER01", "DE00STRANGER"] }
    let found = try #require(
      try SellerBankAccountChanged().onlyFinding(
        facts(earlier: [march], changed, contract: agreesOnNoAccounts)))
    #expect(found.actual == "…NGER" && found.expected == "…ER01")
    #expect(
      try rules(facts(earlier: [march], document(), contract: agreesOnNoAccounts)) == [])
  }

  @Test(arguments: ["another seller", "later"])
  func `other documents tell nothing of an account`(_ what: String) throws {
    let other = document {
      $0.sha256 = "hash-0"
      $0.paymentAccounts = ["DE00OTHER"]
      $0.issueDate = day(what == "later" ? "2026-05-20" : "2026-04-03")
      if what == "another seller" { $0.seller = Party(name: "Red Hat", taxID: "US-009") }
    }
    let judgement = try SellerBankAccountChanged().judged(
      facts(earlier: [other], document(), contract: agreesOnNoAccounts))
    #expect(judgement.findings == [])
    #expect(
      judgement.unchecked.map(\.reason.string) == [
        "no account of AMAZON WEB SERVICES INC is known: the contract names none (sellers), and no "
          + "earlier document does"
      ])
  }

  @Test func `a document of the same day is earlier if it came earlier`() throws {
    let first = document {
      $0.invoiceID = "INV-0"
      $0.sha256 = "hash-0"
      $0.received = day("2026-05-03")
    }
    let changed = document { $0.paymentAccounts = ["DE00STRANGER"] }
    #expect(
      try SellerBankAccountChanged().onlyFinding(
        facts(first, changed, contract: agreesOnNoAccounts))?.key.invoiceID == "INV-1")
  }

  // MARK: Buyer

  @Test func `a buyer of another payer is the wrong one, and any will do for an unknown payer`()
    throws
  {
    let other = document { $0.buyer = Party(name: "Other", taxID: "DE777") }
    let found = try #require(try BuyerTaxIDWrong().onlyFinding(facts(other)))
    #expect(found.explanation.english.string.hasSuffix("not one of payer 100000000001: DE 999."))
    #expect(try BuyerNameWrong().judged(facts(other)).findings == [])
    let unknown = document {
      $0.billingAccountID = ""
      $0.buyer = Party(name: "Other", taxID: "DE777")
    }
    #expect(try BuyerTaxIDWrong().judged(facts(unknown)).findings == [])
  }

  @Test func `the payer of the charges stands in for one that the document does not state`() throws
  {
    var judged = try facts(
      document {
        $0.billingAccountID = ""
        $0.buyer = Party(name: "Other", taxID: "DE777")
      })
    var matched = try match(.matched, invoiced: "119.00", charged: "119.00")
    matched.places = [Place(file: "hash-3", record: 1)]
    judged.reconciliation.matches = [matched]
    #expect(try BuyerTaxIDWrong().onlyFinding(judged)?.key.billingAccountID == "100000000001")
  }

  @Test func `a buyer without a tax id is told by its name`() throws {
    #expect(try rules(facts(document { $0.buyer = Party(name: "SHOP GMBH") })) == [])
    let found = try BuyerNameWrong().onlyFinding(
      facts(document { $0.buyer = Party(name: "Other GmbH") }))
    #expect(found?.expected == "Shop GmbH" && found?.leastSeverity == .low)
  }

  // MARK: Orders

  @Test func `an order of another payer or seller is unknown`() throws {
    let other = try #require(
      try PurchaseOrderUnknown().onlyFinding(facts(document { $0.purchaseOrder = "4500;4600" })))
    #expect(other.key.detail == "4600")
    #expect(
      other.explanation.english.string.hasSuffix("the contract has it for another payer or seller.")
    )
  }

  @Test func `a payer with orders needs one on its invoices`() throws {
    let found = try #require(
      try PurchaseOrderUnknown().onlyFinding(facts(document { $0.purchaseOrder = "" })))
    #expect(found.actual == "no order" && found.expected == "4500")
    for change: (inout Invoice) -> Void in [
      { $0.kind = .credit }, { $0.dialect = Invoice.listDialect }, { $0.remark = "合同 4500" },
      { $0.references = ["4500"] }, { $0.seller.name = "Red Hat" },
      { $0.billingAccountID = "100000000002" },
    ] {
      let free = document {
        $0.purchaseOrder = ""
        change(&$0)
      }
      #expect(try PurchaseOrderUnknown().judged(facts(free)).findings == [])
    }
  }

  @Test func `a list that the contract lacks leaves its rules unchecked`() throws {
    let judgement = try DetectorCatalog.judge(
      facts(document()) {
        $0.sellers = nil
        $0.buyers = nil
        $0.purchaseOrders = nil
      })
    #expect(judgement.findings == [])
    #expect(
      judgement.unchecked.map(\.rule) == [
        "BuyerNameWrong", "BuyerTaxIDWrong", "PurchaseOrderUnknown", "SellerBankAccountChanged",
        "SellerNameWrong", "SellerTaxIDWrong",
      ])
  }
}

/// One id that is none is told once.
@Suite struct MalformedAccountTests {
  @Test func `an unknown account whose id is malformed is counted there`() throws {
    let judgement = try DetectorCatalog.judge(try facts("20000000000"))
    let unknown = try #require(judgement.findings.first { $0.key.rule == UnknownAccount.id })
    #expect(unknown.causedBy?.rule == AccountIDMalformed.id)
    #expect(judgement.findings.contains { $0.key == unknown.causedBy })
    let other = try DetectorCatalog.judge(try facts("299999999999"))
    #expect(other.findings.first { $0.key.rule == UnknownAccount.id }?.causedBy == nil)
  }

  private func facts(_ account: Text) throws -> PeriodFacts {
    try DetectingTests.facts([usage([.subAccountID: account])])
  }
}
