import BillingModel
import Normalizing
import Yams

/// Reads `tags/cost-allocation.yaml`: how tags become the six dimensions, each rule with examples.
struct TagRulesFile {
  private(set) var rules = TagRules()
  private(set) var examples: [TagExample] = []
  private(set) var nameExamples: [NameExample] = []

  static func read(_ root: YAMLNode) -> TagRules { TagRulesFile(root).rules }

  init(_ root: YAMLNode) {
    let values = root.mapping(
      ["exports", "attachedBy", "placeholders", "dimensions", "resourceNames", "names"],
      required: ["dimensions"])
    if let node = values["exports"] { readExports(node) }
    rules.placeholders = values["placeholders"].map(Self.texts) ?? []
    rules.attachedBy = values["attachedBy"].map { distinctKeys($0) } ?? []
    rules.resourceNames = values["resourceNames"].map { distinctKeys($0) } ?? []
    let dimensions = values["dimensions"]?.mapping(Dimension.allCases.map(\.rawValue)) ?? [:]
    var names: [Text: YAMLNode] = [:]
    for dimension in Dimension.allCases {
      guard let node = dimensions[dimension.rawValue] else { continue }
      readDimension(node, dimension, &names)
    }
    for node in values["names"]?.list() ?? [] { readName(node) }
  }

  /// Runs every example; one that comes out otherwise is a mistake at its place.
  func runExamples() {
    let attributor = Attributor(rules: rules, accounts: AccountDirectory([]))
    for example in examples { example.run(attributor) }
    for example in nameExamples { example.run(attributor) }
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
      refusePrefix(
        text, at: node,
        among: rules.keyPrefixes + rules.snakePrefixes + rules.reservedPrefixes)
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
  private func refusePrefix(_ key: Text, at node: YAMLNode, among prefixes: [Text]) {
    if let prefix = prefixes.first(where: { key.string.utf8.starts(with: $0.string.utf8) }) {
      node.mistake("leave off \"\(prefix)\": keys stand here as the tag has them")
    }
  }

  private static func texts(_ node: YAMLNode) -> [Text] { node.texts().map { Text($0) } }

  /// Keys in the order of their strength. Those that AWS makes keep its own prefix (`aws:`).
  private func distinctKeys(_ node: YAMLNode) -> [Text] {
    var seen = DistinctSpellings(what: "tag key", fold: TagRules.foldedKey)
    for node in node.list() {
      guard let text = node.scalarText.map({ Text($0) }) else { continue }
      refusePrefix(text, at: node, among: rules.keyPrefixes + rules.snakePrefixes)
      seen.add(text, at: node, of: nil)
    }
    return Self.texts(node)
  }

  private mutating func readName(_ node: YAMLNode) {
    guard let (rule, examples) = NameRuleReading(placeholders: rules.placeholders).read(node)
    else { return }
    rules.names.append(rule)
    nameExamples += examples
  }
}

/// Finds spellings that rules could not tell apart, so that the later one would never be used.
struct DistinctSpellings {
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

extension YAMLNode {
  /// Where the node begins, from 1.
  var line: Int { node.mark?.line ?? 1 }
}
