package import BillingModel

/// A way in which a finding was shown to reviewers, before it was shown otherwise.
package struct PastFace: Hashable, Sendable {
  package var findingID: Text
  package var cells: ReviewCells
  /// The hash of the explanation that stood beside them, in each language.
  package var explanations: [Text]

  package init(findingID: Text, cells: ReviewCells, explanations: [Text]) {
    self.findingID = findingID
    self.cells = cells
    self.explanations = explanations
  }
}

/// What a night adds about reviews. Nothing of it is ever replaced.
package struct ReviewRecords: Sendable {
  package var decisions: [ReviewDecision] = []
  package var refusals: [ReviewRefusal] = []
  package var pastFaces: [PastFace] = []

  package init() {}
}
