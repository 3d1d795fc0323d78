import Foundation
import TestSupport

/// The Swift files of the package, read as text.
struct SourceFile {
  let path: String
  let target: String
  let text: String

  /// The text without comments and string literals.
  var code: String {
    text.replacing(/"""(?s:.*?)"""|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*(?s:.*?)\*\//, with: "\"\"")
  }

  var imports: [String] {
    text.matches(
      of:
        /(?m)^(?:@\w+\s+)?(?:package |public |internal |private )?import (?:struct |class |enum |func )?(\w+)/
    )
    .map { String($0.1) }
  }

  func names(_ pattern: String) throws -> Bool {
    try code.contains(Regex("\\b(?:\(pattern))\\b"))
  }
}

enum SourceTree {
  static let root = repositoryRoot()

  static let files: [SourceFile] = {
    let sources = root.appendingPathComponent("Sources")
    guard let walk = FileManager.default.enumerator(atPath: sources.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap {
      guard let text = try? String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8)
      else { return nil }
      return SourceFile(path: $0, target: String($0.prefix { $0 != "/" }), text: text)
    }
  }()

  static func fileNames(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent(folder).path
    ).filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
  }
}
