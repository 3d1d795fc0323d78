import Foundation

/// The data files of an export, each behind a `gzip -6` of its own, which share the cores.
///
/// Rows come in blocks no larger than a pipe holds, one file after the other, so that no `gzip` waits
/// for another.
struct CompressedFiles {
  private let paths: [URL]
  private var processes: [Process] = []
  private var pipes: [Pipe] = []
  private var next = 0
  private(set) var plainBytes = 0

  init(_ paths: [URL], header: [UInt8]) throws {
    self.paths = paths
    for path in paths {
      guard FileManager.default.createFile(atPath: path.path, contents: nil) else {
        throw CompressionFault("cannot write \(path.path)")
      }
      let pipe = Pipe()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", "-6", "-n"]
      process.standardInput = pipe
      process.standardOutput = try FileHandle(forWritingTo: path)
      try process.run()
      try pipe.fileHandleForReading.close()
      pipes.append(pipe)
      processes.append(process)
    }
    for _ in paths { try append(header) }
  }

  static let blockSize = 60_000

  /// Writes a block of whole rows to the file whose turn it is.
  mutating func append(_ block: [UInt8]) throws {
    try pipes[next].fileHandleForWriting.write(contentsOf: Data(block))
    plainBytes += block.count
    next = (next + 1) % pipes.count
  }

  /// Waits for the last byte; returns how many there are in all files.
  func finish() throws -> Int {
    for pipe in pipes { try pipe.fileHandleForWriting.close() }
    var bytes = 0
    for (process, path) in zip(processes, paths) {
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw CompressionFault("gzip ended with \(process.terminationStatus)")
      }
      bytes += try path.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    }
    return bytes
  }
}

/// A data file could not be written.
struct CompressionFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
