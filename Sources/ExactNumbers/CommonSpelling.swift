/// The spelling that nearly every number of a bill has: a sign or none, at most 16 digits, a point or
/// none, at most 18 digits.
///
/// Reads eight digits at a time. What it reads, it reads as the lexical rule says; every other
/// spelling, right or wrong, it leaves to the rule.
struct CommonSpelling {
  /// The value in units of 10⁻¹⁸.
  let units: Int128

  @inline(__always)
  init?(_ text: Span<UInt8>) {
    guard let parts = Parts(text), let fraction = parts.fraction(of: text) else { return nil }
    guard parts.whole.faults | fraction.faults == 0 else { return nil }
    // Below 10³⁴ and so in range.
    let magnitude =
      UInt128(parts.whole.value) &* Amount.unitsPerOne.magnitude &+ UInt128(fraction.value)
    units = parts.isNegative ? 0 &- Int128(magnitude) : Int128(magnitude)
  }
}

/// A number read from digits, and a bit for each character that was none.
private struct Reading {
  var value: UInt64
  var faults: UInt64
}

/// Where the sign and the point are.
private struct Parts {
  let isNegative: Bool
  let whole: Reading
  /// Offset of the first fraction digit.
  private let fractionStart: Int
  /// The last characters of the text.
  private let tail: EightDigits

  /// Nil if there is no digit, or more than 16 before the point.
  @inline(__always)
  init?(_ text: Span<UInt8>) {
    let count = text.count
    guard count > 0 else { return nil }
    let start = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    isNegative = text[0] == UInt8(ascii: "-")
    let head: EightDigits
    if count > 8 {
      head = EightDigits(text, at: start)
      tail = EightDigits(text, at: count &- 8)
    } else {
      let all = EightDigits(short: text)
      head = EightDigits(word: all.word >> (8 &* start))
      tail = EightDigits(word: all.word << (64 &- 8 &* count))
    }
    let spelled = count &- start
    let point = head.offset(of: UInt8(ascii: "."))
    if point < 8 || spelled <= 8 {
      // A sign or a point alone is no number.
      guard spelled > (point < 8 ? 1 : 0) else { return nil }
      let digits = head.first(min(point, spelled))
      whole = Reading(value: digits.value, faults: digits.faults)
      fractionStart = point < 8 ? start &+ point &+ 1 : count
    } else {
      // Eight digits or more before the point.
      var end = start &+ 8
      while end < count, end &- start <= 16, text[end] != UInt8(ascii: ".") { end &+= 1 }
      guard end &- start <= 16 else { return nil }
      let upper = head.first(end &- start &- 8)
      let lower = EightDigits(text, at: end &- 8)
      whole = Reading(
        value: upper.value &* 100_000_000 &+ lower.value, faults: upper.faults | lower.faults)
      fractionStart = min(end &+ 1, count)
    }
  }

  /// The fraction in units of 10⁻¹⁸; nil if there are more than 18 digits.
  @inline(__always)
  func fraction(of text: Span<UInt8>) -> Reading? {
    let digits = text.count &- fractionStart
    if digits <= 8 {
      let only = tail.last(digits)
      return Reading(value: only.value &* 10_000_000_000, faults: only.faults)
    }
    let first = EightDigits(text, at: fractionStart)
    if digits <= 16 {
      let second = tail.last(digits &- 8)
      return Reading(
        value: first.value &* 10_000_000_000 &+ second.value &* 100,
        faults: first.faults | second.faults)
    }
    guard digits <= 18 else { return nil }
    let second = EightDigits(text, at: fractionStart &+ 8)
    let third = tail.last(digits &- 16)
    return Reading(
      value: first.value &* 10_000_000_000 &+ second.value &* 100 &+ third.value / 1_000_000,
      faults: first.faults | second.faults | third.faults)
  }
}
