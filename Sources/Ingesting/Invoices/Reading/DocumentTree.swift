import BillingModel

/// The kept elements of one root in flat memory, in the order of the document. What belongs to a line is
/// taken off again when the line ends, so that a document of many lines needs no more than its longest.
struct DocumentTree: ~Copyable {
  /// An element, by its number in the order of the document.
  struct Element: Hashable {
    let index: Int
    static let root = Element(index: 0)
  }

  /// A piece of the kept bytes.
  struct Extent {
    private var first: UInt32 = 0
    private var length: UInt32 = 0

    init() {}

    init(start: Int, count: Int) {
      first = UInt32(start)
      length = UInt32(count)
    }

    @inline(__always)
    var start: Int { Int(first) }

    @inline(__always)
    var count: Int {
      get { Int(length) }
      set { length = UInt32(newValue) }
    }
  }

  struct Node {
    /// In the outline.
    let place: Int32
    let parent: Int32
    /// The number after that of its last descendant; not known while it is open.
    var end = Int32.max
    /// Its first attribute; the last is before the first of the next element.
    let attributes: Int32
    /// Its text, or the last piece of it; trimmed once the element has ended.
    var text: Extent
    /// Where in ``earlier`` the piece before that is; −1 if there is none.
    var before: Int32 = -1
  }

  struct Attribute {
    /// Number in the outline's names.
    let name: Int32
    /// Trimmed.
    let value: Extent
  }

  private(set) var nodes: [Node] = []
  private(set) var attributes: [Attribute] = []
  private(set) var bytes: [UInt8] = []
  /// Pieces of texts that child elements stand between.
  private var earlier: [(text: Extent, before: Int32)] = []
  private(set) var top = Element(index: -1)
  /// For each place of the outline its first element, or −1: of what most lines leave out, it says so at once.
  private var firsts: [Int32]

  /// - Parameter places: How many the outline has.
  init(places: Int = 0) { firsts = Array(repeating: -1, count: places) }

  // MARK: Building

  @inline(__always)
  var isOpen: Bool { top.index >= 0 }

  @inline(__always)
  var count: Int { nodes.count }

  @inline(__always)
  var byteCount: Int { bytes.count }

  /// The element that is opened next.
  var next: Element { Element(index: nodes.count) }

  @inline(__always)
  mutating func open(_ place: Int) {
    let index = nodes.count
    nodes.append(
      Node(
        place: Int32(truncatingIfNeeded: place), parent: Int32(truncatingIfNeeded: top.index),
        attributes: Int32(truncatingIfNeeded: attributes.count),
        text: Extent(start: bytes.count, count: 0)))
    top = Element(index: index)
    if firsts[place] < 0 { firsts[place] = Int32(truncatingIfNeeded: index) }
  }

  mutating func add(attribute name: Int, _ value: Span<UInt8>) {
    let start = bytes.count
    append(value)
    attributes.append(
      Attribute(name: Int32(name), value: trimmed(Extent(start: start, count: value.count))))
  }

  /// Adds a piece to the text of the innermost open element.
  @inline(__always)
  mutating func add(text piece: Span<UInt8>) {
    let text = nodes[top.index].text
    if text.start + text.count != bytes.count { beginPiece() }
    append(piece)
    nodes[top.index].text.count += piece.count
  }

  @inline(__always)
  private mutating func append(_ piece: Span<UInt8>) {
    bytes.append(addingCapacity: piece.count) { bytes in
      for index in piece.indices { bytes.append(piece[index]) }
    }
  }

  private mutating func beginPiece() {
    let node = nodes[top.index]
    if node.text.count > 0 {
      earlier.append((node.text, node.before))
      nodes[top.index].before = Int32(earlier.count - 1)
    }
    nodes[top.index].text = Extent(start: bytes.count, count: 0)
  }

  /// Bytes of text that are kept of the innermost open element.
  @inline(__always)
  var textCount: Int {
    let node = nodes[top.index]
    return node.before < 0 ? node.text.count : node.text.count + earlierCount(node)
  }

  @inline(never)
  private func earlierCount(_ node: Node) -> Int { pieces(of: node).reduce(0) { $0 + $1.count } }

  private func pieces(of node: Node) -> [Extent] {
    var pieces: [Extent] = []
    var at = node.before
    while at >= 0 {
      pieces.append(earlier[Int(at)].text)
      at = earlier[Int(at)].before
    }
    return pieces.reversed()
  }

  /// Ends the innermost open element.
  @inline(__always)
  mutating func close() -> Element {
    let ended = top
    if nodes[ended.index].before >= 0 { joinPieces() }
    var node = nodes[ended.index]
    node.text = trimmed(node.text)
    node.end = Int32(truncatingIfNeeded: nodes.count)
    nodes[ended.index] = node
    top = Element(index: Int(node.parent))
    return ended
  }

  private mutating func joinPieces() {
    let node = nodes[top.index]
    let start = bytes.count
    for piece in pieces(of: node) + [node.text] {
      bytes += Array(bytes[piece.start..<piece.start + piece.count])
    }
    nodes[top.index].text = Extent(start: start, count: bytes.count - start)
  }

  /// Without the white space of XML at both ends.
  @inline(__always)
  private func trimmed(_ extent: Extent) -> Extent {
    var start = extent.start
    var end = start + extent.count
    while start < end, Self.isSpace(bytes[start]) { start += 1 }
    while start < end, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return Extent(start: start, count: end - start)
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  // MARK: Elements

  @inline(__always)
  func place(of element: Element) -> Int { Int(nodes[element.index].place) }

  func parent(of element: Element) -> Element {
    Element(index: Int(nodes[element.index].parent))
  }

  /// The numbers among which all elements at the end of a path are.
  @inline(__always)
  func range(of end: CompiledPath.End, from start: Element) -> Range<Int> {
    guard end.place >= 0, case let first = Int(firsts[Int(end.place)]), first >= 0 else {
      return 0..<0
    }
    let start = end.startsAtRoot ? .root : start
    let last = self.end(of: start)
    return min(max(first, start.index), last)..<last
  }

  /// The number after that of its last descendant so far.
  @inline(__always)
  func end(of element: Element) -> Int { min(Int(nodes[element.index].end), nodes.count) }

  // MARK: Lines

  /// How much there was before an element.
  struct Mark {
    fileprivate var nodes, attributes, bytes, earlier: Int
  }

  var mark: Mark {
    Mark(
      nodes: nodes.count, attributes: attributes.count, bytes: bytes.count,
      earlier: earlier.count)
  }

  /// Takes off everything that was kept since.
  mutating func cut(to mark: Mark) {
    for node in nodes[mark.nodes...] where firsts[Int(node.place)] >= mark.nodes {
      firsts[Int(node.place)] = -1
    }
    nodes.removeLast(nodes.count - mark.nodes)
    attributes.removeLast(attributes.count - mark.attributes)
    bytes.removeLast(bytes.count - mark.bytes)
    earlier.removeLast(earlier.count - mark.earlier)
  }
}
