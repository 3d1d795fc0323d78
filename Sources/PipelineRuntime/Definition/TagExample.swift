import BillingModel
import Normalizing

/// What a rule should make of some tags, written beside the rule.
struct TagExample {
  let node: YAMLNode
  let tags: TagSet
  let dimension: Dimension
  let value: Text
  let tier: EvidenceTier
  let rule: Text

  /// Without `rule:` the rule that the example stands in must fire.
  init?(_ node: YAMLNode, dimension: Dimension, rule: Text) {
    let values = node.mapping(["tags", "value", "tier", "rule"], required: ["tags", "tier"])
    let words = EvidenceTier.allCases.filter { $0 != .review }.map(\.rawValue)
    guard let tags = values["tags"]?.entries(),
      let tier = values["tier"]?.word(among: words).flatMap(EvidenceTier.init(rawValue:))
    else { return nil }
    self.node = node
    self.tags = TagSet(
      tags.compactMap { key, value in
        guard let key = key.text(), let value = value.text() else { return nil }
        return Tag(Text(key), Text(value))
      })
    self.dimension = dimension
    self.value = Text(values["value"]?.text() ?? "")
    self.tier = tier
    self.rule = values["rule"]?.text().map { Text($0) } ?? (tier == .unknown ? "" : rule)
  }

  func run(_ attributor: Attributor) {
    let found = attributor.attribution(tags: tags, subAccountID: "")[dimension]
    let given = Self.told(found.value, found.tier, found.rule)
    let wanted = Self.told(value, tier, rule)
    if given != wanted {
      node.mistake("the example gives \(dimension.rawValue) \(given), not \(wanted)")
    }
  }

  private static func told(_ value: Text, _ tier: EvidenceTier, _ rule: Text) -> String {
    tier == .unknown ? "unknown" : "\"\(value)\" (tier \(tier.rawValue), rule \"\(rule)\")"
  }
}
