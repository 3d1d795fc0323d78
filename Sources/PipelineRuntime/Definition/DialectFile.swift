import BillingModel
import ExactNumbers
import Ingesting
import Yams

/// Reads one table of `dialects/`: what an XML invoice of one kind looks like.
struct DialectFile {
  static let keys = [
    "name", "namespaces", "unprefixed", "roots", "wrappers", "document", "fields", "lines",
    "taxTotals", "allowances", "kinds", "negativeMeansCredit", "required", "refusals",
    "references", "periods", "arithmetic",
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
  }

  private func root(_ node: YAMLNode) -> Dialect.Root? {
    let values = node.mapping(["element", "kind"], required: ["element"])
    let kind = values["kind"].flatMap(kind) ?? .invoice
    guard let name = values["element"].flatMap(name) else { return nil }
    return Dialect.Root(name, kind)
  }

  private func kind(_ node: YAMLNode) -> DocumentKind? {
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

  private func path(_ node: YAMLNode) -> ElementPath? {
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
  private func paths(_ node: YAMLNode) -> [ElementPath] {
    node.scalarText == nil ? node.list().compactMap(path) : [path(node)].compactMap { $0 }
  }

  /// A path, a list of paths, or a mapping with `at` and what is done with what stands there.
  private func rule(_ node: YAMLNode) -> FieldRule? {
    guard node.isMapping else { return FieldRule(paths(node)) }
    let values = node.mapping(["at", "value", "join", "sum", "read", "word"])
    if values["at"] == nil, values["value"] == nil {
      node.mistake("expected \"at\" with a path, or \"value\"")
    }
    var rule = FieldRule(values["at"].map(paths) ?? [])
    rule.constant = values["value"]?.text().map { Text($0) }
    if let separator = values["join"]?.text() { rule.combination = .joined(Text(separator)) }
    if values["sum"]?.flag() == true { rule.combination = .sum }
    if let word = values["read"]?.word(among: FieldRule.Conversion.allCases.map(\.rawValue)) {
      rule.conversion = FieldRule.Conversion(rawValue: word) ?? .none
    }
    rule.shape = values["word"].flatMap(wordShape)
    return rule
  }

  // MARK: Groups

  private func line(_ node: YAMLNode) -> LineRule? {
    let keys = ["at", "net", "tax", "gross", "service", "account"]
    let values = node.mapping(keys, required: ["at", "net"])
    guard let at = values["at"], let net = values["net"].flatMap(rule) else { return nil }
    var line = LineRule(paths: paths(at), net: net)
    line.tax = values["tax"].flatMap(rule)
    line.gross = values["gross"].flatMap(rule)
    line.service = values["service"].flatMap(rule)
    line.account = values["account"].flatMap(rule)
    return line
  }

  private func taxTotal(_ node: YAMLNode) -> TaxTotalRule? {
    let values = node.mapping(["at", "amount", "currency", "rows"], required: ["at"])
    guard let at = values["at"].flatMap(path) else { return nil }
    var total = TaxTotalRule(path: at)
    total.amount = values["amount"].flatMap(rule)
    total.currency = values["currency"].flatMap(rule)
    let rows = values["rows"]?.mapping(
      ["at", "category", "rate", "base", "tax"], required: ["at"])
    total.subtotal = rows?["at"].flatMap(path)
    total.category = rows?["category"].flatMap(rule)
    total.rate = rows?["rate"].flatMap(rule)
    total.base = rows?["base"].flatMap(rule)
    total.tax = rows?["tax"].flatMap(rule)
    return total
  }

  private func allowance(_ node: YAMLNode) -> AllowanceRule? {
    let keys = ["at", "isCharge", "amount"]
    let values = node.mapping(keys, required: keys)
    guard let at = values["at"].flatMap(path), let isCharge = values["isCharge"].flatMap(rule),
      let amount = values["amount"].flatMap(rule)
    else { return nil }
    return AllowanceRule(path: at, isCharge: isCharge, amount: amount)
  }
}

// MARK: What it means

extension DialectFile {
  private func readRules(_ values: [String: YAMLNode], into dialect: inout Dialect) {
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
  }

  private func refusal(_ node: YAMLNode) -> RefusalRule? {
    let keys = ["at", "is", "because"]
    let values = node.mapping(keys, required: keys)
    guard let at = values["at"].flatMap(path), let value = values["is"]?.text(),
      let reason = values["because"]?.text()
    else { return nil }
    return RefusalRule(path: at, value: Text(value), reason: Text(reason))
  }

  private func wordShape(_ node: YAMLNode) -> WordShape? {
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
    let values = node.mapping(["family", "tolerance", "admits"], required: ["family"])
    switch values["family"]?.word(among: ["EN16931", "plain"]) {
    case "EN16931":
      values["tolerance"]?.mistake("\"tolerance\" belongs to the family \"plain\"")
      let words = EN16931Exception.allCases.map(\.rawValue)
      let admitted = values["admits"]?.list().compactMap { $0.word(among: words) } ?? []
      return .en16931(admits: Set(admitted.compactMap(EN16931Exception.init(rawValue:))))
    case "plain":
      values["admits"]?.mistake("\"admits\" belongs to the family \"EN16931\"")
      return .plain(tolerance: values["tolerance"]?.amount() ?? .zero)
    default: return nil
    }
  }
}

extension YAMLNode {
  fileprivate var isMapping: Bool {
    if case .mapping = node { true } else { false }
  }
}
