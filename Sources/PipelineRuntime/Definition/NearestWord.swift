/// The word that was probably meant.
enum NearestWord {
  /// The nearest of `words` within a third of the length, or nil. Case does not count.
  static func to(_ word: String, among words: some Sequence<String>) -> String? {
    let lowered = Array(word.lowercased().utf8)
    let limit = max(1, lowered.count / 3)
    return words.map { (distance: distance(lowered, Array($0.lowercased().utf8)), word: $0) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// ` (did you mean "prefer"?)`, or what is allowed where nothing is near.
  static func hint(_ word: String, among words: [String]) -> String {
    if let nearest = to(word, among: words) { return " (did you mean \"\(nearest)\"?)" }
    return words.isEmpty ? "" : " (allowed: \(words.joined(separator: ", ")))"
  }

  /// Damerau–Levenshtein, optimal string alignment: an exchange of neighbours counts once.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
