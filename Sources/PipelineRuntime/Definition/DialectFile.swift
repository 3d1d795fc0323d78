import BillingModel
import ExactNumbers
import Ingesting
import Yams

/// Reads one table of `dialects/`: what an XML invoice of one kind looks like.
struct DialectFile {
  static let keys = [
    "name", "namespaces", "unprefixed", "roots", "wrappers", "document", "fields", "lines",
    "taxTotals", "allowances", "taxCurrency", "paymentCurrency", "kinds", "negativeMeansCredit",
    "computed", "required", "refusals", "cancellations", "references", "periods", "arithmetic",
    "exemptions",
  ]

  private let prefixes: NamespacePrefixes

  /// The dialect, or nil where it has no name or no root. Every mistake is noted at its place.
  static func read(_ root: YAMLNode) -> Dialect? {
    let values = root.mapping(keys, required: ["name", "roots", "fields", "arithmetic"])
    let file = DialectFile(prefixes: prefixes(values))
    let roots = values["roots"]?.list().compactMap(file.root) ?? []
    guard let name = values["name"]?.text() else { return nil }
    var dialect = Dialect(name: Text(name), roots: roots)
    file.readShape(values, into: &dialect)
    file.readRules(values, into: &dialect)
    return roots.isEmpty ? nil : dialect
  }

  private static func prefixes(_ values: [String: YAMLNode]) -> NamespacePrefixes {
    var prefixes = NamespacePrefixes()
    for (key, value) in values["namespaces"]?.entries() ?? [] {
      guard let prefix = key.text(), let namespace = value.text() else { continue }
      prefixes.namespaces[Text(prefix)] = Text(namespace)
    }
    switch values["unprefixed"]?.text() {
    case nil, "none": prefixes.unprefixed = ""
    case "any": prefixes.unprefixed = nil
    case .some(let namespace): prefixes.unprefixed = Text(namespace)
    }
    return prefixes
  }

  // MARK: Where things stand

  private func readShape(_ values: [String: YAMLNode], into dialect: inout Dialect) {
    dialect.wrappers = values["wrappers"]?.list().map { $0.list().compactMap(name) } ?? []
    if let node = values["document"], let path = path(node) { dialect.document = path }
    if let node = values["fields"] {
      let names = InvoiceField.allCases.map(\.rawValue)
      for (name, node) in node.mapping(names) {
        guard let field = InvoiceField(rawValue: name), let rule = rule(node) else { continue }
        dialect.fields[field] = rule
      }
    }
    dialect.line = values["lines"].flatMap(line)
    dialect.taxTotal = values["taxTotals"].flatMap(taxTotal)
    dialect.allowance = values["allowances"].flatMap(allowance)
    dialect.taxCurrency = values["taxCurrency"].flatMap(converted)
    dialect.paymentCurrency = values["paymentCurrency"].flatMap(converted)
  }

  private func root(_ node: YAMLNode) -> Dialect.Root? {
    let values = node.mapping(["element", "kind"], required: ["element"])
    let kind = values["kind"].flatMap(kind) ?? .invoice
    guard let name = values["element"].flatMap(name) else { return nil }
    return Dialect.Root(name, kind)
  }

  func kind(_ node: YAMLNode) -> DocumentKind? {
    node.word(among: ["invoice", "credit", "receipt"]).flatMap(DocumentKind.init(rawValue:))
  }

  private func name(_ node: YAMLNode) -> ElementName? {
    guard let path = path(node) else { return nil }
    guard path.steps.count == 1, path.attribute == nil, !path.startsAtRoot,
      path.steps[0].conditions.isEmpty
    else {
      node.mistake("expected the name of one element")
      return nil
    }
    return path.steps[0].name
  }

  func path(_ node: YAMLNode) -> ElementPath? {
    guard let text = node.text() else { return nil }
    do throws(PathMistake) {
      return try ElementPath(parsing: text, prefixes: prefixes)
    } catch {
      let known = prefixes.namespaces.keys.sorted().map(\.string)
      let hint = error.unknownPrefix.map { NearestWord.hint($0, among: known) } ?? ""
      node.mistake(error.message + hint)
      return nil
    }
  }

  /// One path or a list of them.
  func paths(_ node: YAMLNode) -> [ElementPath] {
    node.scalarText == nil ? node.list().compactMap(path) : [path(node)].compactMap { $0 }
  }

  /// A path, a list of paths, or a mapping with `at` and what is done with what stands there.
  func rule(_ node: YAMLNode) -> FieldRule? {
    guard node.isMapping else { return FieldRule(paths(node)) }
    let values = node.mapping(["parts", "at", "value", "join", "sum", "read", "word"])
    if values["at"] == nil, values["parts"] == nil, values["value"] == nil {
      node.mistake("expected \"at\" with a path, \"parts\" with several, or \"value\"")
    }
    var rule = FieldRule(values["at"].map(paths) ?? [])
    rule.parts = values["parts"].map(paths) ?? []
    rule.constant = values["value"]?.text().map { Text($0) }
    if let separator = values["join"]?.text() { rule.combination = .joined(Text(separator)) }
    if values["sum"]?.flag() == true { rule.combination = .sum }
    if let word = values["read"]?.word(among: FieldRule.Conversion.allCases.map(\.rawValue)) {
      rule.conversion = FieldRule.Conversion(rawValue: word) ?? .none
    }
    rule.shape = values["word"].flatMap(wordShape)
    return rule
  }
}

extension YAMLNode {
  fileprivate var isMapping: Bool {
    if case .mapping = node { true } else { false }
  }
}
