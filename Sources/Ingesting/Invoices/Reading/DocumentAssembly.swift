import BillingModel
import ByteStreaming
import ExactNumbers

/// One document of a file while its lines come.
struct DocumentDraft {
  let element: DocumentTree.Element
  var lines = LineSums()
}

/// The root element of an invoice, once it has ended.
final class RootDraft {
  let dialect: CompiledDialect
  let kind: DocumentKind
  /// What is kept of it.
  let tree: DocumentTree

  init(_ dialect: CompiledDialect, _ kind: DocumentKind, _ tree: consuming DocumentTree) {
    self.dialect = dialect
    self.kind = kind
    self.tree = tree
  }
}

/// Builds the documents of one XML file from its events. An element that no path of the dialect names
/// is passed over with all that it holds; a line is added up and forgotten when it ends.
struct DocumentAssembly: XMLReceiver, ~Copyable {
  private let dialects: [CompiledDialect]
  private let limits: InvoiceLimits
  private var names: [XMLName] = []
  /// For the dialect in use: name of the file → numbers in the outline, the exact one first.
  private var numbers: [[Int]] = []

  /// Wrapper elements around the root.
  private var outside: [Int] = []
  private var root: (dialect: CompiledDialect, kind: DocumentKind)?
  private var documents: [DocumentDraft] = []
  private var tree = DocumentTree()
  /// What is to be done, and what is wanted, at each place of the outline.
  private var tasks: [OutlineTasks] = []
  private var interests: [XMLInterest] = []
  private var lines: [CompiledLine?] = []
  /// Where each name of the file leads from each place: found once.
  private var ways = OutlineWays()
  /// What the tree held when each open line began.
  private var lineStarts: [DocumentTree.Mark] = []
  private var memo = LineMemo()
  private let nothing: XMLInterest = []

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

  mutating func learn(_ name: XMLName) { names.append(name) }

  // MARK: Elements

  mutating func start(_ name: Int) throws(XMLFault) -> XMLInterest {
    guard tree.isOpen else { return try startOutside(name) }
    let parent = tree.place(of: tree.top)
    let place = ways.known(name, from: parent) ?? way(name, from: parent)
    return place >= 0 ? try enter(place) : nothing
  }

  private mutating func way(_ name: Int, from parent: Int) -> Int {
    guard let children = root?.dialect.outline.nodes[parent].children else {
      return OutlineWays.none
    }
    let place = numbersInOutline(name).lazy.compactMap { children[$0] }.first
    ways.note(name, from: parent, place ?? OutlineWays.none)
    return place ?? OutlineWays.none
  }

  private mutating func startOutside(_ name: Int) throws(XMLFault) -> XMLInterest {
    let around = outside.map { names[$0] }
    for dialect in dialects {
      guard let root = dialect.dialect.root(names[name], inside: around) else { continue }
      return try startRoot(dialect, root.kind)
    }
    if dialects.contains(where: { $0.dialect.isWrapped(by: around + [names[name]]) }) {
      outside.append(name)
      return .content
    }
    if outside.isEmpty { throw unknown(names[name]) }
    return nothing
  }

