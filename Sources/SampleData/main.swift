import Foundation

// Writes the sample company's stories, or a large month for the benchmarks.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "stories" where arguments.count == 2:
    let root = URL(fileURLWithPath: arguments[1])
    for story in StoryCatalog.all { try StoryFolder(root).write(story()) }
  case "bench":
    var set = try BenchSet(BenchSettings(Array(arguments.dropFirst())))
    print(try set.write().line)
  default:
    print("usage: SampleData stories FOLDER\n\(BenchSettings.usage)")
    exit(64)
  }
} catch let fault as BenchFault {
  print("SampleData: \(fault)\n\(BenchSettings.usage)")
  exit(64)
} catch {
  print("SampleData: \(error)")
  exit(74)
}
