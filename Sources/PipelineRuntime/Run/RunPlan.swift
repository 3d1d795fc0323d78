package import BillingModel

/// All that a run takes from outside: the clock and the environment enter here, once.
package struct RunPlan: Sendable {
  package var definition: Definition
  package var home: Home
  package var asOf: Day
  package var workers: WorkerPool
  /// Waiting deliveries that a person accepts, by their short id.
  package var accepted: Set<String>
  /// Read every ready version of a period in order, not only the newest.
  package var readsHistory: Bool

  package init(
    definition: Definition, home: Home, asOf: Day, workers: WorkerPool, accepted: Set<String> = [],
    readsHistory: Bool = false
  ) {
    self.definition = definition
    self.home = home
    self.asOf = asOf
    self.workers = workers
    self.accepted = accepted
    self.readsHistory = readsHistory
  }
}
