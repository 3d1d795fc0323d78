import BillingModel
import ByteStreaming
import ExactNumbers

/// One document of a file while its lines come.
struct DocumentDraft {
  let element: ElementNode
  var lines = LineSums()
}

/// The root element of an invoice, with the documents in it.
struct RootDraft {
  let dialect: CompiledDialect
  let kind: DocumentKind
  let element: ElementNode
  var documents: [DocumentDraft] = []
}

/// Builds the documents of one XML file from its events. An element that no path of the dialect names
/// is passed over with all that it holds; a line is added up and forgotten when it ends.
final class DocumentAssembly: XMLReceiver {
  private let dialects: [CompiledDialect]
  private let limits: InvoiceLimits
  private var names: [XMLName] = []
  /// For the dialect in use: name of the file → numbers in the outline, the exact one first.
  private var numbers: [[Int]] = []

  /// Wrapper elements around the root.
  private var outside: [Int] = []
  private var current: RootDraft?
  private var outline: Outline?
  /// The elements that are kept and have not ended, and their places in the outline.
  private var open: [ElementNode] = []
  private var places: [Int] = []
  /// Where each name of the file leads from each place: found once.
  private var ways = OutlineWays()
  /// How deep we are in an element that is passed over.
  private var passing = 0
  /// What is kept of the root now, and what of it was there when the open line began.
  private var kept = Kept()
  private var keptBeforeLine: Kept?

  private struct Kept {
    var elements = 0
    var bytes = 0
  }

  private let file: Text
  private let sha256: Text
  /// The documents that have ended; to be used only once the file has ended well.
  private(set) var invoices: [Invoice] = []

  init(dialects: [CompiledDialect], limits: InvoiceLimits, file: Text, sha256: Text) {
    self.dialects = dialects
    self.limits = limits
    self.file = file
    self.sha256 = sha256
  }

  func learn(_ name: XMLName) { names.append(name) }

  // MARK: Elements

  func start(_ name: Int) throws(XMLFault) -> Bool {
    if passing > 0 {
      passing += 1
      return false
    }
    guard let parent = places.last else { return try startOutside(name) }
    let place = ways.known(name, from: parent) ?? way(name, from: parent)
    if place >= 0 { return try enter(place) }
    passing = 1
    return false
  }

  private func way(_ name: Int, from parent: Int) -> Int {
    guard let outline else { return OutlineWays.none }
    let children = outline.nodes[parent].children
    let place = numbersInOutline(name, outline).lazy.compactMap { children[$0] }.first
    ways.note(name, from: parent, place ?? OutlineWays.none)
    return place ?? OutlineWays.none
  }

  private func startOutside(_ name: Int) throws(XMLFault) -> Bool {
    let around = outside.map { names[$0] }
    for dialect in dialects {
      guard let root = dialect.dialect.root(names[name], inside: around) else { continue }
      numbers = []
      kept = Kept()
      let element = ElementNode(name: Outline.root)
      current = RootDraft(dialect: dialect, kind: root.kind, element: element)
      outline = dialect.outline
      ways = OutlineWays(places: dialect.outline.nodes.count)
      return try enter(element, Outline.root)
    }
    if dialects.contains(where: { $0.dialect.isWrapped(by: around + [names[name]]) }) {
      outside.append(name)
    } else if outside.isEmpty {
      throw unknown(names[name])
    } else {
      passing = 1
    }
    return false
  }

  private func unknown(_ name: XMLName) -> XMLFault {
    let known = dialects.flatMap { $0.dialect.roots.map(\.name.local.string) }
    return XMLFault(
      code: "UnknownDialect",
      message: """
        no dialect for \(name); known roots: \(known.joined(separator: ", ")): to read it, add a \
        table to the dialects folder
        """)
  }

  private func enter(_ place: Int) throws(XMLFault) -> Bool {
    guard let outline else { return false }
    let node = ElementNode(name: outline.nodes[place].name)
    // A line is not kept in its parent: it is added up when it ends.
    if !outline.tasks[place].contains(.addLine) { open[open.count - 1].children.append(node) }
    return try enter(node, place)
  }

  private func enter(_ node: ElementNode, _ place: Int) throws(XMLFault) -> Bool {
    guard let tasks = outline?.tasks[place] else { return false }
    open.append(node)
    places.append(place)
    if tasks.contains(.beginDocument) { try beginDocument(node) }
    if tasks.contains(.addLine) { keptBeforeLine = kept }
    kept.elements += 1
    if kept.elements > limits.elements {
      throw XMLFault(
        code: "TooManyElements", message: "more than \(limits.elements) elements beside the lines")
    }
    return tasks.contains(.keepAttributes)
  }

