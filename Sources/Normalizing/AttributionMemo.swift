package import BillingModel

/// Remembers what the tag rules made of a set of tags: exports repeat the same few sets millions of times.
///
/// What it holds is bounded, since tags with a value of their own on each resource can make millions of
/// sets. Forgetting costs time and changes no result.
package struct AttributionMemo {
  private let attributor: Attributor
  private let capacity: Int
  private var known: [TagSet: Attribution] = [:]

  package init(_ attributor: Attributor, capacity: Int = 1 << 15) {
    self.attributor = attributor
    self.capacity = capacity
  }

  package mutating func attribution(tags: TagSet, subAccountID: Text) -> Attribution {
    attributor.completed(attribution(tags: tags), subAccountID: subAccountID)
  }

  /// What the tags alone say.
  mutating func attribution(tags: TagSet) -> Attribution {
    if let attribution = known[tags] { return attribution }
    if known.count >= capacity { known.removeAll(keepingCapacity: true) }
    let attribution = attributor.attribution(tags: tags)
    known[tags] = attribution
    return attribution
  }
}
