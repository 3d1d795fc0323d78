import TestSupport
import Testing

@testable import Tabulating

@Suite struct InternerTests {
  /// All lengths around the words that a hash and a comparison read at once.
  @Test func `texts that differ in one byte at any place are different texts`() {
    var interner = Interner()
    var texts: [[UInt8]] = [[]]
    for length in 1...70 {
      let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + length) }
      texts.append(text)
      for at in 0..<length {
        var other = text
        other[at] ^= 0x80
        texts.append(other)
      }
    }
    let distinct = Set(texts).count
    let numbers = texts.map { interner.number($0) }
    #expect(numbers == (0..<UInt32(texts.count)).map { $0 } && distinct == texts.count)
    #expect(texts.map { interner.number($0) } == numbers)
    #expect(numbers.map { interner.bytes($0) } == texts)
    #expect(interner.count == texts.count)
  }

  @Test func `a text is told from its beginning, and from bytes of zero`() {
    var interner = Interner()
    let texts = (1...40).map { [UInt8](repeating: 0, count: $0) }
    #expect(texts.map { interner.number($0) } == (1...40).map { UInt32($0) })
    #expect(interner.number([]) == 0)
  }

  @Test func `many texts keep their numbers while the table grows`() {
    var interner = Interner()
    var random = SeededGenerator(seed: 11)
    var known: [[UInt8]: UInt32] = [[]: 0]
    for _ in 0..<60_000 {
      let text = Array(String(Int.random(in: 0..<40_000, using: &random)).utf8)
      let number = interner.number(text)
      #expect(number == known[text] ?? UInt32(known.count))
      known[text] = number
    }
    #expect(interner.count == known.count)
    #expect(known.allSatisfy { interner.bytes($0.value) == $0.key })
  }

  private func hash(_ bytes: [UInt8], at offset: Int, seed: UInt64 = 0) -> UInt64 {
    let memory =
      [UInt8](repeating: 0xEE, count: offset) + bytes
      + [UInt8](repeating: UInt8(truncatingIfNeeded: offset), count: ByteHash.padding)
    return unsafe memory.withUnsafeBufferPointer { memory in
      unsafe ByteHash.of(
        UnsafeBufferPointer(rebasing: memory[offset..<(offset + bytes.count)]), seed: seed)
    }
  }

  @Test(arguments: 0...70)
  func `a hash is of the bytes, wherever they lie, and of each of them`(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 31 + 5) }
    let expected = hash(bytes, at: 0)
    for offset in 1...17 { #expect(hash(bytes, at: offset) == expected) }
    #expect(hash(bytes, at: 0, seed: 0x7E57) != expected)
    var hashes: Set<UInt64> = [expected, hash(bytes + [0], at: 0)]
    for at in 0..<length {
      var other = bytes
      other[at] ^= 1
      hashes.insert(hash(other, at: 0))
    }
    #expect(hashes.count == length + 2)
  }

  @Test(arguments: 0...40)
  func `bytes are equal if all of them are`(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 31 + 5) } + [0]
    func equal(_ other: [UInt8]) -> Bool {
      let padding = [UInt8](repeating: 7, count: ByteHash.padding)
      return unsafe (bytes + padding).withUnsafeBufferPointer { a in
        unsafe other.withUnsafeBufferPointer { b in
          unsafe ByteHash.equal(a.baseAddress!, b.baseAddress!, length)
        }
      }
    }
    let filler = [UInt8](repeating: 9, count: ByteHash.padding)
    #expect(equal(bytes + filler))
    #expect(equal(bytes.dropLast() + [1] + filler), "what follows does not count")
    for at in 0..<length {
      var other = bytes + filler
      other[at] ^= 0x10
      #expect(!equal(other), "byte \(at)")
    }
  }
}
