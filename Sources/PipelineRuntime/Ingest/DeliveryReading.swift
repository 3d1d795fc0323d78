import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Tabulating

/// A file of a delivery that cannot be used, and why.
struct FaultyFile: Sendable {
  var file: InboxFile
  var fault: ExportFault
}

/// Reads the files of one delivery on all workers.
struct DeliveryReading {
  /// The sums of the files without a fault; empty where a fault leaves a delivery with a manifest
  /// incomplete.
  private(set) var contents = ExportContents()
  private(set) var faulty: [FaultyFile] = []

  /// The last resort for ordering versions; the epoch where no row states a start.
  var latestUsageStart: Moment {
    contents.files.compactMap(\.latestUsageStart).max() ?? Moment(seconds: 0)
  }

  init(_ delivery: Delivery, pass: ExportPass, workers: WorkerPool) throws(Stop) {
    // The largest file first, so that no worker is left alone with it at the end.
    var files = delivery.files.sorted { ($1.status.size, $0.name) < ($0.status.size, $1.name) }
    while !files.isEmpty {
      let looks = Self.look(files, workers) { pass.makeWorker() }
      var found = looks.flatMap(\.faulty)
      if found.isEmpty {
        let first = try Stop.catching(delivery.exportName.string) { () throws(MergeFault) in
          try pass.merge(looks.map(\.worker), on: workers)
        }
        contents = first.contents
        guard first.needsSecondLook else { break }
        let seconds = Self.look(files, workers) { first.makeWorker() }
        found = seconds.flatMap(\.faulty)
        if found.isEmpty {
          contents = try Stop.catching(delivery.exportName.string) { () throws(MergeFault) in
            try first.finish(seconds.map(\.worker))
          }
          break
        }
        contents = ExportContents()
      }
      faulty += found
      if !delivery.isLoose { break }
      // Half a file is in the sums: begin anew without it.
      let names = Set(found.map(\.file.name))
      files.removeAll { names.contains($0.name) }
    }
    faulty.sort { $0.file.name < $1.file.name }
  }

  /// What one worker holds: its tables, and the files that broke them.
  private struct Look: Sendable {
    var worker: ExportWorker
    var faulty: [FaultyFile] = []
  }

  private static func look(
    _ files: [InboxFile], _ workers: WorkerPool, _ makeWorker: @Sendable () -> ExportWorker
  ) -> [Look] {
    workers.drain(files, makeState: { Look(worker: makeWorker()) }) { look, _, file in
      do throws(ExportFault) {
        let identity = ExportFile(name: file.name, sha256: file.sha256)
        try workers.withExport(file.path, file.name, among: files.count) {
          source throws(ExportFault) in
          try look.worker.read(&source, identity)
        }
      } catch {
        look.faulty.append(FaultyFile(file: file, fault: error))
        // Its tables are spoilt; the other files are read on, to name every fault at once.
        look.worker = makeWorker()
      }
    }
  }
}
