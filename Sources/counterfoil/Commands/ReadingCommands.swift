import ArgumentParser
import PipelineRuntime

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads a pipeline and all files it names, and runs the examples of the tag rules.")

  @Argument(help: "The pipeline, such as pipelines/nightly.yaml.")
  var definition: String

  func run() throws { try Console.print(try DefinitionCheck.run(definition)) }
}

struct InvoicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoices", abstract: "Prints what was read from invoice documents, as CSV.",
    discussion: "Ends with 65 if a document was refused; its row says why.")

  @Argument(help: ArgumentHelp("XML or JSON documents, plain, gzip or ZIP.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The folder of dialect tables.", valueName: "dir"))
  var dialects = "pipelines/dialects"

  func run() throws {
    let listing = try InvoiceReading.listing(of: files, dialects: dialects)
    try Console.print(listing.text)
    if listing.hasRefusals { throw ExitCode(65) }
  }
}

struct SummarizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize", abstract: "Prints exact sums over cost exports.",
    discussion: """
      Columns are names such as InvoiceId, SubAccountId, ServiceName, UsageType, LineItemType, any \
      column of the files by its own name, Day and Month, and the tag dimensions BusinessUnit, Owner, \
      Environment, Application, CostCenter and Criticality as the tag rules read them. Rejected rows \
      are named on standard error and make it end with 65.
      """)

  @Argument(help: ArgumentHelp("Cost exports, plain, gzip or ZIP.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Comma-separated columns to group by.", valueName: "columns"))
  var by: String

  @Option(help: ArgumentHelp("The tag rules, for tag dimensions.", valueName: "file"))
  var tags = "pipelines/tags/cost-allocation.yaml"

  @Flag(help: "An aligned table for people instead of CSV.")
  var table = false

  @Option(help: ArgumentHelp("How many workers; default one for each core.", valueName: "n"))
  var workers: Int?

  func run() throws {
    let summary = try Summarizing(
      files, by: by.split(separator: ",").map { String($0) }, tags: tags, workers: workers)
    for warning in summary.warnings { Console.warn(warning) }
    try summary.print(asTable: table)
    if !summary.warnings.isEmpty { throw ExitCode(65) }
  }
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Walks a finding back to its files and records.")

  @Argument(help: "The FindingId, from anomalies.csv.")
  var finding: String

  @OptionGroup var place: HomeOptions

  func run() throws {
    try Console.print(try Explanation.of(finding, home: place.home))
  }
}

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows the last runs, what is booked, what is signed off, and what is open.")

  @OptionGroup var place: HomeOptions

  func run() throws { try Console.print(try Standing.of(home: place.home)) }
}

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Makes the ledger's derived tables again from the archive; decisions stay.")

  @Argument(help: "The pipeline, such as pipelines/nightly.yaml.")
  var definition: String

  @OptionGroup var place: HomeOptions

  @Option(help: ArgumentHelp("How many workers; default one for each core.", valueName: "n"))
  var workers: Int?

  func run() throws {
    let progress = ProgressLine()
    let report = try Rebuild.run(definition: definition, home: place.home, workers: workers) {
      progress.show($0)
    }
    progress.clear()
    try Console.print(report)
  }
}
