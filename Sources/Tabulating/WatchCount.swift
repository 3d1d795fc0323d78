import ExactNumbers

/// The first look at the groups of one watch: hashes in place of keys, 8 to 16 bytes a group where only
/// repetition is counted.
///
/// Two groups under one 64-bit hash can only make a group look suspicious that is not; the second look
/// compares the keys themselves. Sums could hide one group behind another, so their groups are told
/// apart by 128 bits.
struct WatchCount: Sendable {
  private let trip: Watch.Trip
  private var groups: KeyTable
  /// Rows of each group, counted up to 2 unless a sum needs them all.
  private var rows: [UInt32] = []
  /// Hash of the first compared value, 0 while there was none.
  private var values: [UInt64] = []
  private var differs: [Bool] = []
  private var sums: [Amount] = []

  init(_ trip: Watch.Trip) {
    self.trip = trip
    groups = KeyTable(width: trip.isSum ? 4 : 2)
  }

  /// - Parameters:
  ///   - key: The hash of the group, in as many parts as its trip asks for.
  ///   - value: The hash of the compared field; 0 where it is absent.
  mutating func add(
    _ key: [UInt32], rows count: UInt32 = 1, value: UInt64, differs other: Bool = false,
    sum: Amount
  ) throws(AmountOverflow) {
    let (index, isNew) = groups.index(key)
    if isNew { appendGroup() }
    rows[index] = trip.isSum ? rows[index] &+ count : min(2, rows[index] + count)
    if trip.compared != nil {
      if other || values[index] != 0 && value != 0 && values[index] != value {
        differs[index] = true
      }
      if values[index] == 0 { values[index] = value }
    }
    if trip.isSum { try sums[index] += sum }
  }

  private mutating func appendGroup() {
    rows.append(0)
    if trip.compared != nil {
      values.append(0)
      differs.append(false)
    }
    if trip.isSum { sums.append(.zero) }
  }

  mutating func merge(_ other: WatchCount) throws(AmountOverflow) {
    for index in 0..<other.groups.count {
      try add(
        Array(other.groups.key(index)), rows: other.rows[index],
        value: other.trip.compared == nil ? 0 : other.values[index],
        differs: other.trip.compared == nil ? false : other.differs[index],
        sum: other.trip.isSum ? other.sums[index] : .zero)
    }
  }

  /// The groups that may have tripped.
  func candidates() throws(AmountOverflow) -> KeyTable {
    var result = KeyTable(width: groups.width)
    for index in 0..<groups.count {
      let trips = try trip.trips(
        rows: Int(rows[index]), differs: trip.compared == nil ? false : differs[index],
        sum: trip.isSum ? sums[index] : .zero)
      if trips { _ = result.index(Array(groups.key(index))) }
    }
    return result
  }
}
