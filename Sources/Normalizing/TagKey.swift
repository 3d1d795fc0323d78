import BillingModel

/// A tag key without what the export put before it.
///
/// One tag, `CostCenter`, arrives as `resourceTags/user:CostCenter` (legacy CUR, CUR 2.0 `tags`),
/// `user_cost_center` (CUR 2.0 `resource_tags`), `resource_tags_user_cost_center` (flattened), and
/// `user:CostCenter` or `CostCenter` (FOCUS).
struct TagKey {
  /// The tag's own key, as far as the export kept it.
  let own: Text
  /// The export rewrote the key: its case and separators are not the tagger's.
  let isSnaked: Bool
  let folded: Text

  /// Nil for keys that AWS makes itself.
  init?(_ raw: Text, _ rules: TagRules) {
    guard Self.longest(of: rules.reservedPrefixes, before: raw) == nil else { return nil }
    let kept = Self.longest(of: rules.keyPrefixes, before: raw)
    let snaked = Self.longest(of: rules.snakePrefixes, before: raw)
    isSnaked = (snaked ?? 0) > (kept ?? 0)
    own = Text(decoding: raw.string.utf8.dropFirst(max(snaked ?? 0, kept ?? 0)))
    folded = Spelling.foldedKey(own.string)
  }

  /// What follows the prefix of a key that AWS makes itself, folded; nil for any other key.
  static func madeByAWS(_ raw: Text, _ rules: TagRules) -> Text? {
    longest(of: rules.reservedPrefixes, before: raw).map {
      Spelling.foldedKey(String(decoding: raw.string.utf8.dropFirst($0), as: UTF8.self))
    }
  }

  /// Whether the tag has exactly this key. A rewritten key cannot testify against it.
  func isSpelled(_ key: Text) -> Bool {
    isSnaked ? folded == Spelling.foldedKey(key.string) : own == key
  }

  /// The length in bytes of the longest prefix that `key` begins with, and goes on after.
  private static func longest(of prefixes: [Text], before key: Text) -> Int? {
    prefixes.map(\.string.utf8)
      .filter { $0.count < key.string.utf8.count && key.string.utf8.starts(with: $0) }
      .map(\.count).max()
  }
}

/// Keys in the order of their strength, found among those of an export whichever way it spells them.
struct KeyList: Sendable {
  /// By what follows AWS's prefix, folded: `aws:cloudformation:stack-name` arrives as
  /// `resourceTags/aws:cloudformation:stack-name` or `aws_cloudformation_stack_name`.
  private var ofAWS: [Text: Int] = [:]
  private var own: [Text: Int] = [:]

  init(_ keys: [Text], _ rules: TagRules) {
    for (rank, key) in keys.enumerated() {
      if let made = TagKey.madeByAWS(key, rules) {
        ofAWS[made] = ofAWS[made] ?? rank
      } else {
        let folded = Spelling.foldedKey(key.string)
        own[folded] = own[folded] ?? rank
      }
    }
  }

  /// The position of a key in the list.
  func rank(of raw: Text, _ rules: TagRules) -> Int? {
    if let made = TagKey.madeByAWS(raw, rules) { return ofAWS[made] }
    return TagKey(raw, rules).flatMap { own[$0.folded] }
  }
}
