import BillingModel
import ExactNumbers
import Ingesting

/// What a document means by what it says, and what it is held to.
extension DialectFile {
  func readRules(_ values: [String: YAMLNode], into dialect: inout Dialect) {
    for (code, node) in values["kinds"]?.entries() ?? [] {
      guard let code = code.text(), let kind = kind(node) else { continue }
      dialect.kinds[Text(code)] = kind
    }
    dialect.negativeMeansCredit = values["negativeMeansCredit"]?.flag() ?? false
    let names = InvoiceField.allCases.map(\.rawValue)
    dialect.required = (values["required"]?.list() ?? []).compactMap {
      $0.word(among: names).flatMap(InvoiceField.init(rawValue:))
    }
    dialect.refusals = values["refusals"]?.list().compactMap(refusal) ?? []
    dialect.cancellations = values["cancellations"]?.list().compactMap(cancellation) ?? []
    let computed = ComputedField.allCases.map(\.rawValue)
    dialect.computed = Set(
      (values["computed"]?.list() ?? []).compactMap {
        $0.word(among: computed).flatMap(ComputedField.init(rawValue:))
      })
    if let values = values["references"]?.mapping(["at", "words"], required: ["at", "words"]) {
      dialect.references = ReferenceRule(
        paths: values["at"].map(paths) ?? [],
        shapes: values["words"]?.list().compactMap(wordShape) ?? [])
    }
    if let values = values["periods"]?.mapping(["at", "words"], required: ["at", "words"]) {
      dialect.periodMentions = PeriodMentionRule(
        paths: values["at"].map(paths) ?? [],
        shapes: values["words"]?.list().compactMap(periodShape) ?? [])
    }
    if let rule = values["arithmetic"].flatMap(arithmetic) { dialect.arithmetic = rule }
    dialect.exemptions = values["exemptions"]?.list().compactMap(exemption) ?? []
  }

  private func refusal(_ node: YAMLNode) -> RefusalRule? {
    let keys = ["at", "is", "because"]
    let values = node.mapping(keys, required: keys)
    guard let at = values["at"].flatMap(path), let value = values["is"]?.text(),
      let reason = values["because"]?.text()
    else { return nil }
    return RefusalRule(path: at, value: Text(value), reason: Text(reason))
  }

  private func cancellation(_ node: YAMLNode) -> CancellationRule? {
    let values = node.mapping(["at", "is", "takesBack"], required: ["at", "is"])
    guard let at = values["at"].flatMap(path), let value = values["is"]?.text() else { return nil }
    return CancellationRule(
      path: at, value: Text(value), takesBack: values["takesBack"].flatMap(path))
  }

  private func exemption(_ node: YAMLNode) -> ExemptionRule? {
    let values = node.mapping(["from", "where", "is"], required: ["from"])
    let names = ArithmeticRule.allCases.map(\.rawValue)
    let rules = (values["from"]?.list() ?? []).compactMap {
      $0.word(among: names).flatMap(ArithmeticRule.init(rawValue:))
    }
    let path = values["where"].flatMap(path)
    if values["where"] != nil, path == nil { return nil }
    if path == nil { values["is"]?.mistake("\"is\" needs \"where\" with a path") }
    return ExemptionRule(
      rules: Set(rules), path: path, value: values["is"]?.text().map { Text($0) })
  }

  func wordShape(_ node: YAMLNode) -> WordShape? {
    guard let text = node.text() else { return nil }
    guard let shape = WordShape(text) else {
      node.mistake("expected the shape of a word such as [A-Z]{2}[0-9]+, not \"\(text)\"")
      return nil
    }
    return shape
  }

  private func periodShape(_ node: YAMLNode) -> PeriodShape? {
    guard let text = node.text() else { return nil }
    guard let shape = PeriodShape(text) else {
      node.mistake("expected a month such as YYYY-MM or YYYY年M月, not \"\(text)\"")
      return nil
    }
    return shape
  }

  private func arithmetic(_ node: YAMLNode) -> Arithmetic? {
    let own = ArithmeticRule.plainKeys.map(\.key)
    let values = node.mapping(["family", "admits", "tolerance"] + own, required: ["family"])
    switch values["family"]?.word(among: ["EN16931", "plain"]) {
    case "EN16931":
      for key in ["tolerance"] + own {
        values[key]?.mistake("\"\(key)\" belongs to the family \"plain\"")
      }
      let words = EN16931Exception.allCases.map(\.rawValue)
      let admitted = values["admits"]?.list().compactMap { $0.word(among: words) } ?? []
      return .en16931(admits: Set(admitted.compactMap(EN16931Exception.init(rawValue:))))
    case "plain":
      values["admits"]?.mistake("\"admits\" belongs to the family \"EN16931\"")
      var tolerances: [ArithmeticRule: Amount] = [:]
      for (key, rule) in ArithmeticRule.plainKeys { tolerances[rule] = values[key]?.amount() }
      return .plain(tolerance: values["tolerance"]?.amount() ?? .zero, own: tolerances)
    default: return nil
    }
  }
}
