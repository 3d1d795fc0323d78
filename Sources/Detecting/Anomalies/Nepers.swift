/// Natural logarithms in billionths (one *neper* is a factor of e), in whole numbers: the same on every
/// machine, which the logarithms of a C library are not.
enum Nepers {
  static let one = 1_000_000_000
  private static let ln2 = 693_147_181
  private static let bits = 36

  /// ln(value) of a positive value.
  static func logarithm(_ value: Int128) -> Int {
    let exponent = 127 - value.leadingZeroBitCount
    // The mantissa in [1, 2), with 62 bits behind the point; squaring it shifts out one bit of the
    // binary logarithm at a time.
    var mantissa = UInt64(
      truncatingIfNeeded: exponent <= 62 ? value << (62 - exponent) : value >> (exponent - 62))
    var fraction: Int128 = 0
    for _ in 0..<bits {
      let square = mantissa.multipliedFullWidth(by: mantissa)
      mantissa = square.high << 2 | square.low >> 62
      fraction <<= 1
      if mantissa >> 63 == 1 {
        fraction |= 1
        mantissa >>= 1
      }
    }
    let binary = Int128(exponent) << bits + fraction
    return Int(((binary * 693_147_180_559_945_309) >> bits) / 1_000_000_000)
  }

  /// factor · e^exponent for exponents up to ln(10²¹); 0 where nothing is left.
  static func power(_ exponent: Int, of factor: Int128) -> Int128 {
    var doublings = exponent / ln2
    if exponent < 0, exponent % ln2 != 0 { doublings -= 1 }
    let rest = Int128(exponent) * 1_000_000 - Int128(doublings) * 693_147_180_559_945
    let scale: Int128 = 1_000_000_000_000_000
    var term = scale
    var sum = scale
    var index: Int128 = 1
    while term != 0 {
      term = term * rest / scale / index
      sum += term
      index += 1
    }
    let product = factor * sum
    guard doublings < 0 else { return (product << doublings) / scale }
    return doublings > -126 ? (product >> -doublings) / scale : 0
  }

  /// The growth from 100 % by so much, in nepers: ln(1 + share), share in parts per million.
  static func growth(_ ppm: Int) -> Int {
    logarithm(Int128(1_000_000 + ppm)) - logarithm(1_000_000)
  }
}

/// The scale on which daily costs are compared: asinh(cost / unit), which is logarithmic for costs well
/// above the unit, linear about zero, and the same for credits with the sign turned.
struct CostScale {
  /// In millionths of the currency.
  let unit: Int128
  private let fineLogarithm: Int
  private let coarseLogarithm: Int
  /// Costs of magnitude 10¹⁵ and less are looked at in thousandths of a millionth.
  private static let fine: Int128 = 1_000
  private static let largestFine: Int128 = 1_000_000_000_000_000

  init(unit: Int128) {
    self.unit = min(max(unit, 1), Self.largestFine)
    fineLogarithm = Nepers.logarithm(self.unit * Self.fine)
    coarseLogarithm = Nepers.logarithm(self.unit)
  }

  /// - Parameter micros: of magnitude 10¹⁸ at most.
  func position(of micros: Int128) -> Int {
    let magnitude = micros.magnitudeValue
    let isFine = magnitude <= Self.largestFine
    let factor = isFine ? Self.fine : 1
    let (leg, other) = (magnitude * factor, unit * factor)
    let root = Self.squareRoot(leg * leg + other * other)
    let position = max(
      0, Nepers.logarithm(leg + root) - (isFine ? fineLogarithm : coarseLogarithm))
    return micros < 0 ? -position : position
  }

  /// The cost at a position, in millionths, to a hundredth of the currency where it is an estimate anyway.
  func cost(at position: Int) -> Int128 {
    let bounded = min(Swift.abs(position), 45 * Nepers.one)
    let doubled = Nepers.power(bounded, of: unit) - Nepers.power(-bounded, of: unit)
    let cost = min((doubled / 2 + 5_000) / 10_000 * 10_000, MicroSeries.largest)
    return position < 0 ? -cost : cost
  }

  /// ⌊√value⌋ by Newton's method.
  static func squareRoot(_ value: Int128) -> Int128 {
    guard value > 1 else { return max(value, 0) }
    var guess: Int128 = 1 << ((128 - value.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (guess + value / guess) / 2
      if next >= guess { return guess }
      guess = next
    }
  }
}

extension Int128 {
  /// The magnitude as a signed number.
  var magnitudeValue: Int128 { self < 0 ? -self : self }
}
