import CLibXML2

/// One parse of one document: what the callbacks of libxml2 share. It lives on one thread, and they reach it
/// by its address.
@safe struct XMLSession: ~Copyable {
  private let receiver: XMLEvents
  private let limits: XMLLimits
  private let source: UnsafeMutablePointer<ByteSource>
  private var head: ArraySlice<UInt8>
  private var encoding: XMLEncodingCheck
  var parser: xmlParserCtxtPtr?

  private var depth = 0
  /// The depth of the element that is passed over, or 0.
  private var passing = 0
  /// Whether the text at each depth is wanted: asked for every piece of white space.
  private let wantsText: UnsafeMutablePointer<Bool>
  private var bytes = 0
  private var bytesSinceEvent = 0
  private var names = NameNumbers()
  /// The first reason of our own; the flag is what every event asks for.
  private var refusal: XMLFault?
  private var isRefused = false
  /// The first error of libxml2.
  private var error: XMLFault?

  init(
    _ source: UnsafeMutablePointer<ByteSource>, _ head: [UInt8], _ receiver: XMLEvents,
    _ limits: XMLLimits
  ) {
    unsafe self.source = source
    self.head = head[...]
    self.receiver = receiver
    self.limits = limits
    encoding = XMLEncodingCheck(head: head)
    unsafe wantsText = .allocate(capacity: limits.depth + 1)
    unsafe wantsText.initialize(repeating: false, count: limits.depth + 1)
    unsafe parser = nil
  }

  deinit { unsafe wantsText.deallocate() }

  /// What is to be said once libxml2 has returned.
  func verdict(isWellFormed: Bool) -> XMLFault? {
    if let refusal { return refusal }
    if encoding.isMistaken {
      return XMLFault(
        code: "WrongEncoding",
        message:
          "it declares the encoding \(encoding.declared), but its bytes are UTF-8: correct the "
          + "declaration in its first line")
    }
    if isWellFormed { return error }
    return error ?? XMLFault(code: "NotWellFormed", message: "not a whole XML document")
  }

  // MARK: Bytes

  /// The read callback: −1 ends the parse.
  mutating func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int32) -> Int32 {
    guard !isRefused else { return -1 }
    let target = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(capacity))
    let count: Int
    do throws(StreamError) {
      count = unsafe try nextBytes(into: target)
    } catch {
      refuse(XMLFault(code: error.code, message: error.description))
      return -1
    }
    bytes += count
    bytesSinceEvent += count
    if bytes > limits.bytes {
      refuse("TooLarge", "more than \(limits.bytes) bytes: split the file")
    } else if bytesSinceEvent > limits.bytesWithoutEvent {
      refuse(
        "OversizedToken",
        "one tag, attribute or comment is longer than \(limits.bytesWithoutEvent) bytes")
    }
    unsafe encoding.look(at: UnsafeRawBufferPointer(target)[..<count])
    return isRefused ? -1 : Int32(count)
  }

  private mutating func nextBytes(into target: UnsafeMutableRawBufferPointer) throws(StreamError)
    -> Int
  {
    guard !head.isEmpty else { return unsafe try source.pointee.fill(into: target) }
    let count = min(target.count, head.count)
    unsafe target.copyBytes(from: head.prefix(count))
    head = head.dropFirst(count)
    return count
  }

  // MARK: Events

  @inline(__always)
  mutating func start(
    _ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, _ count: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    pass()
    depth += 1
    guard !isRefused else { return }
    guard depth <= limits.depth else {
      return refuse("TooDeep", "elements are nested more than \(limits.depth) deep")
    }
    guard count <= limits.attributesPerElement else {
      return refuse(
        "TooManyAttributes", "more than \(limits.attributesPerElement) attributes on one element")
    }
    do throws(XMLFault) {
      let name = unsafe try number(local, namespace)
      guard passing == 0 else { return }
      let interest = try receiver.start(name)
      unsafe wantsText[depth] = interest.contains(.text)
      if interest.contains(.attributes), let attributes = unsafe attributes {
        for index in 0..<count { unsafe try attribute(attributes + index * 5) }
      }
      if !interest.contains(.content) { passing = depth }
    } catch {
      refuse(error.code, error.message)
    }
  }

  /// Five pointers describe an attribute: local name, prefix, namespace, begin and end of its value.
  private mutating func attribute(
    _ parts: UnsafeMutablePointer<UnsafePointer<xmlChar>?>
  ) throws(XMLFault) {
    let name = unsafe try number(parts[0], parts[2])
    let value = unsafe UnsafeBufferPointer(start: parts[3], count: parts[4]! - parts[3]!)
    try receiver.attribute(name, unsafe value.span)
  }

  @inline(__always)
  mutating func text(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    pass()
    guard !isRefused, passing == 0, unsafe wantsText[depth] else { return }
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
    do throws(XMLFault) {
      try receiver.text(unsafe buffer.span)
    } catch {
      refuse(error.code, error.message)
    }
  }

  @inline(__always)
  mutating func end() {
    pass()
    depth -= 1
    guard !isRefused else { return }
    if passing == 0 {
      do throws(XMLFault) {
        try receiver.end()
      } catch {
        refuse(error.code, error.message)
      }
    } else if passing > depth {
      passing = 0
    }
  }

  /// Something came: the parser is not stuck in one token.
  mutating func pass() { bytesSinceEvent = 0 }

  @inline(__always)
  private mutating func number(
    _ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
  ) throws(XMLFault) -> Int {
    let address = (namespace: UInt(bitPattern: namespace), local: UInt(bitPattern: local))
    if let number = names.number(address) { return number }
    return unsafe try learn(local, namespace, address)
  }

  private mutating func learn(
    _ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?,
    _ address: (namespace: UInt, local: UInt)
  ) throws(XMLFault) -> Int {
    guard names.count < limits.names else {
      throw XMLFault(code: "TooManyNames", message: "more than \(limits.names) different names")
    }
    receiver.learn(unsafe XMLName(namespace: Self.string(namespace), local: Self.string(local)))
    return names.add(address)
  }

  private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    unsafe pointer.map { unsafe String(cString: $0) } ?? ""
  }
}

