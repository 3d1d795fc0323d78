import BillingModel
import ByteStreaming

/// All elements and attributes that the paths of a dialect lead through or to: what is kept of a
/// document. Everything else in it is passed over, however much it is.
final class Outline: Sendable {
  struct Node: Sendable {
    /// The number of its own name.
    var name = 0
    /// Name number → node.
    var children: [Int: Int] = [:]
    var attributes: [Int] = []
    var keepsText = false
    var isDocument = false
    var isLine = false
  }

  static let root = 0
  /// The place of the documents.
  let document: Int

  /// Each name that occurs, numbered.
  let names: [ElementName: Int]
  let nodes: [Node]
  /// What is to be done at each node: looked at for every element of a file.
  let tasks: [OutlineTasks]
  /// What of its elements is wanted.
  let interests: [XMLInterest]

  init(_ dialect: Dialect) {
    let plan = OutlinePlan(dialect)
    names = plan.names
    nodes = plan.nodes
    document = plan.document
    tasks = plan.nodes.map { OutlineTasks($0) }
    interests = plan.nodes.map { node in
      var interest = XMLInterest.content
      if node.keepsText { interest.insert(.text) }
      if !node.attributes.isEmpty { interest.insert(.attributes) }
      return interest
    }
  }
}

/// What an element is kept for, beside its values.
struct OutlineTasks: OptionSet, Sendable {
  let rawValue: UInt8

  static let beginDocument = OutlineTasks(rawValue: 1)
  static let addLine = OutlineTasks(rawValue: 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  fileprivate init(_ node: Outline.Node) {
    self = []
    if node.isDocument { insert(.beginDocument) }
    if node.isLine { insert(.addLine) }
  }
}

/// An outline while it is made.
private struct OutlinePlan {
  private typealias Node = Outline.Node

  var names: [ElementName: Int] = [:]
  var nodes = [Outline.Node()]
  var document = Outline.root

  init(_ dialect: Dialect) {
    document = reach(dialect.document, from: Outline.root)
    nodes[document].isDocument = true
    for rule in dialect.fields.values { keep(rule, from: document) }
    for refusal in dialect.refusals { keep(refusal.path, from: document) }
    for path in (dialect.references?.paths ?? []) + (dialect.periodMentions?.paths ?? []) {
      keep(path, from: document)
    }
    if let line = dialect.line { keep(line, from: document) }
    if let total = dialect.taxTotal { keep(total, from: document) }
    keep(dialect.allowance, from: document)
    for converted in [dialect.taxCurrency, dialect.paymentCurrency].compactMap({ $0 }) {
      for rule in converted.rules { keep(rule, from: document) }
    }
    for cancellation in dialect.cancellations {
      for path in [cancellation.path, cancellation.takesBack].compactMap({ $0 }) {
        keep(path, from: document)
      }
    }
    for path in dialect.exemptions.compactMap(\.path) { keep(path, from: document) }
  }

  private mutating func keep(_ allowance: AllowanceRule?, from start: Int) {
    guard let allowance else { return }
    let node = reach(allowance.path, from: start)
    for rule in [allowance.isCharge, allowance.amount, allowance.percent] { keep(rule, from: node) }
  }

  private mutating func keep(_ line: LineRule, from document: Int) {
    for path in line.paths {
      let node = reach(path, from: document)
      nodes[node].isLine = true
      for rule in line.rules { keep(rule, from: node) }
      keep(line.allowance, from: node)
    }
  }

  private mutating func keep(_ total: TaxTotalRule, from document: Int) {
    let node = reach(total.path, from: document)
    keep(total.amount, from: node)
    keep(total.currency, from: node)
    if let addition = total.addition {
      let row = reach(addition.path, from: document)
      for rule in [addition.rate, addition.amount] { keep(rule, from: row) }
    }
    guard let path = total.subtotal else { return }
    let row = reach(path, from: node)
    for rule in [total.category, total.rate, total.base, total.tax, total.baseRounding] {
      keep(rule, from: row)
    }
  }

  private mutating func keep(_ rule: FieldRule?, from node: Int) {
    for path in (rule?.parts ?? []) + (rule?.paths ?? []) { keep(path, from: node) }
  }

  /// Keeps what stands at the end of a path.
  private mutating func keep(_ path: ElementPath, from node: Int) {
    let end = reach(path, from: node)
    guard let attribute = path.attribute else {
      nodes[end].keepsText = true
      return
    }
    let name = number(attribute)
    if !nodes[end].attributes.contains(name) { nodes[end].attributes.append(name) }
  }

  /// The node at the end of a path; its conditions are kept on the way.
  private mutating func reach(_ path: ElementPath, from start: Int) -> Int {
    var node = path.startsAtRoot ? Outline.root : start
    for step in path.steps {
      node = child(number(step.name), of: node)
      for condition in step.conditions { keep(condition.path, from: node) }
    }
    return node
  }

  private mutating func child(_ name: Int, of node: Int) -> Int {
    if let child = nodes[node].children[name] { return child }
    nodes.append(Node(name: name))
    nodes[node].children[name] = nodes.count - 1
    return nodes.count - 1
  }

  private mutating func number(_ name: ElementName) -> Int {
    if let number = names[name] { return number }
    let number = names.count
    names[name] = number
    return number
  }
}

extension LineRule {
  fileprivate var rules: [FieldRule?] {
    [net, tax, gross, service, account, order, quantity, price, baseQuantity, rate]
  }
}

extension ConvertedRule {
  fileprivate var rules: [FieldRule?] { [currency, net, tax, gross, exchangeRate] }
}
