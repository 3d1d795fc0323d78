import ByteStreaming

/// Standard output and error for the command line.
package enum Console {
  /// Prints a result; a full disk or a closed pipe is an error, never silence.
  package static func print(_ text: String) throws(Stop) {
    try print(Array((text.hasSuffix("\n") || text.isEmpty ? text : text + "\n").utf8))
  }

  static func print(_ bytes: [UInt8]) throws(Stop) {
    do throws(FileError) {
      try StandardStream.output.write(bytes)
    } catch {
      throw Stop(error)
    }
  }

  /// Progress and warnings; that they cannot be shown never stops a run.
  package static func warn(_ text: String, terminator: String = "\n") {
    do throws(FileError) {
      try StandardStream.error.write(text + terminator)
    } catch {
      return
    }
  }

  package static var errorIsTerminal: Bool { StandardStream.error.isTerminal }
}

extension Stop {
  /// A failed system call as a reason to stop.
  init(_ error: FileError) {
    switch error.kind {
    case .permission: self = .permission(error.description)
    case .cannotCreate: self = .cannotCreate(error.description)
    case .other:
      self = error.isNotFound ? .missing(error.description) : .inputOutput(error.description)
    }
  }
}
