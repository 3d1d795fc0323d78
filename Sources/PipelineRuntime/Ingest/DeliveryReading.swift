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

  /// - Parameter kept: What earlier nights read, and where this one leaves what it reads; nil reads all.
  init(
    _ delivery: Delivery, pass: ExportPass, workers: WorkerPool, kept: KeptSummaries?
  ) throws(Stop) {
    // The largest file first, so that no worker is left alone with it at the end.
    var files = delivery.files.sorted { ($1.status.size, $0.name) < ($0.status.size, $1.name) }
    while !files.isEmpty {
      let (contents, found) = try Self.read(files, delivery, pass, workers, kept)
      self.contents = contents
      if found.isEmpty { break }
      // A full disk or a failed read says nothing about the file: nothing may be set aside for it.
      if let failure = found.compactMap(\.fault.failure).first { throw Stop(failure) }
      faulty += found
      if !delivery.isLoose { break }
      // Half a file is in the sums: begin anew without it.
      let names = Set(found.map(\.file.name))
      files.removeAll { names.contains($0.name) }
    }
    faulty.sort { $0.file.name < $1.file.name }
  }

  /// Reads files, twice where a screen over groups asks for it. Where some are faulty nothing is summed.
  private static func read(
    _ files: [InboxFile], _ delivery: Delivery, _ pass: ExportPass, _ workers: WorkerPool,
    _ kept: KeptSummaries?
  ) throws(Stop) -> (ExportContents, [FaultyFile]) {
    let looks = look(files, workers, pass.makeWorker) { worker, file throws(ExportFault) in
      try takeIn(file, with: &worker, workers, kept, among: files.count)
    }
    var faulty = looks.flatMap(\.faulty)
    guard faulty.isEmpty else { return (ExportContents(), faulty) }
    let first = try Stop.catching(delivery.exportName.string) { () throws(MergeFault) in
      try pass.merge(looks.map(\.worker), on: workers)
    }
    guard first.needsSecondLook else { return (first.contents, []) }
    let seconds = look(files, workers, first.makeWorker) { worker, file throws(ExportFault) in
      try workers.withExport(file.path, file.name, among: files.count) {
        source throws(ExportFault) in
        try worker.read(&source, file.identity)
      }
    }
    faulty = seconds.flatMap(\.faulty)
    guard faulty.isEmpty else { return (ExportContents(), faulty) }
    let contents = try Stop.catching(delivery.exportName.string) { () throws(MergeFault) in
      try first.finish(seconds.map(\.worker))
    }
    return (contents, [])
  }

  /// What one worker holds: its tables, and the files that broke them.
  private struct Look: Sendable {
    var worker: ExportWorker
    var faulty: [FaultyFile] = []
  }

  private static func look(
    _ files: [InboxFile], _ workers: WorkerPool, _ makeWorker: @Sendable () -> ExportWorker,
    _ read: @Sendable (inout ExportWorker, InboxFile) throws(ExportFault) -> Void
  ) -> [Look] {
    workers.drain(files, makeState: { Look(worker: makeWorker()) }) { look, _, file in
      do throws(ExportFault) {
        try read(&look.worker, file)
      } catch {
        look.faulty.append(FaultyFile(file: file, fault: error))
        // Its tables are spoilt; the other files are read on, to name every fault at once.
        look.worker = makeWorker()
      }
    }
  }

  /// Takes in what was kept of a file, else reads it and keeps what was read.
  private static func takeIn(
    _ file: InboxFile, with worker: inout ExportWorker, _ workers: WorkerPool,
    _ kept: KeptSummaries?, among count: Int
  ) throws(ExportFault) {
    if let summary = kept?.summary(of: file.sha256), worker.absorb(summary, as: file.identity) {
      return
    }
    let summary = try workers.withExport(file.path, file.name, among: count) {
      source throws(ExportFault) in
      try worker.readWhole(&source, file.identity)
    }
    // Bytes that changed since they were hashed are those of another file.
    if file.liesAsItLay { kept?.keep(summary, of: file.sha256) }
  }
}

extension InboxFile {
  fileprivate var identity: ExportFile { ExportFile(name: name, sha256: sha256) }

  fileprivate var liesAsItLay: Bool {
    guard let file = try? InputFile(path), let now = try? file.status() else { return false }
    return now == status
  }
}
