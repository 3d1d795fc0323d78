import BillingModel

/// Finds the elements at the end of a path, in the order of the document.
///
/// All that stand at the place where the path ends are looked at, one after the other, and what they stand in
/// is asked for its conditions once: however an element is filled, the time grows with its size alone.
struct PathWalk {
  private let path: CompiledPath
  private let end: Int
  private var index: Int
  /// For each step the last element that met its conditions.
  private var met: [Int] = []

  init(
    _ path: CompiledPath, from start: DocumentTree.Element, in tree: borrowing DocumentTree
  ) {
    self.path = path
    let range = tree.range(of: path.end, from: start)
    index = range.lowerBound
    end = range.upperBound
  }

  mutating func next(in tree: borrowing DocumentTree) -> DocumentTree.Element? {
    while index < end {
      let element = DocumentTree.Element(index: index)
      guard tree.place(of: element) == path.end.place else {
        index += 1
        continue
      }
      if let unfit = firstUnfit(element, tree) {
        index = tree.end(of: unfit)
      } else {
        index += 1
        return element
      }
    }
    return nil
  }

  /// Of an element and those it stands in, the innermost that does not meet the conditions of its step.
  private mutating func firstUnfit(
    _ element: DocumentTree.Element, _ tree: borrowing DocumentTree
  ) -> DocumentTree.Element? {
    if met.isEmpty { met = Array(repeating: -1, count: path.conditions.count) }
    var element = element
    for step in path.conditions.indices.reversed() {
      if met[step] != element.index {
        for condition in path.conditions[step] where !tree.meets(condition, element) {
          return element
        }
        met[step] = element.index
      }
      element = tree.parent(of: element)
    }
    return nil
  }
}

extension DocumentTree {
  fileprivate func meets(_ condition: CompiledPath.Condition, _ element: Element) -> Bool {
    var walk = PathWalk(condition.path, from: element, in: self)
    while let found = walk.next(in: self) {
      if bytes(value(of: found, condition.path.end)).elementsEqual(condition.value.string.utf8) {
        return true
      }
    }
    return false
  }
}
