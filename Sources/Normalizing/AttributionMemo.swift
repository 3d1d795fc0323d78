import BillingModel

/// Remembers what the tag rules made of a set of tags, and what each key is good for: exports repeat the
/// same few millions of times.
///
/// What it holds is bounded, since tags with a value of their own on each resource can make millions of
/// sets. Forgetting costs time and changes no result.
struct AttributionMemo {
  let attributor: Attributor
  private let capacity: Int
  private var known: [TagSet: TagReading] = [:]
  private var roles: [Text: Attributor.KeyRole] = [:]

  init(_ attributor: Attributor, capacity: Int = 1 << 15) {
    self.attributor = attributor
    self.capacity = capacity
  }

  mutating func reading(_ tags: TagSet) -> TagReading {
    if let reading = known[tags] { return reading }
    if known.count >= capacity { known.removeAll(keepingCapacity: true) }
    let reading = attributor.reading(tags) { role(of: $0) }
    known[tags] = reading
    return reading
  }

  mutating func role(of key: Text) -> Attributor.KeyRole {
    if let role = roles[key] { return role }
    if roles.count >= capacity { roles.removeAll(keepingCapacity: true) }
    let found = attributor.role(of: key)
    roles[key] = found
    return found
  }
}
