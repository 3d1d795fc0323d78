import CLibXML2

/// Reads XML by libxml2's SAX2 core: pulled, from memory only, with no network, no external entity, no
/// substitution, and no entity declaration of any kind.
package enum XMLStream {
  private static let isReady: Void = counterfoil_initialize()

  /// Sends the events of the document in `head` + `source` to `receiver`; returns if it was well-formed
  /// to its end and nothing in it was lost or refused.
  package static func read<Receiver: XMLReceiver & ~Copyable>(
    _ source: inout ByteSource, head: [UInt8] = [], into receiver: inout Receiver,
    limits: XMLLimits = XMLLimits()
  ) throws(XMLFault) {
    _ = isReady
    let fault: XMLFault? = unsafe withUnsafeMutablePointer(to: &source) { source in
      unsafe withUnsafeMutablePointer(to: &receiver) { receiver in
        var session = unsafe XMLSession(source, head, XMLEventsOf(receiver), limits)
        return unsafe withUnsafeMutablePointer(to: &session) { unsafe XMLSession.run($0) }
      }
    }
    if let fault { throw fault }
  }
}

extension XMLSession {
  /// Parses the whole document on this thread; returns why it is refused, or nil.
  static func run(_ session: UnsafeMutablePointer<XMLSession>) -> XMLFault? {
    let me = UnsafeMutableRawPointer(session)
    var handler = unsafe Self.handler
    guard
      let parser = unsafe xmlCreateIOParserCtxt(
        &handler, me, { me, buffer, size in unsafe XMLSession.at(me).pointee.fill(buffer, size) },
        nil, me, XML_CHAR_ENCODING_NONE)
    else { return unsafe session.pointee.verdict(isWellFormed: false) }
    unsafe session.pointee.parser = parser
    var target = unsafe counterfoil_xmlErrorTarget(data: me) {
      me, level, code, line, column, message in
      unsafe XMLSession.at(me).pointee.note(
        level: level, code: code, line: line, column: column, message: message)
    }
    unsafe counterfoil_setErrorTarget(&target)
    unsafe xmlCtxtUseOptions(parser, counterfoil_parserOptions())
    let code = unsafe xmlParseDocument(parser)
    let isWellFormed = unsafe code == 0 && counterfoil_isWellFormed(parser) != 0
    counterfoil_setErrorTarget(nil)
    unsafe session.pointee.parser = nil
    unsafe xmlFreeParserCtxt(parser)
    return unsafe session.pointee.verdict(isWellFormed: isWellFormed)
  }

  /// The session behind a callback.
  @inline(__always)
  static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLSession> {
    unsafe pointer!.assumingMemoryBound(to: XMLSession.self)
  }

  /// Every callback there is, each one line; what is missing here is not acted upon by libxml2.
  private static var handler: xmlSAXHandler {
    var handler = unsafe counterfoil_emptyHandler()
    unsafe handler.startElementNs = { me, local, _, uri, _, _, count, _, attributes in
      unsafe XMLSession.at(me).pointee.start(local, uri, Int(count), attributes)
    }
    unsafe handler.endElementNs = { me, _, _, _ in unsafe XMLSession.at(me).pointee.end() }
    unsafe handler.characters = { me, bytes, count in
      unsafe XMLSession.at(me).pointee.text(bytes, count)
    }
    // Only where the two are one does libxml2 not look whether a text is white space.
    unsafe handler.ignorableWhitespace = handler.characters
    unsafe handler.cdataBlock = { me, bytes, count in
      unsafe XMLSession.at(me).pointee.text(bytes, count)
    }
    unsafe handler.comment = { me, _ in unsafe XMLSession.at(me).pointee.pass() }
    unsafe handler.processingInstruction = { me, _, _ in
      unsafe XMLSession.at(me).pointee.pass()
    }
    unsafe handler.internalSubset = { me, _, _, _ in unsafe XMLSession.at(me).pointee.pass() }
    unsafe handler.reference = { me, name in
      unsafe XMLSession.at(me).pointee.refuseReference(name)
    }
    unsafe handler.entityDecl = { me, name, _, _, _, _ in
      unsafe XMLSession.at(me).pointee.refuseEntity(name)
    }
    unsafe handler.unparsedEntityDecl = { me, name, _, _, _ in
      unsafe XMLSession.at(me).pointee.refuseEntity(name)
    }
    unsafe handler.elementDecl = { me, _, _, _ in
      unsafe XMLSession.at(me).pointee.refuseDeclaration("ELEMENT")
    }
    unsafe handler.notationDecl = { me, _, _, _ in
      unsafe XMLSession.at(me).pointee.refuseDeclaration("NOTATION")
    }
    unsafe handler.attributeDecl = { me, _, _, _, _, _, values in
      unsafe xmlFreeEnumeration(values)
      unsafe XMLSession.at(me).pointee.refuseDeclaration("ATTLIST")
    }
    return unsafe handler
  }
}
