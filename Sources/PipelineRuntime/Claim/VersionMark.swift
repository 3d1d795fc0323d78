import BillingModel

/// What the versions of one export's billing period are ordered by.
///
/// In this order of trust: a timestamp in the path (Data Exports keeps versions apart by it); the
/// manifest at the top, which AWS keeps as a copy of the newest; the time of the file.
struct VersionMark: Hashable, Sendable {
  /// `2026-04-16T15:24:15.653Z` from a path component `<timestamp>-<executionId>`.
  var timestamp: Text?
  /// A legacy assembly id or a Data Exports execution id; else the delivery's content.
  var identity: Text
  /// True where a manifest outside the version's own folder names it.
  var isTop: Bool
  var fileTime: Int

  /// Which rule says that this version is newer than the other, or nil if it is not newer.
  func newer(than other: VersionMark) -> Text? {
    if let timestamp, let theirs = other.timestamp, timestamp != theirs {
      return timestamp > theirs ? "the timestamp in the path" : nil
    }
    if isTop != other.isTop { return isTop ? "the manifest at the top" : nil }
    if fileTime != other.fileTime { return fileTime > other.fileTime ? "the file time" : nil }
    return identity > other.identity ? "the order of the version ids" : nil
  }

  /// True where nothing that is known without reading tells the two apart.
  func isTied(with other: VersionMark) -> Bool {
    timestamp == other.timestamp && isTop == other.isTop && fileTime == other.fileTime
  }

  /// As the ledger keeps it, to order a later night's version after it.
  var text: Text {
    Text("\(timestamp?.string ?? "-") \(fileTime) \(identity)")
  }

  init(timestamp: Text?, identity: Text, isTop: Bool, fileTime: Int) {
    self.timestamp = timestamp
    self.identity = identity
    self.isTop = isTop
    self.fileTime = fileTime
  }

  /// Reads what ``text`` wrote.
  init?(_ text: Text) {
    let parts = text.string.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let time = Int(parts[1]) else { return nil }
    self.init(
      timestamp: parts[0] == "-" ? nil : Text(parts[0]), identity: Text(parts[2]), isTop: false,
      fileTime: time)
  }

  /// True where a version that arrives in a later night must not replace the booked one: it is older
  /// by the timestamp in its path, or by its file time where neither has a timestamp.
  func isOutdated(by booked: VersionMark) -> Bool {
    if identity == booked.identity { return false }
    if let timestamp, let theirs = booked.timestamp { return timestamp < theirs }
    return timestamp == nil && booked.timestamp == nil && fileTime < booked.fileTime
  }
}

extension VersionMark {
  /// The leading timestamp of a component such as `2026-04-16T15:24:15.653Z-<executionId>`.
  static func timestamp(in component: Substring) -> (time: Text, rest: Text)? {
    guard let end = component.firstIndex(of: "Z") else { return nil }
    let time = component[...end]
    guard time.utf8.count >= 20, Moment(time) != nil else { return nil }
    let rest = component[component.index(after: end)...]
    return (Text(time), Text(rest.hasPrefix("-") ? rest.dropFirst() : rest))
  }
}
