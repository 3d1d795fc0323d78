#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and error, written to the end: a full disk or a closed pipe is an error, not silence.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  package func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  package func write(_ bytes: [UInt8]) throws(FileError) {
    // A closed pipe must come back as EPIPE instead of ending the process without a word.
    signal(SIGPIPE, SIG_IGN)
    try writeAll(bytes, to: rawValue, Path(self == .output ? "standard output" : "standard error"))
  }

  package var isTerminal: Bool { isatty(rawValue) == 1 }
}

/// The environment and the clocks of the machine.
package enum Surroundings {
  package static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package static var wallSeconds: Int { time(nil) }

  /// For durations; never goes back.
  package static var monotonicNanoseconds: Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec)
  }

  package static func sleep(seconds: Int) { _ = systemSleep(UInt32(seconds)) }
}

private func systemSleep(_ seconds: UInt32) -> UInt32 {
  #if canImport(Darwin)
    Darwin.sleep(seconds)
  #else
    Glibc.sleep(seconds)
  #endif
}
