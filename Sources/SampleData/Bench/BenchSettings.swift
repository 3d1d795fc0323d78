import BillingModel

/// What `SampleData bench` is asked for. Two runs with the same settings write the same CSV bytes.
struct BenchSettings {
  /// How many rows fall into one group of the benchmark's job.
  enum Grouping: String {
    /// About 200: a bill without tags.
    case few
    /// About 6: resources that each have tags of their own.
    case many
  }

  var rows = 1_392_000
  var columns = 190
  var files = 4
  var tags = 6
  var seed = 1
  var groups = Grouping.many
  var folder = ""

  static let period: BillingPeriod = "2026-03"
  static let usage = """
    usage: SampleData bench [--rows N] [--columns N] [--files N] [--tags N] [--seed N]
           [--groups few|many] FOLDER
    """

  init() {}

  /// Reads the words after `bench`.
  init(_ words: [String]) throws(BenchFault) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--rows": rows = try Self.number(word, rest.popFirst(), from: 2000)
      case "--columns": columns = try Self.number(word, rest.popFirst(), from: 1)
      case "--files": files = try Self.number(word, rest.popFirst(), from: 1)
      case "--tags": tags = try Self.number(word, rest.popFirst(), from: 0)
      case "--seed": seed = try Self.number(word, rest.popFirst(), from: 0)
      case "--groups": groups = try Self.grouping(rest.popFirst())
      default:
        guard folder.isEmpty, !word.hasPrefix("-") else { throw BenchFault("what is \(word)?") }
        folder = word
      }
    }
    guard !folder.isEmpty else { throw BenchFault("no folder is named") }
  }

  private static func number(
    _ flag: String, _ text: String?, from least: Int
  ) throws(BenchFault) -> Int {
    guard let number = text.flatMap({ Int($0) }), number >= least else {
      throw BenchFault("\(flag) needs a number from \(least)")
    }
    return number
  }

  private static func grouping(_ text: String?) throws(BenchFault) -> Grouping {
    guard let grouping = text.flatMap({ Grouping(rawValue: $0) }) else {
      throw BenchFault("--groups is few or many")
    }
    return grouping
  }
}

/// A mistake in the settings.
struct BenchFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
