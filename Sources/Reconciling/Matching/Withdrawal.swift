import BillingModel

/// Why the documents of a group count for nothing: they are cancellations, and what they take back.
struct Withdrawal: Sendable {
  let cancellations: [Invoice]
  /// False where no document answers to the cancellations.
  let isMet: Bool
  /// The charges that have the number of the document.
  let charges: [ChargeNode]
}

extension [MatchGroup] {
  /// A group of its own for each document that was taken back, which its charges name too, and for
  /// each cancellation that meets none.
  ///
  /// - Parameter sets: what each group is made of, charges by their index first.
  mutating func addWithdrawals(
    _ selection: DocumentSelection, links: DocumentLinks, sets: [[Int]]
  ) {
    for taken in selection.takenBack {
      let charges = links.charges(statedBy: taken.document)
      for index in sets.indices where !Set(sets[index]).isDisjoint(with: charges) {
        self[index].takenBack.append(taken.document)
      }
      let withdrawal = Withdrawal(
        cancellations: taken.cancellations, isMet: true, charges: links.nodes(charges))
      append(MatchGroup(documents: [taken.document], withdrawal: withdrawal))
    }
    for cancellations in selection.unmetCancellations {
      let document = BilledDocument(cancellations[0])
      let withdrawal = Withdrawal(
        cancellations: cancellations, isMet: false,
        charges: links.nodes(links.charges(statedBy: document)))
      append(MatchGroup(documents: [document], withdrawal: withdrawal))
    }
  }
}

extension MatchGroup {
  /// All documents that the row of the group lists.
  var shownDocuments: [Invoice] {
    let own = documents.flatMap { [$0.invoice] + $0.copies }
    guard let withdrawal else { return own }
    return withdrawal.isMet ? own + withdrawal.cancellations : withdrawal.cancellations
  }
}
