import BillingModel

/// An element of a document, reduced to what its dialect asks for.
final class ElementNode {
  /// Number in the outline's names.
  let name: Int
  var text: [UInt8] = []
  /// Trimmed.
  var attributes: [(name: Int, value: [UInt8])] = []
  var children: [ElementNode] = []

  init(name: Int) { self.name = name }
}

extension CompiledPath {
  /// The elements at the end of this path.
  func elements(from start: ElementNode, root: ElementNode) -> [ElementNode] {
    var found: [ElementNode] = []
    collect(steps[...], at: startsAtRoot ? root : start, root, &found)
    return found
  }

  private func collect(
    _ steps: ArraySlice<Step>, at node: ElementNode, _ root: ElementNode,
    _ found: inout [ElementNode]
  ) {
    guard let step = steps.first else {
      found.append(node)
      return
    }
    for child in node.children where child.name == step.name && step.admits(child, root) {
      collect(steps.dropFirst(), at: child, root, &found)
    }
  }

  /// The texts at the end of this path, trimmed, without empty ones, in the order of the document.
  func texts(from start: ElementNode, root: ElementNode) -> [Text] {
    elements(from: start, root: root).compactMap { element in
      value(of: element).map { Text(decoding: $0) }
    }
  }

  /// The first text at the end of this path that is not empty, trimmed.
  func first(from start: ElementNode, root: ElementNode) -> ArraySlice<UInt8>? {
    first(steps[...], at: startsAtRoot ? root : start, root)
  }

  private func first(
    _ steps: ArraySlice<Step>, at node: ElementNode, _ root: ElementNode
  ) -> ArraySlice<UInt8>? {
    guard let step = steps.first else { return value(of: node) }
    for child in node.children where child.name == step.name && step.admits(child, root) {
      if let value = first(steps.dropFirst(), at: child, root) { return value }
    }
    return nil
  }

  func value(of element: ElementNode) -> ArraySlice<UInt8>? {
    let value =
      if let attribute {
        element.attributes.first { $0.name == attribute }?.value[...] ?? []
      } else {
        trimmed(element.text[...])
      }
    return value.isEmpty ? nil : value
  }
}

extension CompiledPath.Step {
  fileprivate func admits(_ element: ElementNode, _ root: ElementNode) -> Bool {
    conditions.allSatisfy { condition in
      condition.path.texts(from: element, root: root).contains(condition.value)
    }
  }
}

/// Without the white space of XML at both ends.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D
  }
  var result = bytes.drop(while: isSpace)
  while let last = result.last, isSpace(last) { result = result.dropLast() }
  return result
}
