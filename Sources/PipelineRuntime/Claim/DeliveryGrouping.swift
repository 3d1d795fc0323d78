import BillingModel
import ByteStreaming

/// Groups the export files of an inbox into deliveries and picks the newest version of each.
struct DeliveryGrouping {
  /// Ready to be read; at most one for each export and billing period.
  private(set) var ready: [Delivery] = []
  /// Complete, but an newer version lies beside them: archived unread.
  private(set) var superseded: [Delivery] = []
  private(set) var leftAlone: [LeftAlone] = []
  private(set) var refused: [InboxFile] = []
  /// Loose files whose very bytes lie beside them under another name: they count once.
  private(set) var duplicates: [InboxFile] = []

  private struct VersionKey: Hashable {
    var exportName: Text
    var period: Text
  }

  /// - Parameter earlierManifests: The names of manifests that earlier nights followed. What lies in
  ///   their folders belongs to their exports and is not loose.
  init(_ files: [InboxFile], earlierManifests: [Text] = []) {
    let manifests = files.filter { if case .manifest = $0.content { true } else { false } }
    let exports = files.filter { if case .export = $0.content { true } else { false } }
    var taken: Set<Text> = []
    var anchors = Set(earlierManifests.flatMap { Self.anchors(of: [Path($0.string)]) })
    var complete: [VersionKey: [Delivery]] = [:]
    for copies in Self.copies(manifests) {
      switch Self.assemble(copies, from: exports) {
      case .refused(let files): refused += files
      case .incomplete(let delivery, let missing):
        taken.formUnion(delivery.files.map(\.name))
        anchors.formUnion(Self.anchors(of: delivery))
        leftAlone += Self.waiting(delivery, missing)
      case .complete(let delivery):
        taken.formUnion(delivery.files.map(\.name))
        anchors.formUnion(Self.anchors(of: delivery))
        let period = delivery.billingPeriod.map { Text($0.description) } ?? ""
        complete[VersionKey(exportName: delivery.exportName, period: period), default: []]
          .append(delivery)
      }
    }
    for versions in complete.values { choose(among: versions) }
    groupLoose(exports.filter { !taken.contains($0.name) }, anchors: anchors)
    ready.sort { ($0.exportName, $0.mark.identity) < ($1.exportName, $1.mark.identity) }
    superseded.sort { ($0.exportName, $0.mark.identity) < ($1.exportName, $1.mark.identity) }
    leftAlone.sort { $0.name < $1.name }
    refused.sort { $0.name < $1.name }
  }

  /// The same, with every complete version ready to be read, the oldest first.
  var withHistory: DeliveryGrouping {
    var result = self
    let older = (superseded + ready.flatMap(\.rivals))
      .sorted { $1.mark.newer(than: $0.mark) != nil }
    for index in result.ready.indices { result.ready[index].rivals = [] }
    result.ready = older + result.ready
    result.superseded = []
    return result
  }

  // MARK: Manifests

  private enum Assembly {
    case complete(Delivery)
    case incomplete(Delivery, missing: [Text])
    case refused([InboxFile])
  }

  /// Manifest files that say the same: AWS writes one beside the version and a copy at the top.
  private static func copies(_ manifests: [InboxFile]) -> [[(InboxFile, Manifest)]] {
    struct Version: Hashable {
      var identity: Text
      var keys: [Text]
    }
    var groups: [Version: [(InboxFile, Manifest)]] = [:]
    for file in manifests {
      guard case .manifest(let manifest) = file.content else { continue }
      groups[Version(identity: manifest.identity, keys: manifest.keys), default: []]
        .append((file, manifest))
    }
    return groups.values.map { $0.sorted { $0.0.name < $1.0.name } }
      .sorted { $0[0].0.name < $1[0].0.name }
  }

  private static func assemble(
    _ copies: [(file: InboxFile, manifest: Manifest)], from exports: [InboxFile]
  ) -> Assembly {
    let (first, manifest) = copies[0]
    do throws(ManifestFault) {
      let (found, missing) = try manifest.match(exports, besides: first.folder)
      let paths = copies.flatMap { $0.file.components } + found.flatMap(\.components)
      let timestamp = paths.lazy.compactMap { VersionMark.timestamp(in: $0)?.time }.first
      let delivery = Delivery(
        exportName: manifest.exportName,
        billingPeriod: manifest.billingPeriod ?? paths.lazy.compactMap(period(in:)).first,
        files: found.sorted { $0.name < $1.name }, manifests: copies.map(\.file),
        mark: VersionMark(
          timestamp: timestamp, identity: manifest.identity,
          isTop: copies.contains { isTop($0.file, of: manifest) },
          fileTime: copies.map { $0.file.status.modifiedNanoseconds }.max() ?? 0))
      return missing.isEmpty ? .complete(delivery) : .incomplete(delivery, missing: missing)
    } catch {
      return .refused(
        copies.map { copy in
          var file = copy.file
          file.content = .refused(code: "ManifestNotFollowed", reason: Text(error.description))
          return file
        })
    }
  }

