import BillingModel

/// What a night made of the reviews that were dropped in.
struct TakenReviews {
  /// A file that was read, with how much of it was taken.
  struct File {
    var name: Text
    var sha256: Text
    /// The findings that it decided, alone or with other files.
    var decided: Int
    /// Of its cells or rows.
    var refused: Int
  }

  var decisions: [ReviewDecision] = []
  /// In the order in which files and their rows are listed.
  var refusals: [ReviewRefusal] = []
  /// Sorted by name.
  var files: [File] = []

  var isEmpty: Bool { decisions.isEmpty && refusals.isEmpty }
}

/// What earlier nights made of a file that is dropped in once more: what they took of it is not taken
/// anew, and what they refused is judged again.
struct EarlierReadings {
  /// Finding and content.
  private let taken: Set<[Text]>
  /// Finding and content → columns; an empty one stands for the row.
  private var refused: [[Text]: Set<Text>] = [:]

  init(_ decisions: [ReviewDecision] = [], _ refusals: [ReviewRefusal] = []) {
    taken = Set(decisions.map { [$0.findingID, $0.sha256] })
    for refusal in refusals {
      refused[[refusal.findingID, refusal.sha256], default: []].insert(refusal.column)
    }
  }

  func isTaken(_ column: ReviewColumn?, of finding: Text, in sha256: Text) -> Bool {
    guard taken.contains([finding, sha256]) else { return false }
    let columns = refused[[finding, sha256]] ?? []
    return !columns.contains("") && !columns.contains(Text(column?.rawValue ?? ""))
  }
}
