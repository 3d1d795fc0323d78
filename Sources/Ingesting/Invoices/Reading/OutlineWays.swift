/// Where the names of one file lead in an outline, as far as it was asked.
struct OutlineWays {
  /// The outline has no such element there.
  static let none = -1
  private static let unknown: Int32 = -2

  private let places: Int
  /// For each name of the file, by its number, and each place.
  private var ways: [Int32] = []

  init(places: Int = 0) { self.places = places }

  @inline(__always)
  func known(_ name: Int, from place: Int) -> Int? {
    let at = name * places + place
    guard at < ways.count, ways[at] != Self.unknown else { return nil }
    return Int(ways[at])
  }

  mutating func note(_ name: Int, from place: Int, _ way: Int) {
    let missing = (name + 1) * places - ways.count
    if missing > 0 { ways.append(contentsOf: repeatElement(Self.unknown, count: missing)) }
    ways[name * places + place] = Int32(way)
  }
}
