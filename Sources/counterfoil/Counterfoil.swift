import ArgumentParser
import PipelineRuntime

@main
struct Counterfoil: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counterfoil",
    abstract: "Proves each AWS invoice from its line items, and says what does not fit.",
    version: Release.description,
    subcommands: [
      RunCommand.self, CheckCommand.self, InvoicesCommand.self, SummarizeCommand.self,
      ExplainCommand.self, StatusCommand.self, SignOffCommand.self, RebuildCommand.self,
    ])

  /// The parser's own codes stay for `--help`; a mistake in the arguments is 64.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let stop as Stop {
      Console.warn("counterfoil: \(stop)")
      exit(withError: ExitCode(stop.exitCode))
    } catch {
      exit(withError: error)
    }
  }
}

extension Stop {
  /// The codes of sysexits.h, as schedulers know them.
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .refused: 65
    case .missing: 66
    case .outOfBalance, .overflow: 70
    case .cannotCreate: 73
    case .inputOutput, .ledger: 74
    case .lockHeld: 75
    case .permission: 77
    case .definition: 78
    }
  }
}

/// Where the data root is.
struct HomeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder that holds inbox/, archive/, quarantine/, out/ and state/.",
      discussion: "Default: COUNTERFOIL_HOME, else the working folder.", valueName: "dir"))
  var home: String?
}
