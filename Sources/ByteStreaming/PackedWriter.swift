/// Puts numbers and byte strings one after the other, for ``PackedReader`` to take out again. Not for other
/// machines or versions: words lie as the processor has them.
package struct PackedWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  package mutating func put(_ number: Int) {
    unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
  }

  package mutating func put(_ number: Int128) {
    unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
  }

  /// A byte string, its length first.
  package mutating func put(_ string: [UInt8]) {
    put(string.count)
    bytes.append(contentsOf: string)
  }

  /// A byte string or none.
  package mutating func put(_ string: [UInt8]?) {
    put(string == nil ? 0 : 1)
    if let string { put(string) }
  }

  /// Memory as it lies, its length first.
  package mutating func put(_ memory: UnsafeRawBufferPointer) {
    put(memory.count)
    unsafe bytes.append(contentsOf: memory)
  }
}

/// What is packed is cut short or of another make.
package struct PackedFault: Error {
  package init() {}
}

/// Takes out what ``PackedWriter`` put.
package struct PackedReader: Sendable {
  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { at == bytes.count }

  private mutating func take(_ count: Int) throws(PackedFault) -> Range<Int> {
    guard count >= 0, count <= bytes.count - at else { throw PackedFault() }
    at += count
    return at - count..<at
  }

  package mutating func number() throws(PackedFault) -> Int {
    let range = try take(8)
    return unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: range.lowerBound, as: Int.self)
    }
  }

  package mutating func wideNumber() throws(PackedFault) -> Int128 {
    let range = try take(16)
    return unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: range.lowerBound, as: Int128.self)
    }
  }

  /// A number of things each of which takes at least a byte.
  package mutating func count() throws(PackedFault) -> Int {
    let number = try number()
    guard number >= 0, number <= bytes.count - at else { throw PackedFault() }
    return number
  }

  package mutating func string() throws(PackedFault) -> [UInt8] {
    Array(bytes[try take(try number())])
  }

  package mutating func optionalString() throws(PackedFault) -> [UInt8]? {
    try number() == 0 ? nil : try string()
  }

  /// Memory that was put, which must be `count` bytes.
  package mutating func memory(
    into target: UnsafeMutableRawBufferPointer
  ) throws(PackedFault) {
    guard try number() == target.count else { throw PackedFault() }
    let range = try take(target.count)
    unsafe bytes.withUnsafeBytes { source in
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
    }
  }
}