  private func beginDocument(_ element: ElementNode) throws(XMLFault) {
    let count = invoices.count + (current?.documents.count ?? 0)
    if count >= limits.documents {
      throw XMLFault(
        code: "TooManyDocuments", message: "more than \(limits.documents) documents in one file")
    }
    current?.documents.append(DocumentDraft(element: element))
  }

  // MARK: Values

  func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {
    guard let top = open.last, let place = places.last, let outline else { return }
    let wanted = outline.nodes[place].attributes
    for number in numbersInOutline(name, outline) where wanted.contains(number) {
      try keep(value.count, besides: 0, name)
      let bytes = value.indices.map { value[$0] }
      top.attributes.append((number, Array(trimmed(bytes[...]))))
    }
  }

  func text(_ bytes: Span<UInt8>) throws(XMLFault) {
    guard passing == 0, let place = places.last, let outline,
      outline.tasks[place].contains(.keepText)
    else { return }
    let top = open[open.count - 1]
    try keep(bytes.count, besides: top.text.count, nil)
    top.text.append(addingCapacity: bytes.count) { text in
      for index in bytes.indices { text.append(bytes[index]) }
    }
  }

  /// Counts bytes that are about to be kept of a field, besides what is kept of it already.
  private func keep(_ count: Int, besides: Int, _ attribute: Int?) throws(XMLFault) {
    kept.bytes += count
    if besides + count > limits.fieldBytes {
      let what = attribute.map { "the attribute \(names[$0])" } ?? "a field"
      throw XMLFault(
        code: "FieldTooLong", message: "\(what) is longer than \(limits.fieldBytes) bytes")
    }
    if kept.bytes > limits.keptBytes {
      throw XMLFault(
        code: "TooMuchText", message: "its fields hold more than \(limits.keptBytes) bytes")
    }
  }

  // MARK: Ends

  func end() throws(XMLFault) {
    if passing > 0 {
      passing -= 1
    } else if let top = open.popLast(), let place = places.popLast(), let outline {
      if outline.tasks[place].contains(.addLine) { try finishLine(top) }
      if open.isEmpty { try finishRoot() }
    } else {
      outside.removeLast()
    }
  }

  private func finishLine(_ node: ElementNode) throws(XMLFault) {
    if let before = keptBeforeLine { kept = before }
    guard let dialect = current?.dialect, let line = dialect.line,
      let last = current?.documents.indices.last
    else { return }
    do throws(AmountOverflow) {
      try current?.documents[last].lines.add(node, line, dialect.outline)
    } catch {
      throw XMLFault(code: "AmountOverflow", message: "its lines: \(error)")
    }
    if current?.documents[last].lines.count ?? 0 > limits.lines {
      throw XMLFault(
        code: "TooManyLines", message: "more than \(limits.lines) lines in one document")
    }
  }

  private func finishRoot() throws(XMLFault) {
    guard let root = current else { return }
    if root.documents.isEmpty {
      throw XMLFault(
        code: "UnknownDialect",
        message: "the root is that of \(root.dialect.dialect.name), but there is no invoice in it")
    }
    current = nil
    outline = nil
    for document in root.documents {
      let blank = Invoice(
        file: file, sha256: sha256, index: invoices.count + 1, dialect: root.dialect.dialect.name)
      do throws(AmountOverflow) {
        var binding = InvoiceBinding(document, root, blank)
        invoices.append(try binding.bind())
      } catch {
        throw XMLFault(code: "AmountOverflow", message: "document \(blank.index): \(error)")
      }
    }
  }

  private func numbersInOutline(_ name: Int, _ outline: Outline) -> [Int] {
    while numbers.count <= name {
      let name = names[numbers.count]
      let exact = outline.names[
        ElementName(namespace: Text(name.namespace), local: Text(name.local))]
      let any = outline.names[ElementName(namespace: nil, local: Text(name.local))]
      numbers.append([exact, any].compactMap { $0 })
    }
    return numbers[name]
  }
}

extension Dialect {
  /// The root of that name, if what stands around it is allowed.
  func root(_ name: XMLName, inside around: [XMLName]) -> Root? {
    guard around.isEmpty || wrappers.contains(where: { $0.matches(around) }) else { return nil }
    return roots.first { $0.name.matches(name) }
  }

  /// Whether these elements can stand around a root, or around what does.
  func isWrapped(by around: [XMLName]) -> Bool {
    wrappers.contains { $0.count >= around.count && Array($0.prefix(around.count)).matches(around) }
  }
}

extension ElementName {
  func matches(_ name: XMLName) -> Bool {
    Text(name.local) == local && (namespace.map { $0 == Text(name.namespace) } ?? true)
  }
}

extension [ElementName] {
  func matches(_ names: [XMLName]) -> Bool {
    count == names.count && zip(self, names).allSatisfy { $0.matches($1) }
  }
}
