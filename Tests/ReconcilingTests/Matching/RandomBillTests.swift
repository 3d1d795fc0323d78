import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Reconciling

/// Random bills of one seller and month, whose documents name no charges: known are only the
/// amounts.
@Suite struct RandomBillTests {
  /// What was made: the ids of the charges of each document.
  private struct RandomBill {
    var charges: [ChargeSummary] = []
    var documents: [Invoice] = []
    var truth: [Text: Set<Text>] = [:]

    /// Pieces of one charge and one document, of several charges, or of several documents; and
    /// charges that are not invoiced.
    init(_ random: inout SeededGenerator) {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let (charges, documents) = [(1, 1), (1, 2), (2, 1), (3, 1), (1, 3)]
          .randomElement(using: &random)!
        add(charges: charges, documents: documents, &random)
      }
      add(charges: Int.random(in: 1...2, using: &random), documents: 0, &random)
    }

    /// Each charge in two rows.
    private mutating func add(
      charges: Int, documents: Int, _ random: inout SeededGenerator
    ) {
      let cents = (0..<charges).map { _ in Int.random(in: 1_000...9_999_999_999, using: &random) }
      let ids = cents.map { cents in
        let id = "INV-\(self.charges.count)"
        let first = Int.random(in: 0...cents, using: &random)
        for part in [first, cents - first] {
          self.charges.append(
            charge(RandomBill.text(part), id: id, issuer: sinnet, currency: "CNY"))
        }
        return Text(id)
      }
      var rest = cents.reduce(0, +)
      for last in 0..<documents {
        let part = last == documents - 1 ? rest : Int.random(in: 1...rest, using: &random)
        rest -= part
        let document = fapiao(self.documents.count, RandomBill.text(part))
        truth[BilledDocument.name(of: document)] = Set(ids)
        self.documents.append(document)
      }
    }

    static func text(_ cents: Int) -> String {
      "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    func shuffled(_ random: inout SeededGenerator) -> RandomBill {
      var bill = self
      bill.charges.shuffle(using: &random)
      bill.documents.shuffle(using: &random)
      return bill
    }

    /// The ids that each document was found to belong to; nothing for one that stays alone.
    func found() throws -> [Text: Set<Text>] {
      var found: [Text: Set<Text>] = [:]
      for match in try matches([booking(charges)], documents) {
        for document in match.documents { found[document] = Set(match.invoiceIDs) }
      }
      return found
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a bill that was split at random is put together again`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bill = RandomBill(&random)
    #expect(try bill.found() == bill.truth, "seed \(seed)")
    let other = try bill.shuffled(&random).found()
    #expect(other == bill.truth, "seed \(seed)")
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a document that lost cents is matched to nothing else`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bill = RandomBill(&random)
    let index = Int.random(in: bill.documents.indices, using: &random)
    let gross = try #require(bill.documents[index].gross)
    bill.documents[index].gross = try gross - amount("0.05")
    for (document, ids) in try bill.found() {
      #expect(ids.isEmpty || ids == bill.truth[document], "seed \(seed), \(document)")
    }
    let broken = BilledDocument.name(of: bill.documents[index])
    #expect(try bill.found()[broken] == [], "seed \(seed)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `an outline finds what the charges find`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bill = RandomBill(&random)
    let whole = Reconciler(asOf: day("2026-05-20")).outlines(
      bookings: [booking(bill.charges)], invoices: bill.documents)
    // One charge for each id, with its sum.
    let sums = try Dictionary(grouping: bill.charges, by: \.key.invoiceID).mapValues {
      try Amount.sum($0.map(\.billedCost))
    }
    let short = sums.map {
      charge($1.description, id: $0.string, issuer: sinnet, currency: "CNY")
    }
    let outlined = Reconciler(asOf: day("2026-05-20")).outlines(
      bookings: [booking(short)], invoices: bill.documents.shuffled(using: &random))
    #expect(outlined.map(\.parts) == whole.map(\.parts), "seed \(seed)")
  }
}