  private mutating func startRoot(
    _ dialect: CompiledDialect, _ kind: DocumentKind
  ) throws(XMLFault) -> XMLInterest {
    root = (dialect, kind)
    numbers = []
    ways = OutlineWays(places: dialect.outline.nodes.count)
    tasks = dialect.outline.tasks
    interests = dialect.outline.interests
    lines = dialect.lines
    tree = DocumentTree(places: tasks.count)
    return try enter(Outline.root)
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

  @inline(__always)
  private mutating func enter(_ place: Int) throws(XMLFault) -> XMLInterest {
    if !tasks[place].isEmpty { try begin(tasks[place]) }
    tree.open(place)
    if tree.count > limits.elements {
      throw XMLFault(
        code: "TooManyElements", message: "more than \(limits.elements) elements beside the lines")
    }
    return interests[place]
  }

  /// Before a document or a line is opened.
  private mutating func begin(_ tasks: OutlineTasks) throws(XMLFault) {
    // A line is not kept: it is added up when it ends.
    if tasks.contains(.addLine) { lineStarts.append(tree.mark) }
    guard tasks.contains(.beginDocument) else { return }
    if invoices.count + documents.count >= limits.documents {
      throw XMLFault(
        code: "TooManyDocuments", message: "more than \(limits.documents) documents in one file")
    }
    memo.forget()
    documents.append(DocumentDraft(element: tree.next))
  }

  // MARK: Values

  mutating func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {
    guard tree.isOpen, let outline = root?.dialect.outline else { return }
    let wanted = outline.nodes[tree.place(of: tree.top)].attributes
    for number in numbersInOutline(name) where wanted.contains(number) {
      try check(value.count, besides: 0, name)
      tree.add(attribute: number, value)
    }
  }

  mutating func text(_ bytes: Span<UInt8>) throws(XMLFault) {
    try check(bytes.count, besides: tree.textCount, nil)
    tree.add(text: bytes)
  }

  /// Holds what is about to be kept of a field, besides what is kept of it already, to the limits.
  @inline(__always)
  private func check(
    _ count: Int, besides: Int, _ attribute: Int?
  ) throws(XMLFault) {
    if besides + count > limits.fieldBytes || tree.byteCount + count > limits.keptBytes {
      throw tooMuch(besides + count, attribute)
    }
  }

  private func tooMuch(_ fieldBytes: Int, _ attribute: Int?) -> XMLFault {
    guard fieldBytes > limits.fieldBytes else {
      return XMLFault(
        code: "TooMuchText", message: "its fields hold more than \(limits.keptBytes) bytes")
    }
    let what = attribute.map { "the attribute \(names[$0])" } ?? "a field"
    return XMLFault(
      code: "FieldTooLong", message: "\(what) is longer than \(limits.fieldBytes) bytes")
  }

  // MARK: Ends

  mutating func end() throws(XMLFault) {
    guard tree.isOpen else {
      outside.removeLast()
      return
    }
    let ended = tree.close()
    if !tasks[tree.place(of: ended)].isEmpty { try finish(ended) }
    if !tree.isOpen { try finishRoot() }
  }

  private mutating func finish(_ element: DocumentTree.Element) throws(XMLFault) {
    guard let line = lines[tree.place(of: element)], !documents.isEmpty else {
      return
    }
    let last = documents.count - 1
    do throws(AmountOverflow) {
      try documents[last].lines.add(element, line, tree, &memo)
    } catch {
      throw XMLFault(code: "AmountOverflow", message: "its lines: \(error)")
    }
    if let start = lineStarts.popLast() { tree.cut(to: start) }
    if documents[last].lines.count > limits.lines {
      throw XMLFault(
        code: "TooManyLines", message: "more than \(limits.lines) lines in one document")
    }
  }

  private mutating func finishRoot() throws(XMLFault) {
    guard let (dialect, kind) = root else { return }
    if documents.isEmpty {
      throw XMLFault(
        code: "UnknownDialect",
        message: "the root is that of \(dialect.dialect.name), but there is no invoice in it")
    }
    let draft = RootDraft(dialect, kind, exchange(&tree, with: DocumentTree()))
    for document in documents {
      let blank = Invoice(
        file: file, sha256: sha256, index: invoices.count + 1, dialect: dialect.dialect.name)
      do throws(AmountOverflow) {
        var binding = InvoiceBinding(document, draft, blank)
        invoices.append(try binding.bind())
      } catch {
        throw XMLFault(code: "AmountOverflow", message: "document \(blank.index): \(error)")
      }
    }
    root = nil
    documents = []
  }

  private mutating func numbersInOutline(_ name: Int) -> [Int] {
    guard let outline = root?.dialect.outline else { return [] }
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
