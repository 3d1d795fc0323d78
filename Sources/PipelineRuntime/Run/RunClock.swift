import BillingModel
import ByteStreaming
import Foundation

/// What a run tells about itself beside its documents: when, how long, with what. `out/` holds none of
/// it, so that the same inputs give the same bytes.
struct RunClock {
  let started = Moment(seconds: Surroundings.wallSeconds)
  private let startedNanoseconds = Surroundings.monotonicNanoseconds

  private struct Document: Encodable {
    var started: String
    var seconds: String
    var definition: String
    var asOf: String
    var workers: Int
    var version: String
    var host: String
    var outcome: String
    var judged: [Text]
    var loaded: [Text]
  }

  func write(to folder: Path, _ plan: RunPlan, _ outcome: RunOutcome) throws(Stop) {
    let milliseconds = (Surroundings.monotonicNanoseconds - startedNanoseconds) / 1_000_000
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    let document = Document(
      started: started.description, seconds: "\(milliseconds / 1000).\(fraction)",
      definition: plan.definition.name, asOf: plan.asOf.description, workers: plan.workers.count,
      version: Release.description, host: ProcessInfo.processInfo.hostName,
      outcome: outcome.headline,
      judged: outcome.judged, loaded: outcome.loaded)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let bytes = [UInt8](try encoder.encode(document))
      let name = started.description.replacing(":", with: "")
      try AtomicFile.write(bytes + [UInt8(ascii: "\n")], to: try free(folder, name))
    } catch let error as FileError {
      throw Stop(error)
    } catch {
      throw .inputOutput("the record of the run cannot be written: \(error)")
    }
  }

  /// Two runs may begin in one second.
  private func free(_ folder: Path, _ name: String) throws(FileError) -> Path {
    var path = folder.appending("\(name).json")
    var number = 2
    while try path.kind() != nil {
      path = folder.appending("\(name)-\(number).json")
      number += 1
    }
    return path
  }
}
