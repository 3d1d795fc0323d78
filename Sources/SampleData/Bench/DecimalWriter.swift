/// Writes whole numbers of some step as decimals, without a String on the way.
struct DecimalWriter {
  private var digits: [UInt8] = []

  /// Appends `number`·10^-fraction, with at least `padded` fraction digits.
  mutating func append(_ number: Int, _ fraction: Int, padded: Int, to bytes: inout [UInt8]) {
    digits.removeAll(keepingCapacity: true)
    var rest = number.magnitude
    while rest > 0 || digits.count <= fraction {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      digits.append(UInt8(ascii: "0") + UInt8(remainder))
      rest = quotient
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    for place in stride(from: digits.count - 1, through: 0, by: -1) {
      bytes.append(digits[place])
      if place == fraction, fraction > 0 || padded > 0 { bytes.append(UInt8(ascii: ".")) }
    }
    for _ in 0..<max(padded - fraction, 0) { bytes.append(UInt8(ascii: "0")) }
  }

  static func text(_ number: Int, _ fraction: Int, padded: Int) -> String {
    var bytes: [UInt8] = []
    var writer = DecimalWriter()
    writer.append(number, fraction, padded: padded, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
