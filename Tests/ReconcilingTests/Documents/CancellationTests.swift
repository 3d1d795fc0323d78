import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// Documents that are taken back, and documents that are sent once more (cXML).
@Suite struct CancellationTests {
  private let april = booking([charge("100.00")])

  private func sent(
    _ gross: String, as transport: Text, on issueDay: String? = "2026-05-03",
    received: String? = nil, kind: DocumentKind = .invoice,
    _ change: (inout Invoice) -> Void = { _ in }
  ) -> Invoice {
    invoice("INV-1", gross, on: issueDay, dialect: "cxml") {
      $0.kind = kind
      $0.sha256 = "\(transport)-\(kind)".text
      $0.transportID = transport
      $0.received = received.map(day)
      change(&$0)
    }
  }

  private func cancellation(
    of document: Text = "", on issueDay: String? = "2026-05-04", received: String? = nil,
    _ change: (inout Invoice) -> Void = { _ in }
  ) -> Invoice {
    sent("100.00", as: "delete", on: issueDay, received: received, kind: .cancellation) {
      $0.precedingInvoice = document
      change(&$0)
    }
  }

  @Test func `a document that is taken back counts for nothing and its charges lack an invoice`()
    throws
  {
    let found = try matches([april], [sent("100.00", as: "a"), cancellation()])
    #expect(found.map(\.result) == [.missingInvoice, .cancelled])
    #expect(found[0].takenBack == ["cxml:INV-1"] && found[0].documents == [])
    #expect(found[1].documents == ["cxml:INV-1", "cxml:INV-1"])
    #expect(found[1].documentKinds == [.cancellation, .invoice])
    #expect(found[1].invoicedTotal == amount("100.00"))
    #expect(found[1].difference.isZero && found[1].unexplained.isZero)
    #expect(found[1].billingPeriod == month("2026-04") && !found[1].periodInferred)
    #expect(found[1].item(.total, "Total")?.reason == "taken back by its seller")
  }

  @Test func `the corrected invoice of the same number stays`() throws {
    let documents = [
      sent("90.00", as: "a"), sent("100.00", as: "b", on: "2026-05-04"), cancellation(of: "a"),
    ]
    let found = try matches([april], documents)
    #expect(found.map(\.result) == [.matched, .cancelled])
    #expect(found[0].invoicedTotal == amount("100.00"))
    #expect(found[1].invoicedTotal == amount("90.00"))
    #expect(found[1].places.map(\.file) == ["a-invoice", "delete-cancellation"])
  }

  @Test func `without its transport the newest that came before it is meant`() throws {
    let documents = [
      sent("80.00", as: "a", on: "2026-05-01"), sent("90.00", as: "b", on: "2026-05-02"),
      sent("100.00", as: "c", on: "2026-05-05"), cancellation(of: "unknown"),
    ]
    let cancelled = try matches([april], documents).filter { $0.result == .cancelled }
    #expect(cancelled.map(\.invoicedTotal) == [amount("90.00")])
  }

  @Test func `what came after the cancellation is not taken back`() throws {
    let later = sent("100.00", as: "b", on: nil, received: "2026-05-09")
    let found = try matches([april], [later, cancellation(on: nil, received: "2026-05-08")])
    #expect(found.map(\.result) == [.matched, .cancelled])
    #expect(found[1].documentKinds == [.cancellation])
  }

  @Test(arguments: ["number", "dialect", "seller"])
  func `a cancellation that meets nothing is said and takes nothing`(_ other: String) throws {
    let stray = cancellation {
      switch other {
      case "number": $0.invoiceID = "INV-2"
      case "dialect": $0.dialect = "ubl"
      default: $0.seller.name = "Red Hat, Inc."
      }
    }
    let found = try matches([april], [sent("100.00", as: "a"), stray])
    #expect(Set(found.map(\.result)) == [.matched, .cancelled])
    let unmet = try #require(found.first { $0.result == .cancelled })
    #expect(unmet.documentKinds == [.cancellation] && unmet.invoicedTotal == nil)
    #expect(unmet.item(.total, "Total")?.reason == "takes back a document that is not here")
  }

  @Test func `a cancellation that must not be booked takes nothing back`() throws {
    let test = cancellation { $0.refusal = "deploymentMode is test" }
    #expect(try matches([april], [sent("100.00", as: "a"), test]).map(\.result) == [.matched])
  }

  @Test func `a cancellation that is sent twice takes back one document`() throws {
    let again = cancellation(on: "2026-05-04") { $0.sha256 = "delete again" }
    let documents = [
      sent("100.00", as: "a", on: "2026-05-01"), sent("100.00", as: "b", on: "2026-05-02"),
    ]
    let found = try matches([april], documents + [cancellation(), again])
    #expect(found.map(\.result) == [.matched, .cancelled])
    #expect(found[1].documentKinds == [.cancellation, .cancellation, .invoice])
  }

  @Test func `the copies of a transport are taken back with it`() throws {
    let again = sent("100.00", as: "a") { $0.sha256 = "a again" }
    let found = try matches([april], [sent("100.00", as: "a"), again, cancellation()])
    #expect(found.map(\.result) == [.missingInvoice, .cancelled])
    #expect(found[1].documents.count == 3)
  }

  // MARK: Transport

  @Test func `the same transport again is a copy`() throws {
    let again = sent("100.00", as: "a") { $0.sha256 = "a again" }
    let found = try matches([april], [sent("100.00", as: "a"), again])
    #expect(found.map(\.result) == [.matched])
    #expect(found[0].documents == ["cxml:INV-1", "cxml:INV-1"])
  }

  @Test func `another transport, or none, or another total is a duplicate`() throws {
    let first = sent("100.00", as: "a")
    let others = [
      sent("100.00", as: "b"), sent("90.00", as: "a") { $0.sha256 = "x" },
      sent("100.00", as: "") { $0.sha256 = "y" },
    ]
    for other in others {
      #expect(
        try matches([april], [first, other]).map(\.result) == [.matched, .duplicateInvoice])
    }
  }

  @Test func `receipts count for nothing`() throws {
    let receipt = sent("100.00", as: "r", kind: .receipt)
    let found = try matches([april], [sent("100.00", as: "a"), receipt])
    #expect(found.map(\.result) == [.matched] && found[0].documents == ["cxml:INV-1"])
  }

  // MARK: What a night looks at

  @Test func `an outline changes with every part of a cancellation`() {
    let invoices = [sent("100.00", as: "a"), sent("90.00", as: "b")]
    func parts(_ more: [Invoice]) -> [[Text]] {
      Reconciler(asOf: day("2026-05-20")).outlines(bookings: [april], invoices: invoices + more)
        .map(\.parts)
    }
    let all = [
      parts([]), parts([cancellation()]), parts([cancellation(of: "a")]),
      parts([cancellation(of: "b")]), parts([cancellation { $0.invoiceID = "INV-2" }]),
    ]
    // A cancellation without transport means the newest, of equals always the same.
    #expect(Set(all).count == 4)
    let charged = parts([cancellation(of: "a"), cancellation { $0.sha256 = "again" }])
    #expect(!all.contains(charged))
  }
}

extension String {
  fileprivate var text: Text { Text(self) }
}
