package import Foundation

/// Runs a Python script as an independent computation and returns what it prints.
package func oracle(_ script: URL, _ arguments: [String] = [], input: Data = Data()) throws -> Data
{
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", script.path] + arguments
  let folder = TemporaryFolder()
  let inputPath = try folder.write("input", input)
  let outputPath = try folder.write("output", [])
  process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
  process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw OracleFailure(script: script.lastPathComponent, status: process.terminationStatus)
  }
  return try Data(contentsOf: URL(fileURLWithPath: outputPath))
}

/// The independent computation could not be made: is python3 installed?
package struct OracleFailure: Error, CustomStringConvertible {
  package let script: String
  package let status: Int32
  package var description: String { "\(script) ended with status \(status); it needs python3" }
}

/// Where the repository's own files lie, seen from a test file under `Tests/<Target>/`.
package func repositoryRoot(from file: String = #filePath) -> URL {
  var url = URL(fileURLWithPath: file)
  while url.lastPathComponent != "Tests", url.path != "/" { url.deleteLastPathComponent() }
  return url.deletingLastPathComponent()
}

/// The folder of real documents that `COUNTERFOIL_CORPUS` names, or nil.
package var corpus: URL? {
  ProcessInfo.processInfo.environment["COUNTERFOIL_CORPUS"].map { URL(fileURLWithPath: $0) }
}
