import CLibXML2

/// One parse of one document: what the callbacks of libxml2 share. It lives on one thread.
@safe final class XMLSession {
  private let receiver: any XMLReceiver
  private let limits: XMLLimits
  private let source: UnsafeMutablePointer<ByteSource>
  private var head: ArraySlice<UInt8>
  private var encoding: XMLEncodingCheck
  var parser: xmlParserCtxtPtr?

  private var depth = 0
  private var bytes = 0
  private var bytesSinceEvent = 0
  private var names = NameNumbers()
  /// The first reason of our own.
  private var refusal: XMLFault?
  /// The first error of libxml2.
  private var error: XMLFault?

  init(
    _ source: UnsafeMutablePointer<ByteSource>, _ head: [UInt8], _ receiver: any XMLReceiver,
    _ limits: XMLLimits
  ) {
    unsafe self.source = source
    self.head = head[...]
    self.receiver = receiver
    self.limits = limits
    encoding = XMLEncodingCheck(head: head)
    unsafe parser = nil
  }

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
  func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int32) -> Int32 {
    guard refusal == nil else { return -1 }
    let target = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(capacity))
    let count: Int
    do throws(StreamError) {
      count = unsafe try nextBytes(into: target)
    } catch {
      refusal = XMLFault(code: error.code, message: error.description)
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
    return refusal == nil ? Int32(count) : -1
  }

  private func nextBytes(into target: UnsafeMutableRawBufferPointer) throws(StreamError) -> Int {
    guard !head.isEmpty else { return unsafe try source.pointee.fill(into: target) }
    let count = min(target.count, head.count)
    unsafe target.copyBytes(from: head.prefix(count))
    head = head.dropFirst(count)
    return count
  }

  // MARK: Events

  func start(
    _ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, _ count: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    pass()
    depth += 1
    guard refusal == nil else { return }
    if depth > limits.depth {
      return refuse("TooDeep", "elements are nested more than \(limits.depth) deep")
    }
    if count > limits.attributesPerElement {
      return refuse(
        "TooManyAttributes", "more than \(limits.attributesPerElement) attributes on one element")
    }
    attempt { () throws(XMLFault) in
      let name = unsafe try self.number(local, namespace)
      guard try self.receiver.start(name), count > 0, let attributes = unsafe attributes else {
        return
      }
      for index in 0..<count { unsafe try self.attribute(attributes + index * 5) }
    }
  }

  /// Five pointers describe an attribute: local name, prefix, namespace, begin and end of its value.
  private func attribute(
    _ parts: UnsafeMutablePointer<UnsafePointer<xmlChar>?>
  ) throws(XMLFault) {
    let name = unsafe try number(parts[0], parts[2])
    let value = unsafe UnsafeBufferPointer(start: parts[3], count: parts[4]! - parts[3]!)
    try receiver.attribute(name, unsafe value.span)
  }

  func text(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    pass()
    guard refusal == nil else { return }
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
    attempt { () throws(XMLFault) in try self.receiver.text(unsafe buffer.span) }
  }

  func end() {
    pass()
    depth -= 1
    guard refusal == nil else { return }
    attempt { () throws(XMLFault) in try self.receiver.end() }
  }

  /// Something came: the parser is not stuck in one token.
  func pass() { bytesSinceEvent = 0 }

  private func attempt(_ body: () throws(XMLFault) -> Void) {
    do throws(XMLFault) {
      try body()
    } catch {
      refuse(error.code, error.message)
    }
  }

  private func number(
    _ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
  ) throws(XMLFault) -> Int {
    let address = (UInt(bitPattern: namespace), UInt(bitPattern: local))
    if let number = names.number(address) { return number }
    guard names.count < limits.names else {
      throw XMLFault(code: "TooManyNames", message: "more than \(limits.names) different names")
    }
    let number = names.add(address)
    receiver.learn(unsafe XMLName(namespace: Self.string(namespace), local: Self.string(local)))
    return number
  }

  private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    unsafe pointer.map { unsafe String(cString: $0) } ?? ""
  }
}

// MARK: Refusals

extension XMLSession {
  /// Keeps the first reason. From now on no event is passed on, and the next read ends the parse: that
  /// needs no call into a parser that is busy.
  func refuse(_ code: String, _ message: String) {
    guard refusal == nil else { return }
    var fault = XMLFault(code: code, message: message)
    if let parser = unsafe parser {
      fault.line = unsafe Int(counterfoil_line(parser))
      fault.column = unsafe Int(counterfoil_column(parser))
    }
    refusal = fault
  }

  func refuseEntity(_ name: UnsafePointer<xmlChar>?) {
    refuse(
      "EntityDeclaration",
      "it declares the entity \"\(unsafe Self.string(name).prefix(80))\": an invoice needs none, and entities "
        + "can read files or grow without bound")
  }

  func refuseDeclaration(_ kind: String) {
    refuse(
      "InternalSubset",
      "its DOCTYPE holds an \(kind) declaration: only a reference to a DTD is read")
  }

  func refuseReference(_ name: UnsafePointer<xmlChar>?) {
    refuse(
      "UndeclaredEntity",
      "it uses &\(unsafe Self.string(name).prefix(80)); which it does not declare: that text would be lost"
    )
  }

  /// An error of libxml2. Warnings are passed over; of the rest the first is kept.
  func note(
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
