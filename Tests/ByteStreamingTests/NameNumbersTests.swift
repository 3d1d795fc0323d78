import TestSupport
import Testing

@testable import ByteStreaming

@Suite struct NameNumbersTests {
  @Test func `names keep their numbers while the table grows, and a pair is not its halves`() {
    var names = NameNumbers()
    var random = SeededGenerator(seed: 5)
    var known: [[UInt]: Int] = [:]
    for _ in 0..<20_000 {
      // Addresses as an allocator gives them: multiples of 16, and 0 for no namespace.
      let few = UInt.random(in: 0...3, using: &random) * 16
      let many = UInt.random(in: 1...900, using: &random) * 16
      let pair = Bool.random(using: &random) ? [few, many] : [many, few + 16]
      let name = (namespace: pair[0], local: pair[1])
      #expect(names.number(name) == known[pair])
      if known[pair] == nil { known[pair] = names.add(name) }
    }
    #expect(known.count > 3000 && names.count == known.count)
    #expect(Set(known.values) == Set(0..<known.count))
    for (pair, number) in known { #expect(names.number((pair[0], pair[1])) == number) }
  }
}
