/// Days of one month, a bit each: bit 0 is the first.
package struct DaysOfMonth: Hashable, Sendable, Codable {
  package private(set) var bits: UInt32

  package init(bits: UInt32 = 0) { self.bits = bits }

  package var count: Int { bits.nonzeroBitCount }
  /// 1 to 31; nil where there is none.
  package var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount + 1 }
  package var last: Int? { bits == 0 ? nil : 32 - bits.leadingZeroBitCount }

  package mutating func formUnion(_ other: DaysOfMonth) { bits |= other.bits }
}
