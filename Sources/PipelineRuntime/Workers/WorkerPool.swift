import Dispatch
import Tabulating

/// The one place that knows threads: independent items, spread over a fixed number of workers.
///
/// The work is CPU-bound and never waits, so there is nothing to suspend: a worker takes the next item
/// from a shared counter until none is left.
package struct WorkerPool: ParallelMapping {
  package let count: Int
  package var width: Int { count }

  /// - Parameter count: How many workers; nil asks the machine.
  package init(count: Int?) {
    self.count = count ?? max(1, Machine.processorCount)
  }

  /// Applies `body` to every item and returns the results in the order of the items.
  package func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Result
  ) -> [Result] {
    let states = drain(items, makeState: { [(Int, Result)]() }) { results, index, item in
      results.append((index, body(item)))
    }
    return states.joined().sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Hands each item to one of `count` workers, each with a state of its own, and returns the states.
  /// Which worker gets which item is not determined: merging states must not depend on it.
  package func drain<Item: Sendable, State: Sendable>(
    _ items: [Item], makeState: @Sendable () -> State,
    _ body: @Sendable (inout State, Int, Item) -> Void
  ) -> [State] {
    let workers = min(count, items.count)
    guard workers > 1 else {
      var state = makeState()
      for (index, item) in items.enumerated() { body(&state, index, item) }
      return items.isEmpty ? [] : [state]
    }
    let next = SharedCounter()
    let results = ResultSlots<State>(count: workers)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      var state = makeState()
      while case let index = next.take(), index < items.count { body(&state, index, items[index]) }
      results.put(state, at: worker)
    }
    return results.taken()
  }
}
