import ArgumentParser
import PipelineRuntime

struct SignOffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-off", abstract: "Closes a month: puts a sign-off into the inbox.",
    discussion: """
      The next run takes it if everything of the month is matched and nothing is unexplained; else it \
      goes to quarantine/ with what stands in the way. What changes in the month afterwards is a \
      post-close change in restatement.csv and a finding ChangedAfterSignOff.
      """)

  @Argument(help: "The billing period, as YYYY-MM.")
  var period: String

  @Option(help: ArgumentHelp("Who signs.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("What should be remembered with it.", valueName: "text"))
  var note = ""

  @OptionGroup var place: HomeOptions

  func run() throws {
    try Console.print(
      try SigningOff.run(period: period, by: by, note: note, home: place.home))
  }
}
