import ExactNumbers
import Testing

@testable import Reconciling

@Suite struct AmountAssignmentTests {
  private func assigned(
    _ documents: [String], to charges: [String], fitting: [Set<Int>]? = nil
  ) -> [[Int]] {
    AmountAssignment(
      documents: documents.map { AmountAssignment.Side(total: amount($0), lines: 1) },
      charges: charges.map { AmountAssignment.Side(total: amount($0)) },
      fitting: fitting ?? documents.map { _ in Set(charges.indices) }, tolerance: .standard
    ).assigned
  }

  @Test func `all documents that charge all charges belong to all of them`() {
    #expect(assigned(["70", "30"], to: ["60", "40"]) == [[0, 1], [0, 1]])
  }

  @Test func `where each has its own place, they do not become one`() {
    #expect(assigned(["60", "40"], to: ["40", "60"]) == [[1], [0]])
    #expect(assigned(["100", "30"], to: ["60", "40", "30"]) == [[0, 1], [2]])
    // Two ways to place them; together they are all that is charged.
    #expect(assigned(["50", "50"], to: ["50", "50"]) == [[0, 1], [0, 1]])
  }

  @Test func `what is charged and not invoiced yet stays out`() {
    #expect(assigned(["60", "40"], to: ["40", "60", "7.77"]) == [[1], [0]])
  }

  @Test func `one document is several charges, several documents are one`() {
    #expect(assigned(["90", "15", "35"], to: ["60", "30", "50", "7.77"]) == [[0, 1], [2], [2]])
  }

  @Test func `a credit is a part of a charge`() {
    #expect(assigned(["100", "-30", "45"], to: ["70", "45", "7.77"]) == [[0], [0], [1]])
  }

  @Test func `two ways are none`() {
    #expect(assigned(["50"], to: ["50", "30", "20"]) == [[]])
    #expect(assigned(["50"], to: ["50", "50"]) == [[]])
    #expect(assigned(["50", "50"], to: ["50", "50", "1"]) == [[], []])
  }

  @Test func `where only one way places all documents it holds`() {
    // 50 could be 30 and 20, but then nothing is left for the second document.
    #expect(assigned(["50", "30"], to: ["50", "30", "20"]) == [[0], [1]])
  }

  @Test func `a document that equals nothing does not hold up the others`() {
    #expect(assigned(["60", "39.90"], to: ["40", "60", "7.77"]) == [[1], []])
  }

  @Test func `equality has the tolerance of rounding and no more`() {
    #expect(assigned(["60.01"], to: ["60.00", "7.77"]) == [[0]])
    #expect(assigned(["60.02"], to: ["60.00", "7.77"]) == [[]])
    // A charge within the tolerance would fit everywhere.
    #expect(assigned(["60"], to: ["60", "0.004", "7.77"]) == [[0]])
  }

  @Test func `a document is only what it could be for`() {
    #expect(
      assigned(["60", "40"], to: ["60", "40", "40", "1"], fitting: [[0], [0, 2, 3]]) == [[0], [2]])
  }

  @Test func `more than sixteen are too many to try, but not to add up`() {
    let charges = (1...16).map { "\($0 * $0 * 1000)" }
    #expect(assigned(["4000"], to: Array(charges.prefix(15))) == [[1]])
    #expect(assigned(["4000"], to: charges) == [[]])
    // Σ n²·1000 for n = 1 … 16: 16·17·33 ÷ 6 · 1000.
    #expect(assigned(["1496000"], to: charges) == [Array(0..<16)])
  }

  @Test func `a total that is not known equals nothing`() {
    let unknown = AmountAssignment(
      documents: [AmountAssignment.Side(total: nil, lines: 1)],
      charges: [AmountAssignment.Side(total: .zero), AmountAssignment.Side(total: .one)],
      fitting: [[0, 1]], tolerance: .standard)
    #expect(unknown.assigned == [[]])
  }
}
