import BillingModel

/// Following paths.
extension DocumentTree {
  /// The elements at the end of a path.
  func elements(_ path: CompiledPath, from start: Element) -> [Element] {
    // What most lines do not have costs no walk.
    guard !range(of: path.end, from: start).isEmpty else { return [] }
    var walk = PathWalk(path, from: start, in: self)
    var found: [Element] = []
    while let element = walk.next(in: self) { found.append(element) }
    return found
  }

  /// The value of an element at the end of a path, trimmed; empty where it has none.
  @inline(__always)
  func value(of element: Element, _ end: CompiledPath.End) -> Extent {
    end.attribute == -1 ? nodes[element.index].text : attribute(end.attribute, of: element)
  }

  private func attribute(_ name: Int32, of element: Element) -> Extent {
    let next = element.index + 1
    let end = next < nodes.count ? Int(nodes[next].attributes) : attributes.count
    return attributes[Int(nodes[element.index].attributes)..<end].first { $0.name == name }?.value
      ?? Extent()
  }

  /// The first value at the end of a path that is not empty.
  func firstValue(_ path: CompiledPath, from start: Element) -> Extent? {
    guard !range(of: path.end, from: start).isEmpty else { return nil }
    var walk = PathWalk(path, from: start, in: self)
    while let element = walk.next(in: self) {
      let value = value(of: element, path.end)
      if value.count > 0 { return value }
    }
    return nil
  }

  /// The same of a path without conditions: every field of every line comes here.
  @inline(__always)
  func firstValue(_ end: CompiledPath.End, from start: Element) -> Extent? {
    for index in range(of: end, from: start) where nodes[index].place == end.place {
      let value = value(of: Element(index: index), end)
      if value.count > 0 { return value }
    }
    return nil
  }

  /// The texts at the end of a path, without empty ones, in the order of the document.
  func texts(_ path: CompiledPath, from start: Element) -> [Text] {
    values(path, from: start).map { text($0) }
  }

  /// The values at the end of a path, without empty ones, in the order of the document.
  func values(_ path: CompiledPath, from start: Element) -> [Extent] {
    elements(path, from: start).map { value(of: $0, path.end) }.filter { $0.count > 0 }
  }

  func bytes(_ extent: Extent) -> ArraySlice<UInt8> {
    bytes[extent.start..<extent.start + extent.count]
  }

  func text(_ extent: Extent) -> Text { Text(decoding: bytes(extent)) }

  /// Nil where it is no number as the conversion has it.
  @inline(__always)
  func number(_ extent: Extent, _ conversion: FieldRule.Conversion) -> Spelled? {
    let span = bytes.span
    return Spelled(span.extracting(extent.start..<extent.start + extent.count), conversion)
  }
}

/// Values side by side.
extension DocumentTree {
  /// Appends the values at the end of a path, a zero before each.
  func gather(_ path: CompiledPath, from start: Element, into key: inout [UInt8]) {
    guard !range(of: path.end, from: start).isEmpty else { return }
    var walk = PathWalk(path, from: start, in: self)
    while let element = walk.next(in: self) { append(value(of: element, path.end), to: &key) }
  }

  @inline(__always)
  func gather(_ end: CompiledPath.End, from start: Element, into key: inout [UInt8]) {
    for index in range(of: end, from: start) where nodes[index].place == end.place {
      append(value(of: Element(index: index), end), to: &key)
    }
  }

  @inline(__always)
  private func append(_ value: Extent, to key: inout [UInt8]) {
    key.append(0)
    key += bytes(value)
  }
}
