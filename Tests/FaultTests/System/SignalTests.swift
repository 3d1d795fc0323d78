import Foundation
import TestSupport
import Testing

/// Signals at random times, where no tool can choose the call.
@Suite struct SignalTests {
  private static let night = "2026-07-05"
  private static let seed: UInt64 = 7

  /// Starts a command and sends it a signal after a while: signal, seconds, command.
  private static let signalLater = """
    import signal, subprocess, sys, time
    process = subprocess.Popen(sys.argv[3:])
    time.sleep(float(sys.argv[2]))
    process.send_signal(int(sys.argv[1]))
    sys.exit(process.wait() % 256)
    """

  private func home() throws -> DataRoot {
    let root = try DataRoot()
    try root.drop("broken-rows", Self.night)
    return root
  }

  @Test(arguments: [2, 9, 15])
  func `a run ended by a signal is made good by the next`(_ signal: Int) throws {
    let undisturbed = try home()
    let begin = Date()
    try undisturbed.run(asOf: Self.night)
    let whole = Date().timeIntervalSince(begin)
    var generator = SeededGenerator(seed: Self.seed + UInt64(signal))
    for _ in 1...4 {
      let delay = whole * Double(generator.next() % 1000) / 1000
      let root = try home()
      _ = try root.run(
        asOf: Self.night,
        through: ["python3", "-c", Self.signalLater, "\(signal)", "\(delay)"])
      #expect([0, 65].contains(try root.run(asOf: Self.night).code), "after \(delay) s")
      #expect(try root.documents() == undisturbed.documents(), "after \(delay) s")
      #expect(try root.inputs() == undisturbed.inputs(), "after \(delay) s")
      #expect(try root.faultsOfSeals() == "", "after \(delay) s")
    }
  }
}
