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
  /// Judge every period, whatever earlier nights judged: the documents are the same, and take longer.
  package var judgesAll: Bool
  /// Which program judges; absent if it cannot be told.
  package var program: Text?
  /// What was published before a rebuild.
  var numbering = VersionNumbering()

  package init(
    definition: Definition, home: Home, asOf: Day, workers: WorkerPool, accepted: Set<String> = [],
    readsHistory: Bool = false, judgesAll: Bool = false
  ) {
    self.definition = definition
    self.home = home
    self.asOf = asOf
    self.workers = workers
    self.accepted = accepted
    self.readsHistory = readsHistory
    self.judgesAll = judgesAll
    program = ProgramFile.identity
  }
}

extension RunPlan {
  /// The hash of what judges: the definition with its files, and the program. Without it nothing that
  /// was judged before can be relied on.
  var judgingBasis: Text? {
    guard let contents = definition.contentHash, let program else { return nil }
    return Fingerprint.of([contents, program])
  }
}
