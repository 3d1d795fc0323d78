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
