/// Writes gzip members whose bytes depend on their content alone.
///
/// zlib's output changes from version to version, and the samples are compared byte by byte. So this is
/// a deflate of our own: one block of fixed Huffman codes (RFC 1951, 3.2.6) over a greedy search for
/// repeats. The header's time is 0 and its system is 255, unknown (RFC 1952, 2.3.1).
struct GzipWriter {
  static func member(_ content: [UInt8]) -> [UInt8] {
    var bits = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    bits.write(0b011, count: 3)  // last block, fixed codes
    deflate(content, into: &bits)
    bits.writeSymbol(256)
    bits.align()
    return bits.bytes + littleEndian(checksum(content))
      + littleEndian(UInt32(truncatingIfNeeded: content.count))
  }

  private static let window = 32_768
  private static let longest = 258
  /// Earlier places looked at for one position: enough for rows that resemble each other.
  private static let patience = 12

  private static func deflate(_ content: [UInt8], into bits: inout BitWriter) {
    var newest = [Int](repeating: -1, count: 1 << 15)
    var older = [Int](repeating: -1, count: content.count)
    func slot(_ at: Int) -> Int {
      let key =
        UInt32(content[at]) << 16 | UInt32(content[at + 1]) << 8 | UInt32(content[at + 2])
      return Int((key &* 2_654_435_761) >> 17)
    }
    var at = 0
    while at < content.count {
      var best = (length: 0, distance: 0)
      if at + 3 <= content.count {
        var candidate = newest[slot(at)]
        var tries = patience
        while candidate >= 0, at - candidate <= window, tries > 0 {
          let length = commonLength(content, candidate, at)
          if length > best.length { best = (length, at - candidate) }
          candidate = older[candidate]
          tries -= 1
        }
      }
      let step = best.length >= 4 ? best.length : 1
      if step > 1 {
        bits.writeRepeat(length: best.length, distance: best.distance)
      } else {
        bits.writeSymbol(Int(content[at]))
      }
      for passed in at..<max(at, min(at + step, content.count - 2)) {
        older[passed] = newest[slot(passed)]
        newest[slot(passed)] = passed
      }
      at += step
    }
  }

  private static func commonLength(_ content: [UInt8], _ earlier: Int, _ at: Int) -> Int {
    let limit = min(longest, content.count - at)
    var length = 0
    while length < limit, content[earlier + length] == content[at + length] { length += 1 }
    return length
  }

  /// CRC-32 as gzip wants it: polynomial 0xEDB88320, bit by bit through a table.
  static func checksum(_ content: [UInt8]) -> UInt32 {
    let table = (0..<256).map { index in
      (0..<8).reduce(UInt32(index)) { (value: UInt32, _) -> UInt32 in
        value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
      }
    }
    var sum = UInt32.max
    for byte in content {
      let index = UInt8(truncatingIfNeeded: sum) ^ byte
      sum = table[Int(index)] ^ (sum >> 8)
    }
    return ~sum
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

/// Bits of a deflate stream, lowest first.
private struct BitWriter {
  var bytes: [UInt8]
  private var pending: UInt64 = 0
  private var count = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func write(_ value: Int, count length: Int) {
    pending |= UInt64(value) << UInt64(count)
    count += length
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  mutating func align() {
    if count > 0 { write(0, count: 8 - count) }
  }

  /// A Huffman code is written from its highest bit.
  private mutating func writeCode(_ code: Int, count length: Int) {
    for bit in (0..<length).reversed() { write(code >> bit & 1, count: 1) }
  }

  /// A literal byte (0…255), the end of the block (256) or a length code (257…285).
  mutating func writeSymbol(_ symbol: Int) {
    switch symbol {
    case ..<144: writeCode(0x30 + symbol, count: 8)
    case ..<256: writeCode(0x190 + symbol - 144, count: 9)
    case ..<280: writeCode(symbol - 256, count: 7)
    default: writeCode(0xC0 + symbol - 280, count: 8)
    }
  }

  /// RFC 1951, 3.2.5: how many values share a code, and so how many extra bits follow it.
  private static let lengthCodes = codes(first: 3, extras: (0..<28).map { max(0, $0 / 4 - 1) })
  private static let distanceCodes = codes(first: 1, extras: (0..<30).map { max(0, $0 / 2 - 1) })

  private static func codes(first: Int, extras: [Int]) -> [(base: Int, extra: Int)] {
    var base = first
    return extras.map { extra in
      defer { base += 1 << extra }
      return (base, extra)
    }
  }

  mutating func writeRepeat(length: Int, distance: Int) {
    if length == 258 {
      writeSymbol(285)
    } else {
      let code = Self.lengthCodes.lastIndex { $0.base <= length } ?? 0
      writeSymbol(257 + code)
      write(length - Self.lengthCodes[code].base, count: Self.lengthCodes[code].extra)
    }
    let code = Self.distanceCodes.lastIndex { $0.base <= distance } ?? 0
    writeCode(code, count: 5)
    write(distance - Self.distanceCodes[code].base, count: Self.distanceCodes[code].extra)
  }
}
