/// The name that comes closest to one that is missing.
enum NearestName {
  /// Nil where nothing is near: more than a third of the letters would have to change.
  static func of(_ name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased().utf8)
    let scored = names.map { (distance(wanted, Array($0.lowercased().utf8)), $0) }
    guard let best = scored.min(by: { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }),
      best.0 * 3 <= wanted.count
    else { return nil }
    return best.1
  }

  /// Levenshtein's distance.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
