import Foundation

/// What the machine is, asked once.
enum Machine {
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
