import ExactNumbers

/// Which of several documents charge which of several charges, told by their amounts alone: only if
/// there is just one way.
///
/// All documents together may charge all charges. Else each document that equals something must
/// have its place: one document is one charge or a set of them, or a set of documents is one
/// charge, and no other way of placing them all exists. Nothing is guessed: two ways are none.
struct AmountAssignment {
  struct Side: Sendable {
    /// Absent where it cannot be told.
    var total: Amount?
    /// Lines read: what rounding they allow.
    var lines = 0
  }

  /// Above it, the ways are too many to look at.
  static let memberLimit = 16
  private static let stepLimit = 50_000

  let documents: [Side]
  let charges: [Side]
  /// The charges that each document could be for.
  let fitting: [Set<Int>]
  let tolerance: Tolerance

  /// The charges of each document; empty where nothing tells.
  var assigned: [[Int]] {
    let parts =
      documents.count + charges.count <= Self.memberLimit ? only(among: equalities) : none
    let leavesNothing =
      parts.allSatisfy { !$0.isEmpty } && Set(parts.joined()).count == charges.count
    if leavesNothing || !isWhole { return parts }
    return documents.map { _ in Array(charges.indices) }
  }

  private var none: [[Int]] { documents.map { _ in [] } }

  // MARK: All together

  private var isWhole: Bool {
    guard let invoiced = sum(documents), let charged = sum(charges) else { return false }
    return agree(invoiced.total, charged.total, lines: invoiced.lines)
  }

  private func sum(_ sides: [Side]) -> (total: Amount?, lines: Int)? {
    let totals = sides.compactMap(\.total)
    guard totals.count == sides.count else { return nil }
    // A sum out of range equals nothing.
    return (try? Amount.sum(totals), sides.reduce(0) { $0 + $1.lines })
  }

  private func agree(_ invoiced: Amount?, _ charged: Amount?, lines: Int) -> Bool {
    guard let invoiced, let charged, let rest = try? invoiced - charged,
      let limit = try? tolerance.amount(lines: lines)
    else { return false }
    return rest.magnitude <= limit
  }

  // MARK: Parts

  /// Documents and charges that are equal, as bits.
  private struct Equality {
    let documents: Int
    let charges: Int
  }

  /// What rounding could make or take away would fit everywhere: it is left out.
  private func isLarge(_ side: Side) -> Bool { !agree(side.total, .zero, lines: 1) }

  private var equalities: [Equality] {
    let invoiced = documents.indices.filter { isLarge(documents[$0]) }
    let charged = charges.indices.filter { isLarge(charges[$0]) }
    var found: [Equality] = []
    for document in invoiced {
      let side = documents[document]
      for set in sums(of: charged.filter(fitting[document].contains), charges)
      where agree(side.total, set.total, lines: side.lines) {
        found.append(Equality(documents: 1 << document, charges: set.members))
      }
    }
    for charge in charged {
      for set in sums(of: invoiced.filter { fitting[$0].contains(charge) }, documents)
      where set.members.nonzeroBitCount > 1
        && agree(set.total, charges[charge].total, lines: set.lines)
      {
        found.append(Equality(documents: set.members, charges: 1 << charge))
      }
    }
    return found
  }

  private typealias Sum = (members: Int, total: Amount?, lines: Int)

  /// Every set of these members but the empty one, with what it adds up to.
  private func sums(of members: [Int], _ sides: [Side]) -> [Sum] {
    var sums: [Sum] = [(0, .zero, 0)]
    for member in members {
      let side = sides[member]
      sums += sums.map { sum in
        let total = sum.total.flatMap { a in side.total.flatMap { try? a + $0 } }
        return (sum.members | 1 << member, total, sum.lines + side.lines)
      }
    }
    return Array(sums.dropFirst())
  }

  /// The only way to place every document that equals something.
  private func only(among equalities: [Equality]) -> [[Int]] {
    let wanted = equalities.reduce(0) { $0 | $1.documents }
    var search = Search(equalities: equalities, wanted: wanted)
    search.place(documents: 0, charges: 0)
    guard search.ways.count == 1, search.steps <= Self.stepLimit else { return none }
    return documents.indices.map { document in
      let own = search.ways[0].first { $0.documents & 1 << document != 0 }
      return charges.indices.filter { (own?.charges ?? 0) & 1 << $0 != 0 }
    }
  }

  /// Tries the documents in their order until it has found two ways.
  private struct Search {
    let equalities: [Equality]
    let wanted: Int
    var way: [Equality] = []
    var ways: [[Equality]] = []
    var steps = 0

    init(equalities: [Equality], wanted: Int) {
      self.equalities = equalities
      self.wanted = wanted
    }

    mutating func place(documents: Int, charges: Int) {
      steps += 1
      guard ways.count < 2, steps <= AmountAssignment.stepLimit else { return }
      let left = wanted & ~documents
      guard left != 0 else {
        ways.append(way)
        return
      }
      let next = left & -left
      for equality in equalities
      where equality.documents & next != 0 && equality.documents & documents == 0
        && equality.charges & charges == 0
      {
        way.append(equality)
        place(
          documents: documents | equality.documents, charges: charges | equality.charges)
        way.removeLast()
      }
    }
  }
}
