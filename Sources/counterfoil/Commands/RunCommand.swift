import ArgumentParser
import PipelineRuntime

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a pipeline over the inbox.",
    discussion: """
      Exit codes: 0 clean; 1 findings are open (--fail-on-findings); 64 a mistake in the arguments; 65 some inputs were quarantined (the run finished, its outputs are valid); \
      66 an input is missing; 70 the run does not balance; 73 an output cannot be made; 74 reading or \
      writing failed; 75 another run is at work; 77 permission denied; 78 a mistake in the definition.
      """)

  @Argument(help: "The pipeline, such as pipelines/nightly.yaml.")
  var definition: String

  @OptionGroup var place: HomeOptions

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The date of the run (UTC); default today.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(help: ArgumentHelp("How many workers; default one for each core.", valueName: "n"))
  var workers: Int?

  @Option(
    help: ArgumentHelp("Accept a delivery that waits, by the id the run printed.", valueName: "id"))
  var accept: [String] = []

  @Flag(help: "Read every ready version of a month in order, not only the newest.")
  var history = false

  @Flag(
    name: .customLong("fail-on-findings"), help: "End with code 1 if findings are open.")
  var failOnFindings = false

  func run() throws {
    let progress = ProgressLine()
    let outcome = try PipelineRunner.run(
      definition: definition, home: place.home, asOf: asOf, workers: workers, accept: accept,
      history: history
    ) { progress.show($0) }
    progress.clear()
    try Console.print(outcome.report)
    if outcome.hasQuarantine { throw ExitCode(65) }
    if failOnFindings, outcome.openFindings > 0 { throw ExitCode(1) }
  }
}

/// Shows what a run is doing: one changing line on a terminal, plain lines elsewhere.
final class ProgressLine {
  private let isLive = Console.errorIsTerminal

  func show(_ step: String) {
    if isLive {
      Console.warn("\r\u{1B}[2K\(step.prefix(100))", terminator: "")
    } else {
      Console.warn(step)
    }
  }

  func clear() {
    if isLive { Console.warn("\r\u{1B}[2K", terminator: "") }
  }
}
