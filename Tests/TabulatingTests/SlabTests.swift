import Testing

@testable import Tabulating

@Suite struct SlabTests {
  private func list(_ slab: borrowing Slab<Int>) -> [Int] { (0..<slab.count).map { slab[$0] } }

  @Test func `values stay while memory grows, however they come`() {
    var slab = Slab<Int>(capacity: 1)
    var expected: [Int] = []
    for round in 1...60 {
      slab.append(round)
      let more = (0..<round).map { $0 * round }
      unsafe more.withUnsafeBufferPointer { unsafe slab.append($0) }
      slab.grow(to: slab.count + 3, with: -round)
      slab.grow(to: 1, with: 99)
      let start = unsafe slab.extend(by: 2)
      unsafe start[0] = 7
      unsafe start[1] = 8
      expected += [round] + more + [-round, -round, -round, 7, 8]
      #expect(list(slab) == expected && slab.count <= slab.capacity)
    }
    slab.removeAll()
    #expect(slab.count == 0)
    slab.append(5)
    #expect(list(slab) == [5])
  }

  @Test func `a repeated value fills what was asked for`() {
    #expect(list(Slab(repeating: 4, count: 20)) == Array(repeating: 4, count: 20))
    #expect(list(Slab(repeating: 4, count: 0)).isEmpty)
  }

  private func look(_ text: String, up memo: inout RunMemo) -> (number: Int, isNew: Bool) {
    let padded = Array(text.utf8) + [UInt8](repeating: 1, count: ByteHash.padding)
    return unsafe padded.withUnsafeBufferPointer { padded in
      let text = unsafe UnsafeBufferPointer(rebasing: padded[..<text.utf8.count])
      return unsafe memo.number(text, hash: memo.prefetch(text))
    }
  }

  @Test func `a stretch of bytes that was met before gives back what was noted`() {
    var memo = RunMemo(width: 2)
    for round in 0..<3 {
      for number in 0..<100 {
        let (found, isNew) = look("\(number),x", up: &memo)
        #expect(isNew == (round == 0))
        if isNew {
          memo.note(found, 0, UInt32(number))
          memo.note(found, 1, UInt32(number + 1000))
        }
        #expect(memo.id(found, 0) == UInt32(number) && memo.id(found, 1) == UInt32(number + 1000))
      }
    }
  }

  @Test func `a memo that only learns is of no use after a while`() {
    var learning = RunMemo(width: 1)
    var knowing = RunMemo(width: 1)
    for number in 0..<4096 {
      #expect(learning.isUseful && knowing.isUseful)
      for (text, isKnown) in [("\(number),", false), ("\(number % 9),", true)] {
        _ = isKnown ? look(text, up: &knowing) : look(text, up: &learning)
      }
    }
    #expect(!learning.isUseful && knowing.isUseful)
  }
}
