import BillingLedger
import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting

/// Gathers the line items of findings that are claimed back, from the files that lie in the archive and
/// from those that came tonight.
struct DisputeEvidence {
  /// More lines than anyone checks by hand; a letter says so where there are more.
  static let lineLimit = 10_000

  private let home: Home
  private let versions: [BookedVersion]
  private let inputs: [Text: KnownInput]
  /// By where they lie.
  private let documents: [Place: Invoice]
  /// Where the files of tonight lie until they are moved.
  private let tonight: [Text: Path]

  /// - Parameter documents: All that are known.
  init(_ night: NightWork, _ files: [InboxFile], documents: [Invoice]) {
    self.documents = Dictionary(
      documents.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    home = night.plan.home
    versions = night.book.versions.filter { $0.role == .booked }
    inputs = Dictionary(
      (night.memory.inputs + night.inputs).map { ($0.sha256, $0) },
      uniquingKeysWith: { first, _ in first })
    tonight = Dictionary(
      files.map { ($0.sha256, $0.path) }, uniquingKeysWith: { first, _ in first })
  }

  /// The reports, each with a pack for every claim whose finding is still there: also for one that is
  /// settled, refused or to be decided again, since its letter went out.
  func completed(_ reports: [PeriodReport]) throws(Stop) -> [PeriodReport] {
    var completed: [PeriodReport] = []
    for var report in reports {
      let found = Dictionary(
        report.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let packs = report.disputes.compactMap { dispute in
        found[dispute.findingID].map { DisputePack(dispute: dispute, reported: $0) }
      }.map(withDocuments)
      report.packs += packs.filter { !$0.documents.isEmpty }
      let ofLines = packs.filter(\.documents.isEmpty)
      for payer in Set(ofLines.map(\.dispute.key.billingAccountID)).sorted() {
        report.packs += try filled(ofLines.filter { $0.dispute.key.billingAccountID == payer })
      }
      report.packs.sort { $0.dispute.findingID < $1.dispute.findingID }
      completed.append(report)
    }
    return completed
  }

  /// A finding whose evidence is a document is about that document, and not about line items.
  private func withDocuments(_ pack: DisputePack) -> DisputePack {
    var pack = pack
    pack.documents = pack.reported.finding.evidence.compactMap { documents[$0] }
    return pack
  }

  /// Packs of one payer and period, with their lines.
  private func filled(_ packs: [DisputePack]) throws(Stop) -> [DisputePack] {
    guard let key = packs.first?.dispute.key else { return [] }
    let periods = packs.reduce(into: Set([key.billingPeriod])) { periods, pack in
      periods.formUnion(pack.reported.finding.selection?.otherPeriods ?? [])
    }
    var (files, missing) = try exports(of: key.billingAccountID, periods)
    let found: [Text: RecordSearch.Found]
    do throws(ExportFault) {
      found = try search(packs, files)
    } catch {
      // A file that went bad in the archive keeps nobody from the letter.
      missing = files.map(\.file.name.string) + missing
      (files, found) = ([], [:])
    }
    var lines = LineCollection(found.values.flatMap(\.places))
    for (path, file) in files { try lines.read(path, file) }
    return packs.map { pack in
      var pack = pack
      let own = found[pack.dispute.findingID] ?? RecordSearch.Found()
      (pack.columns, pack.lines) = lines.lines(own.places)
      if own.rows > own.places.count {
        pack.lacking = Words(
          "the first \(own.places.count) of \(own.rows)",
          zh: "共 \(own.rows) 行中的前 \(own.places.count) 行")
      } else if !missing.isEmpty {
        let files = missing.sorted().joined(separator: ", ")
        pack.lacking = Words(
          "without those of files that can no longer be read: \(files)",
          zh: "不含已无法读取的文件中的行：\(files)")
      }
      return pack
    }
  }

  /// The export files of the booked versions, and those that are gone.
  private func exports(
    of payer: Text, _ periods: Set<BillingPeriod>
  ) throws(Stop) -> (files: [(path: Path, file: ExportFile)], missing: [String]) {
    let hashes = versions.filter {
      $0.billingAccountID == payer && periods.contains($0.billingPeriod)
    }.flatMap(\.files)
    var files: [(path: Path, file: ExportFile)] = []
    var missing: [String] = []
    for hash in hashes.sorted() {
      guard let input = inputs[hash], ExportFormat(rawValue: input.kind.string) != nil else {
        continue
      }
      var path = tonight[hash]
      if path == nil { path = try archived(input) }
      if let path {
        files.append((path, ExportFile(name: input.name, sha256: hash)))
      } else {
        missing.append(input.name.string)
      }
    }
    return (files, missing)
  }

  private func archived(_ input: KnownInput) throws(Stop) -> Path? {
    do throws(FileError) {
      let path = try home.file(of: input)
      return try path.kind() == nil ? nil : path
    } catch {
      if error.isNotFound { return nil }
      throw Stop(error)
    }
  }

  // MARK: Which lines

  /// One pass for all packs.
  private func search(
    _ packs: [DisputePack], _ files: [(path: Path, file: ExportFile)]
  ) throws(ExportFault) -> [Text: RecordSearch.Found] {
    let searches = packs.map { pack in
      (
        id: pack.dispute.findingID,
        search: RecordSearch(
          pack.reported.finding, named: pack.dispute.findingID, limit: Self.lineLimit)
      )
    }
    let groups = try RecordSearch.groups(searches.flatMap(\.search.screens), in: files)
    var found: [Text: RecordSearch.Found] = [:]
    for (id, search) in searches {
      do throws(AmountOverflow) {
        found[id] = try search.found(in: groups)
      } catch {
        throw ExportFault(code: "OutOfRange", message: "\(error)")
      }
    }
    return found
  }
}

/// The wanted records of some files, as they stand.
private struct LineCollection {
  private var wanted: [Text: Set<Int>] = [:]
  private var header: [Text] = []
  private var found: [Place: (file: Text, cells: [Text: Text])] = [:]

  init(_ places: [Place]) {
    for place in places { wanted[place.file, default: []].insert(place.record) }
  }

  mutating func read(_ path: Path, _ file: ExportFile) throws(Stop) {
    guard let records = wanted[file.sha256] else { return }
    do throws(ExportFault) {
      var source = try ByteSource(export: path, name: file.name)
      let read = try ExportRecords(&source, file, records: records)
      let known = Set(header)
      header += read.header.filter { !known.contains($0) }
      for (number, fields) in read.records {
        found[Place(file: file.sha256, record: number)] = (
          file.name,
          Dictionary(zip(read.header, fields), uniquingKeysWith: { first, _ in first })
        )
      }
    } catch {
      throw .inputOutput(error.message.string)
    }
  }

  /// The lines at some places, and the columns that any of them fills.
  func lines(_ places: [Place]) -> ([Text], [DisputePack.Line]) {
    let rows = places.compactMap { place in found[place].map { (place, $0) } }
    let columns = header.filter { name in
      rows.contains { !($0.1.cells[name] ?? "").isEmpty }
    }
    return (
      columns,
      rows.map { place, row in
        DisputePack.Line(
          place: place, file: row.file, cells: columns.map { row.cells[$0] ?? "" })
      }
    )
  }
}
