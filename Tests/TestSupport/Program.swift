import Dispatch
package import Foundation

/// The program as it was built beside the tests, run as a process of its own.
package enum Program {
  /// How a process ended.
  package struct Ending: Sendable {
    /// The exit code, or 128 and the number of the signal, as shells say it.
    package let code: Int32
    package let output: Data
    package let error: String
    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Where its standard output goes.
  package enum Output: Sendable {
    case collected
    case file(String)
    /// A pipe that nobody reads.
    case closedPipe
  }

  /// Runs `counterfoil` with arguments.
  ///
  /// - Parameters:
  ///   - launcher: A command that runs it, such as `strace …`, as `env` finds it.
  ///   - environment: What differs from the environment of the tests.
  package static func run(
    _ arguments: [String], through launcher: [String] = [], environment: [String: String] = [:],
    output: Output = .collected
  ) throws -> Ending {
    try Command(launcher + [binary.path] + arguments, environment, output).end()
  }

  /// Runs another command, such as `python3 -c …`.
  package static func command(_ words: [String]) throws -> Ending {
    try Command(words, [:], .collected).end()
  }

  /// The executable lies beside the bundle of the tests.
  package static var binary: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let tests = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent("counterfoil")
  }

  /// True where `env` finds a command.
  package static func isInstalled(_ name: String) -> Bool {
    (try? command(["sh", "-c", "command -v \(name)"]))?.code == 0
  }
}

/// One process, from its start to its end.
private struct Command {
  private let process = Process()
  private let folder = TemporaryFolder()
  private let outputPath: String
  private let errorPath: String

  /// Longer than any command needs: who is not done by then hangs.
  private static let limit = 120.0

  init(_ words: [String], _ environment: [String: String], _ output: Program.Output) throws {
    outputPath = try folder.write("output", [])
    errorPath = try folder.write("error", [])
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    switch output {
    case .collected:
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    case .file(let path):
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    case .closedPipe:
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      process.standardOutput = pipe.fileHandleForWriting
    }
  }

  func end() throws -> Program.Ending {
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + Self.limit) == .timedOut {
      process.terminate()
      throw Hang(command: process.arguments ?? [])
    }
    let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
    return Program.Ending(
      code: process.terminationStatus + signal,
      output: try Data(contentsOf: URL(fileURLWithPath: outputPath)),
      error: String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self))
  }
}

/// A process did not end.
package struct Hang: Error, CustomStringConvertible {
  package let command: [String]
  package var description: String { "did not end: \(command.joined(separator: " "))" }
}
