import CProcessor
import ExactNumbers

/// How the record of a group lies in memory: its sums, its key, its rows, how many of these state each
/// sum, and its marks, if it has any.
struct GroupShape: Sendable {
  /// 32-bit words of the key.
  let width: Int
  let sumCount: Int
  let hasMarks: Bool

  var keyOffset: Int { sumCount * 16 }
  var rowsOffset: Int { keyOffset + width * 4 }
  var marksOffset: Int { rowsOffset + 4 + sumCount * 4 }
  /// In bytes; sums want 16-byte borders.
  var stride: Int { (marksOffset + (hasMarks ? 4 : 0) + 15) & ~15 }
}

/// One group where it lies; valid as long as its table.
@safe struct GroupRecord {
  let start: UnsafeMutableRawPointer
  let shape: GroupShape

  @inline(__always)
  var sums: UnsafeMutablePointer<Int128> {
    unsafe start.assumingMemoryBound(to: Int128.self)
  }

  @inline(__always)
  var key: UnsafeMutablePointer<UInt32> {
    unsafe (start + shape.keyOffset).assumingMemoryBound(to: UInt32.self)
  }

  /// Rows, then the number of rows that state each sum.
  @inline(__always)
  var counts: UnsafeMutablePointer<UInt32> {
    unsafe (start + shape.rowsOffset).assumingMemoryBound(to: UInt32.self)
  }

  /// Bits of any of its rows; only of a shape that has them.
  @inline(__always)
  var marks: UnsafeMutablePointer<UInt32> {
    unsafe (start + shape.marksOffset).assumingMemoryBound(to: UInt32.self)
  }

  /// Asks for all its cache lines.
  @inline(__always)
  func prefetch() {
    var offset = 0
    while offset < shape.stride {
      unsafe counterfoil_prefetch(start + offset)
      offset += 64
    }
    unsafe counterfoil_prefetch(start + shape.stride - 1)
  }

  @inline(__always)
  func hasKey(_ other: UnsafePointer<UInt32>) -> Bool {
    let own = unsafe key
    var part = 0
    while part < shape.width {
      if unsafe own[part] != other[part] { return false }
      part += 1
    }
    return true
  }

  func merge(_ other: GroupRecord) throws(AmountOverflow) {
    for index in 0..<shape.sumCount {
      unsafe sums[index] = try ExactSum.add(sums[index], other.sums[index])
    }
    for index in 0...shape.sumCount { unsafe counts[index] += other.counts[index] }
    if shape.hasMarks { unsafe marks.pointee |= other.marks.pointee }
  }
}

/// Sums of units of 10⁻¹⁸ in the range of ``Amount``.
enum ExactSum {
  private static let limit: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999

  @inline(__always)
  static func add(_ a: Int128, _ b: Int128) throws(AmountOverflow) -> Int128 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    if overflow || sum > limit || sum < -limit { throw AmountOverflow() }
    return sum
  }
}
