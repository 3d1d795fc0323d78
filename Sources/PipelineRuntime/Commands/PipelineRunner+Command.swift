import BillingModel
import ByteStreaming
import Normalizing

extension PipelineRunner {
  /// The run as the command line asks for it: the clock and the environment enter here.
  ///
  /// - Parameter judgingAll: judge every period, whatever earlier nights judged.
  package static func run(
    definition: String, home: String?, asOf: String?, workers: Int?, accept: [String],
    history: Bool, judgingAll: Bool = false, progress: @escaping (String) -> Void
  ) throws(Stop) -> RunOutcome {
    let definition = try DefinitionFiles.load(Path(definition))
    let plan = RunPlan(
      definition: definition, home: Home(named: home),
      asOf: try day(asOf) ?? definition.asOf ?? Moment(seconds: Surroundings.wallSeconds).day,
      workers: try pool(workers), accepted: Set(accept), readsHistory: history,
      judgesAll: judgingAll)
    return try PipelineRunner(plan, progress: progress).run()
  }

  static func day(_ text: String?) throws(Stop) -> Day? {
    guard let text else { return nil }
    guard let day = Day(text) else {
      throw .usage("--as-of takes a day as YYYY-MM-DD, not \"\(text)\"")
    }
    return day
  }

  static func pool(_ workers: Int?) throws(Stop) -> WorkerPool {
    if let workers, !(1...1024).contains(workers) {
      throw .usage("--workers takes a number from 1 to 1024")
    }
    return WorkerPool(count: workers)
  }
}

/// What `counterfoil check` does.
package enum DefinitionCheck {
  package static func run(_ path: String) throws(Stop) -> String {
    let definition = try DefinitionFiles.load(Path(path))
    let tags = definition.normalize.tags.dimensions.values.map(\.rules.count).reduce(0, +)
    return """
      \(path): good
      \(definition.ingest.dialects.count) dialects, \(tags) tag rules with their examples, \
      \(definition.normalize.accounts.accounts.count) accounts
      """
  }
}
