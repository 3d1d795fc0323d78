/// Many short byte strings side by side, by number: to be written again and again without an array for
/// each.
package struct PackedBytes: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  package init() {}

  package var count: Int { starts.count - 1 }

  package mutating func append(_ string: [UInt8]) {
    bytes.append(contentsOf: string)
    starts.append(bytes.count)
  }

  package mutating func append(_ other: PackedBytes) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    starts.append(contentsOf: other.starts.dropFirst().map { base + $0 })
  }

  /// Appends string number `index` to `target`.
  @inline(__always)
  package func copy(_ index: Int, to target: inout [UInt8]) {
    let range = starts[index]..<starts[index + 1]
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe target.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
    }
  }
}
