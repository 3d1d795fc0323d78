package import BillingModel

/// The name by which people speak of a finding: a hash of its stable business key, so that the same
/// finding has the same name tomorrow.
package enum FindingID {
  package static func of(_ key: FindingKey) -> Text {
    let joined = key.parts.map(\.string).joined(separator: "\u{1F}")
    return Text("F-" + ContentHash.of(Array(joined.utf8)).string.prefix(16))
  }
}
