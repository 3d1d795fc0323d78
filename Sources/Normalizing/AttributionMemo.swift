package import BillingModel

/// Remembers what the tag rules made of a set of tags, and where each key leads: exports repeat the same
/// few millions of times.
///
/// What it holds is bounded, since tags with a value of their own on each resource can make millions of
/// sets. Forgetting costs time and changes no result.
package struct AttributionMemo {
  private let attributor: Attributor
  private let capacity: Int
  private var known: [TagSet: Attribution] = [:]
  private var leads: [Text: [Attributor.Lead]] = [:]

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
    let attribution = attributor.attribution(tags: tags) { leads(of: $0) }
    known[tags] = attribution
    return attribution
  }

  private mutating func leads(of key: Text) -> [Attributor.Lead] {
    if let leads = leads[key] { return leads }
    if leads.count >= capacity { leads.removeAll(keepingCapacity: true) }
    let found = attributor.leads(of: key)
    leads[key] = found
    return found
  }
}
