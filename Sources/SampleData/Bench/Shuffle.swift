/// A permutation of 0..<count that needs no memory: a Feistel network over the next even power of two,
/// walked until it is back in the range.
struct Shuffle {
  private let count: Int
  private let half: UInt64
  private let keys: [UInt64]

  init(_ count: Int, _ name: String) {
    self.count = count
    var bits: UInt64 = 1
    while 1 << (2 * bits) < count { bits += 1 }
    half = bits
    var chance = SplitMix64(name)
    keys = (0..<4).map { _ in chance.next() }
  }

  func callAsFunction(_ index: Int) -> Int {
    var number = index
    repeat { number = round(number) } while number >= count
    return number
  }

  private func round(_ number: Int) -> Int {
    let mask = (1 as UInt64) << half - 1
    var (left, right) = (UInt64(number) >> half, UInt64(number) & mask)
    for key in keys { (left, right) = (right, left ^ SplitMix64.mix(right ^ key) & mask) }
    return Int(left << half | right)
  }
}
