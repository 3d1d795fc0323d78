import BillingModel

/// Following paths.
extension DocumentTree {
  /// The elements at the end of a path.
  func elements(_ path: CompiledPath, from start: Element) -> [Element] {
    var walk = PathWalk(path, from: start, in: self)
    var found: [Element] = []
    while let element = walk.next(in: self) { found.append(element) }
    return found
  }

  /// The value of an element at the end of a path, trimmed; empty where it has none.
  @inline(__always)
  func value(of element: Element, _ path: CompiledPath) -> Extent {
    path.attribute == -1 ? nodes[element.index].text : attribute(path.attribute, of: element)
  }

  private func attribute(_ name: Int32, of element: Element) -> Extent {
    let next = element.index + 1
    let end = next < nodes.count ? Int(nodes[next].attributes) : attributes.count
    return attributes[Int(nodes[element.index].attributes)..<end].first { $0.name == name }?.value
      ?? Extent()
  }

  /// The first value at the end of a path that is not empty.
  @inline(__always)
  func firstValue(_ path: CompiledPath, from start: Element) -> Extent? {
    guard path.conditions.isEmpty else { return firstAdmitted(path, from: start) }
    // Every field of every line comes here.
    let start = path.startsAtRoot ? .root : start
    for index in range(of: path.place, in: start) where nodes[index].place == path.place {
      let value = value(of: Element(index: index), path)
      if value.count > 0 { return value }
    }
    return nil
  }

  private func firstAdmitted(_ path: CompiledPath, from start: Element) -> Extent? {
    var walk = PathWalk(path, from: start, in: self)
    while let element = walk.next(in: self) {
      let value = value(of: element, path)
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
    elements(path, from: start).map { value(of: $0, path) }.filter { $0.count > 0 }
  }

  func bytes(_ extent: Extent) -> ArraySlice<UInt8> {
    bytes[extent.start..<extent.start + extent.count]
  }

  func text(_ extent: Extent) -> Text { Text(decoding: bytes(extent)) }

  /// Nil where it is no number as the conversion has it.
  @inline(__always)
  func number(_ extent: Extent, _ conversion: FieldRule.Conversion) -> Spelled? {
    unsafe bytes.withUnsafeBufferPointer { all in
      let piece = unsafe UnsafeBufferPointer(
        rebasing: all[extent.start..<extent.start + extent.count])
      return Spelled(unsafe piece.span, conversion)
    }
  }
}

/// Values side by side.
extension DocumentTree {
  /// Appends the values at the end of a path, a zero before each.
  @inline(__always)
  func gather(_ path: CompiledPath, from start: Element, into key: inout [UInt8]) {
    guard path.conditions.isEmpty else { return gatherAdmitted(path, from: start, into: &key) }
    for index in range(of: path.place, in: start) where nodes[index].place == path.place {
      append(value(of: Element(index: index), path), to: &key)
    }
  }

  private func gatherAdmitted(
    _ path: CompiledPath, from start: Element, into key: inout [UInt8]
  ) {
    var walk = PathWalk(path, from: start, in: self)
    while let element = walk.next(in: self) { append(value(of: element, path), to: &key) }
  }

  @inline(__always)
  private func append(_ value: Extent, to key: inout [UInt8]) {
    key.append(0)
    key += bytes(value)
  }
}
