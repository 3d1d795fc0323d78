import BillingModel
import Normalizing

/// Reads an entry of `names:`: what the name of an account or resource tells.
struct NameRuleReading {
  let placeholders: [Text]

  /// Nil where something needed is missing.
  func read(_ node: YAMLNode) -> (rule: NameRule, examples: [NameExample])? {
    let values = node.mapping(
      ["pattern", "of", "dimension", "value", "examples"],
      required: ["pattern", "dimension", "value"])
    guard let pattern = values["pattern"]?.text(), let value = values["value"]?.text(),
      let word = values["dimension"]?.word(among: Dimension.allCases.map(\.rawValue)),
      let dimension = Dimension(rawValue: word)
    else { return nil }
    if pattern.allSatisfy({ $0 == "*" }) {
      values["pattern"]?.mistake("\"\(pattern)\" fits every name")
    }
    if placeholders.map(TagRules.foldedValue).contains(TagRules.foldedValue(Text(value))) {
      values["value"]?.mistake("\"\(value)\" is a placeholder, it can be no value")
    }
    var subjects = Set(NameRule.Subject.allCases)
    if let node = values["of"],
      let word = node.word(among: NameRule.Subject.allCases.map(\.rawValue)),
      let subject = NameRule.Subject(rawValue: word)
    {
      subjects = [subject]
    }
    let rule = NameRule(Text(pattern), of: subjects, dimension, Text(value))
    let examples = (values["examples"]?.list() ?? []).map { NameExample($0, of: rule) }
    return (rule, examples)
  }
}

/// What a pattern should make of a name, written beside it.
struct NameExample {
  private let node: YAMLNode
  private let rule: NameRule
  private let account: Text
  private let resource: Text
  /// Nil where no pattern may fit.
  private let value: Text?

  init(_ node: YAMLNode, of rule: NameRule) {
    let values = node.mapping(["account", "resource", "value"])
    if values["account"] == nil, values["resource"] == nil {
      node.mistake("the key \"account\" or \"resource\" is missing")
    }
    self.node = node
    self.rule = rule
    account = Text(values["account"]?.text() ?? "")
    resource = Text(values["resource"]?.text() ?? "")
    value = values["value"]?.text().map { Text($0) }
  }

  func run(_ attributor: Attributor) {
    let found = attributor.named(rule.dimension, account: account, resource: resource)
    let given = Self.told(found?.value, found?.rule)
    let wanted = Self.told(value, rule.pattern)
    if given != wanted {
      node.mistake("the example gives \(rule.dimension.rawValue) \(given), not \(wanted)")
    }
  }

  private static func told(_ value: Text?, _ pattern: Text?) -> String {
    value.map { "\"\($0)\" (pattern \"\(pattern ?? "")\")" } ?? "unknown"
  }
}
