import BillingModel
import Tabulating

/// Remembers what the texts of the lines of a document came to: most lines say what others said.
struct LineMemo: ~Copyable {
  private var known = Interner()
  /// For each known text its item in ``LineSums``; number 0 is the empty text, whether it was seen or not.
  private var items = [unknown]
  private static let unknown = -1
  private var key: [UInt8] = []
  /// It begins anew after that many, so that lines of which no two are alike need no more.
  private static let most = 4096

  /// The item of a line: remembered, or worked out.
  @inline(__always)
  mutating func item(
    of element: DocumentTree.Element, _ line: CompiledLine, _ tree: borrowing DocumentTree,
    else workedOut: () -> Int
  ) -> Int {
    key.removeAll(keepingCapacity: true)
    for index in line.textEnds.indices {
      let end = line.textEnds[index]
      if end.hasConditions {
        tree.gather(line.textPaths[index], from: element, into: &key)
      } else {
        tree.gather(end, from: element, into: &key)
      }
      key.append(1)
    }
    let number = Int(known.number(padding: &key))
    if number < items.count, items[number] != Self.unknown { return items[number] }
    let item = workedOut()
    if number < items.count { items[number] = item } else { items.append(item) }
    if items.count > Self.most { forget() }
    return item
  }

  /// To be called between documents.
  mutating func forget() {
    items[0] = Self.unknown
    guard items.count > 1 else { return }
    known = Interner()
    items.removeLast(items.count - 1)
  }
}
