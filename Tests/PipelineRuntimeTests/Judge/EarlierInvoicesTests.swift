import BillingModel
import Testing

@testable import PipelineRuntime

@Suite struct EarlierInvoicesTests {
  private func document(
    _ number: Text, of seller: Text = "Amazon Web Services, Inc.", taxID: Text = "",
    on issued: String? = nil, received: String? = nil, accounts: [Text] = ["X1"]
  ) -> Invoice {
    var invoice = Invoice(file: number, sha256: number, index: 1, dialect: "ubl")
    invoice.invoiceID = number
    invoice.seller = Party(name: seller, taxID: taxID)
    invoice.issueDate = issued.flatMap { Day($0) }
    invoice.received = received.flatMap { Day($0) }
    invoice.paymentAccounts = accounts
    return invoice
  }

  @Test func `documents of the seller that were issued or came before are earlier`() {
    let may = document("may", of: "AMAZON WEB SERVICES INC", taxID: "T1", on: "2026-06-03")
    var refused = document("refused", on: "2026-05-03")
    refused.refusal = "test"
    let others = [
      document("b", on: "2026-05-03"), document("a", of: "AWS", taxID: "T1", on: "2026-04-03"),
      document("later", on: "2026-07-03"), document("same day", on: "2026-06-03"),
      document("no account", on: "2026-05-03", accounts: []), refused,
      document("other", of: "Red Hat", taxID: "T2", on: "2026-05-03"), document("undated"),
    ]
    let earlier = EarlierInvoices(others + [may])
    #expect(earlier.documents(before: [may]).map(\.invoiceID) == ["a", "b"])
    var unpaid = may
    unpaid.paymentAccounts = []
    #expect(earlier.documents(before: [unpaid]) == [])
  }

  @Test func `the day on which it came tells too`() {
    let first = document("first", received: "2026-05-03")
    let second = document("second", received: "2026-05-04")
    let earlier = EarlierInvoices([second, first])
    #expect(earlier.documents(before: [second]) == [first])
    #expect(earlier.documents(before: [first]) == [])
    #expect(earlier.documents(before: [first, second]) == [])
  }
}
