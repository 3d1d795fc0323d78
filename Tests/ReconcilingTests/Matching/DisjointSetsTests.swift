import Testing

@testable import Reconciling

@Suite struct DisjointSetsTests {
  @Test func `joined numbers are one set, listed by its smallest member`() {
    var sets = DisjointSets(count: 6)
    sets.join(5, 3)
    sets.join(1, 4)
    sets.join(3, 1)
    #expect(sets.sets() == [[0], [1, 3, 4, 5], [2]])
  }
}