// MARK: Refusals

extension XMLSession {
  /// Keeps the first reason. From now on no event is passed on, and the next read ends the parse: that
  /// needs no call into a parser that is busy.
  mutating func refuse(_ code: String, _ message: String) {
    guard !isRefused else { return }
    var fault = XMLFault(code: code, message: message)
    if let parser = unsafe parser {
      fault.line = unsafe Int(counterfoil_line(parser))
      fault.column = unsafe Int(counterfoil_column(parser))
    }
    refuse(fault)
  }

  private mutating func refuse(_ fault: XMLFault) {
    refusal = fault
    isRefused = true
  }

  mutating func refuseEntity(_ name: UnsafePointer<xmlChar>?) {
    refuse(
      "EntityDeclaration",
      "it declares the entity \"\(unsafe Self.string(name).prefix(80))\": an invoice needs none, and entities "
        + "can read files or grow without bound")
  }

  mutating func refuseDeclaration(_ kind: String) {
    refuse(
      "InternalSubset",
      "its DOCTYPE holds an \(kind) declaration: only a reference to a DTD is read")
  }

  mutating func refuseReference(_ name: UnsafePointer<xmlChar>?) {
    refuse(
      "UndeclaredEntity",
      "it uses &\(unsafe Self.string(name).prefix(80)); which it does not declare: that text would be lost"
    )
  }

  /// An error of libxml2. Warnings are passed over; of the rest the first is kept.
  mutating func note(
    level: Int32, code: Int32, line: Int32, column: Int32, message: UnsafePointer<CChar>?
  ) {
    guard level >= XML_ERR_ERROR.rawValue, error == nil || isUndeclared(code) else { return }
    let text = unsafe message.map { unsafe String(cString: $0) } ?? "XML error \(code)"
    error = XMLFault(
      code: isUndeclared(code) ? "UndeclaredEntity" : "NotWellFormed",
      message: Self.advice(code) ?? "\(Self.oneLine(text)) (libxml2 error \(code))",
      line: Int(line), column: Int(column))
  }

  private func isUndeclared(_ code: Int32) -> Bool {
    code == XML_ERR_UNDECLARED_ENTITY.rawValue || code == XML_WAR_UNDECLARED_ENTITY.rawValue
  }

  private static func advice(_ code: Int32) -> String? {
    code == XML_ERR_RESERVED_XML_NAME.rawValue
      ? "<?xml …?> must be the very first thing in the file: remove what stands before it" : nil
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }.drop { $0 == " " }.prefix(200))
      .split(separator: " ").joined(separator: " ")
  }
}
