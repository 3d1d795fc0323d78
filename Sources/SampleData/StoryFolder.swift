import Foundation

/// Where stories are written: one folder each.
struct StoryFolder {
  private let root: URL

  init(_ root: URL) { self.root = root }

  /// Writes a story in place of its older version; what else lies in its folder is left alone.
  func write(_ story: Story) throws {
    let folder = root.appendingPathComponent(story.name)
    let nights = folder.appendingPathComponent("nights")
    if FileManager.default.fileExists(atPath: nights.path) {
      try FileManager.default.removeItem(at: nights)
    }
    for file in story.files {
      let target = folder.appendingPathComponent(file.path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.content).write(to: target)
    }
    print("\(story.name): \(story.nights.count) nights, \(story.files.count) files")
  }
}
