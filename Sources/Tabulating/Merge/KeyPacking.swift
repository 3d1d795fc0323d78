/// The least and the largest of each word of many keys.
struct KeyBounds: Sendable {
  private(set) var lowest: [UInt32]
  private(set) var highest: [UInt32]

  init(width: Int) {
    lowest = Array(repeating: .max, count: width)
    highest = Array(repeating: .min, count: width)
  }

  mutating func insert(_ key: UnsafePointer<UInt32>) {
    for word in lowest.indices {
      lowest[word] = unsafe min(lowest[word], key[word])
      highest[word] = unsafe max(highest[word], key[word])
    }
  }

  func union(_ other: KeyBounds) -> KeyBounds {
    var result = self
    for word in lowest.indices {
      result.lowest[word] = min(lowest[word], other.lowest[word])
      result.highest[word] = max(highest[word], other.highest[word])
    }
    return result
  }
}

/// Puts the words of a key into as few bits as tell keys apart: words are small numbers, and many are the
/// same in all keys. Packed keys are equal where keys are, and of the same order.
struct KeyPacking: Sendable {
  /// Where the bits of a word go.
  private struct Field {
    var word: Int
    var lowest: UInt32
    var target: Int
    var shift: UInt64
  }

  private var fields: [Field] = []
  /// Of each 64-bit word, how many of its uppermost bits are used.
  private(set) var bits: [Int] = []

  /// In 64-bit words.
  var width: Int { bits.count }

  init(_ bounds: KeyBounds) {
    for word in bounds.lowest.indices where bounds.lowest[word] < bounds.highest[word] {
      let size = 32 - (bounds.highest[word] - bounds.lowest[word]).leadingZeroBitCount
      if bits.last.map({ $0 + size > 64 }) ?? true { bits.append(0) }
      bits[width - 1] += size
      fields.append(
        Field(
          word: word, lowest: bounds.lowest[word], target: width - 1,
          shift: UInt64(64 - bits[width - 1])))
    }
  }

  /// - Parameter target: ``width`` words, all zero.
  func pack(_ key: UnsafePointer<UInt32>, into target: UnsafeMutablePointer<UInt64>) {
    for field in fields {
      unsafe target[field.target] |= UInt64(key[field.word] &- field.lowest) &<< field.shift
    }
  }
}
