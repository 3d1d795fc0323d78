import Foundation

// Writes the sample company's stories: `SampleData stories FOLDER`.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2, arguments[0] == "stories" else {
  print("usage: SampleData stories FOLDER")
  exit(64)
}
do {
  let root = URL(fileURLWithPath: arguments[1])
  for story in StoryCatalog.all { try StoryFolder(root).write(story()) }
} catch {
  print("SampleData: \(error)")
  exit(74)
}
