import BillingModel

/// Which number a version of a period's documents gets: the next one.
///
/// A rebuild gives the documents of a version that people may have read its number again, and no other
/// documents that number: what comes out otherwise, since a newer program or definition judges, is a new
/// version after all that were ever published.
struct VersionNumbering: Sendable {
  private let published: [Text: [Int: Text]]

  /// - Parameter published: The hashes of what was published, by period (empty for what has none) and number.
  init(published: [Text: [Int: Text]] = [:]) { self.published = published }

  func number(of hash: Text, in period: BillingPeriod?, after last: Int) -> Int {
    let known = published[Text(period?.description ?? "")] ?? [:]
    let same = known.filter { $0.key > last && $0.value == hash }.keys.min()
    return same ?? max(last, known.keys.max() ?? 0) + 1
  }
}
