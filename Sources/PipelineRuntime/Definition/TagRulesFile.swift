import BillingModel
import Normalizing
import Yams

/// Reads `tags/cost-allocation.yaml`: how tags become the six dimensions, each rule with examples.
struct TagRulesFile {
  private(set) var rules = TagRules()
  private(set) var examples: [TagExample] = []

  static func read(_ root: YAMLNode) -> TagRules { TagRulesFile(root).rules }

  init(_ root: YAMLNode) {
    let values = root.mapping(["exports", "placeholders", "dimensions"], required: ["dimensions"])
    if let node = values["exports"] { readExports(node) }
    rules.placeholders = values["placeholders"].map(Self.texts) ?? []
    let dimensions = values["dimensions"]?.mapping(Dimension.allCases.map(\.rawValue)) ?? [:]
    var names: [Text: YAMLNode] = [:]
    for dimension in Dimension.allCases {
      guard let node = dimensions[dimension.rawValue] else { continue }
      readDimension(node, dimension, &names)
    }
  }

  /// Runs every example; one that comes out otherwise is a mistake at its place.
  func runExamples() {
    let attributor = Attributor(rules: rules, accounts: AccountDirectory([]))
    for example in examples { example.run(attributor) }
  }

  private mutating func readExports(_ node: YAMLNode) {
    let values = node.mapping(["prefixes", "snakePrefixes", "reserved"])
    rules.keyPrefixes = values["prefixes"].map(Self.texts) ?? []
    rules.snakePrefixes = values["snakePrefixes"].map(Self.texts) ?? []
    rules.reservedPrefixes = values["reserved"].map(Self.texts) ?? []
  }

  /// `names` holds the rules of the whole file, since documents show a rule by its name alone.
  private mutating func readDimension(
    _ node: YAMLNode, _ dimension: Dimension, _ names: inout [Text: YAMLNode]
  ) {
    let values = node.mapping(["case", "values", "rules"], required: ["rules"])
    var result = DimensionRules()
    let words = DimensionRules.LetterCase.allCases.map(\.rawValue)
    if let word = values["case"]?.word(among: words) {
      result.letterCase = DimensionRules.LetterCase(rawValue: word) ?? .keep
    }
    result.values = values["values"].map(knownValues) ?? []
    var keys = DistinctSpellings(what: "tag key", fold: TagRules.foldedKey)
    for node in values["rules"]?.list() ?? [] {
      guard let rule = rule(node, dimension, &keys) else { continue }
      if let first = names.updateValue(node, forKey: rule.name) {
        node.mistake("the rule name \"\(rule.name)\" stands already in line \(first.line)")
      }
      result.rules.append(rule)
    }
    rules.dimensions[dimension] = result
  }

  private func knownValues(_ node: YAMLNode) -> [DimensionRules.KnownValue] {
    var seen = DistinctSpellings(what: "value", fold: TagRules.foldedValue)
    let placeholders = Set(rules.placeholders.map(TagRules.foldedValue))
    return node.entries().compactMap { key, value in
      guard let canonical = key.text() else { return nil }
      for node in [key] + value.list() {
        guard let text = node.scalarText.map({ Text($0) }) else { continue }
        if placeholders.contains(TagRules.foldedValue(text)) {
          node.mistake("\"\(text)\" is a placeholder, it can be no value")
        }
        // The canonical value may repeat among its own spellings.
        seen.add(text, at: node, of: Text(canonical))
      }
      return DimensionRules.KnownValue(Text(canonical), spellings: Self.texts(value))
    }
  }

  private mutating func rule(
    _ node: YAMLNode, _ dimension: Dimension, _ keys: inout DistinctSpellings
  ) -> TagRule? {
    let values = node.mapping(
      ["name", "key", "aliases", "listedOnly", "examples"], required: ["name", "key"])
    guard let name = values["name"]?.text(), let keyNode = values["key"], let key = keyNode.text()
    else { return nil }
    for node in [keyNode] + (values["aliases"]?.list() ?? []) {
      guard let text = node.scalarText.map({ Text($0) }) else { continue }
      refusePrefix(text, at: node)
      // No owner: within one dimension a key may stand once, whatever the rule.
      keys.add(text, at: node, of: nil)
    }
    examples += (values["examples"]?.list() ?? []).compactMap {
      TagExample($0, dimension: dimension, rule: Text(name))
    }
    return TagRule(
      name: Text(name), key: Text(key), aliases: values["aliases"].map(Self.texts) ?? [],
      listedOnly: values["listedOnly"]?.flag() ?? false)
  }

  /// A key with an export's prefix would never match, since prefixes are taken off first.
  private func refusePrefix(_ key: Text, at node: YAMLNode) {
    let prefixes = rules.keyPrefixes + rules.snakePrefixes + rules.reservedPrefixes
    if let prefix = prefixes.first(where: { key.string.utf8.starts(with: $0.string.utf8) }) {
      node.mistake("leave off \"\(prefix)\": keys stand here as the tag has them")
    }
  }

  private static func texts(_ node: YAMLNode) -> [Text] { node.texts().map { Text($0) } }
}

/// Finds spellings that rules could not tell apart, so that the later one would never be used.
private struct DistinctSpellings {
  let what: String
  let fold: (Text) -> Text
  private var seen: [Text: (text: Text, line: Int, owner: Text?)] = [:]

  init(what: String, fold: @escaping (Text) -> Text) {
    self.what = what
    self.fold = fold
  }

  /// The same owner may have a spelling twice.
  mutating func add(_ text: Text, at node: YAMLNode, of owner: Text?) {
    let folded = fold(text)
    if folded.isEmpty {
      node.mistake("the \(what) is empty")
    } else if let first = seen[folded], first.owner == nil || first.owner != owner {
      node.mistake(
        "the \(what) \"\(text)\" is the same as \"\(first.text)\" in line \(first.line)")
    } else if seen[folded] == nil {
      seen[folded] = (text, node.line, owner)
    }
  }
}

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

extension YAMLNode {
  /// Where the node begins, from 1.
  fileprivate var line: Int { node.mark?.line ?? 1 }
}
