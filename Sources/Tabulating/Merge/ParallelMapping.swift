/// Applies work to independent items, on as many threads as its owner has; the engine itself knows none.
package protocol ParallelMapping: Sendable {
  /// How many items are worked on at once.
  var width: Int { get }

  /// The results in the order of the items.
  func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Result
  ) -> [Result]
}

/// One item after the other.
package struct OneThread: ParallelMapping {
  package let width = 1

  package init() {}

  package func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Result
  ) -> [Result] { items.map(body) }
}