  /// `BILLING_PERIOD=2026-04`.
  private static func period(in component: Substring) -> BillingPeriod? {
    component.hasPrefix("BILLING_PERIOD=") ? BillingPeriod(component.dropFirst(15)) : nil
  }

  /// A manifest that lies in no folder of its own version.
  private static func isTop(_ file: InboxFile, of manifest: Manifest) -> Bool {
    !file.components.dropLast().contains { $0.contains(manifest.identity.string) }
  }

  /// Folders whose other export files belong to this export and must not be taken for loose ones.
  private static func anchors(of delivery: Delivery) -> [Text] {
    anchors(of: (delivery.files + delivery.manifests).map { Path($0.name.string) })
  }

  private static func anchors(of paths: [Path]) -> [Text] {
    let folders = paths.map { path in
      let parts = path.description.split(separator: "/").dropLast()
      let cut = parts.firstIndex { $0.hasPrefix("BILLING_PERIOD=") }
      return Text((cut.map { parts[...$0] } ?? parts).joined(separator: "/"))
    }
    return folders.filter { !$0.isEmpty }
  }

  private static func waiting(_ delivery: Delivery, _ missing: [Text]) -> [LeftAlone] {
    let total = delivery.files.count + missing.count
    let reason = Text(
      "waits for \(missing.count) of \(total) files of \(delivery.exportName); first missing: "
        + "\(missing.sorted()[0])")
    return delivery.manifests.map {
      LeftAlone(name: $0.name, kind: "manifest", outcome: "waiting", reason: reason)
    }
      + delivery.files.map {
        LeftAlone(name: $0.name, kind: "export", outcome: "waiting", reason: reason)
      }
  }

  private mutating func choose(among versions: [Delivery]) {
    var newest = versions[0]
    for version in versions.dropFirst() {
      if version.mark.newer(than: newest.mark) != nil { newest = version }
    }
    let others = versions.filter { $0.mark != newest.mark }
    newest.rivals = others.filter { $0.mark.isTied(with: newest.mark) }
    let older = others.filter { !$0.mark.isTied(with: newest.mark) }
    // The rule that put it before the nearest of the others.
    let runnerUp = older.max { $1.mark.newer(than: $0.mark) != nil }
    newest.decidedBy = runnerUp.flatMap { newest.mark.newer(than: $0.mark) } ?? ""
    superseded += older
    ready.append(newest)
  }

  // MARK: Loose files

  private mutating func groupLoose(_ files: [InboxFile], anchors: Set<Text>) {
    struct Group: Hashable {
      var folder: Text
      var format: ExportFormat
    }
    var groups: [Group: [InboxFile]] = [:]
    for file in files {
      guard case .export(let format) = file.content else { continue }
      if Self.ancestors(of: file).contains(where: anchors.contains) {
        leftAlone.append(
          LeftAlone(
            name: file.name, kind: Text(format.rawValue), outcome: "waiting",
            reason: "the newest manifest does not name it"))
      } else if file.components.dropLast().contains(where: Self.isVersionFolder) {
        leftAlone.append(
          LeftAlone(
            name: file.name, kind: Text(format.rawValue), outcome: "waiting",
            reason: "waits for the manifest of its version; without one, move it to another folder")
        )
      } else {
        groups[Group(folder: file.folder, format: format), default: []].append(file)
      }
    }
    for (group, files) in groups {
      let files = once(files.sorted { $0.name < $1.name })
      ready.append(
        Delivery(
          exportName: Delivery.looseName(folder: group.folder, group.format), billingPeriod: nil,
          files: files, manifests: [],
          mark: VersionMark(
            timestamp: nil, identity: ContentHash.of(files.map(\.sha256)), isTop: false,
            fileTime: files.map(\.status.modifiedNanoseconds).max() ?? 0)))
    }
  }

  /// Where AWS keeps versions apart, each has a folder `<timestamp>-<id>` or of an assembly id, and a
  /// manifest that comes last: a chunk alone is half a delivery.
  private static func isVersionFolder(_ component: Substring) -> Bool {
    VersionMark.timestamp(in: component) != nil
      || component.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
  }

  private mutating func once(_ files: [InboxFile]) -> [InboxFile] {
    var seen: Set<Text> = []
    return files.filter { file in
      let isFirst = seen.insert(file.sha256).inserted
      if !isFirst { duplicates.append(file) }
      return isFirst
    }
  }

  private static func ancestors(of file: InboxFile) -> [Text] {
    let parts = file.components.dropLast()
    return parts.indices.map { Text(parts[...$0].joined(separator: "/")) }
  }
}
