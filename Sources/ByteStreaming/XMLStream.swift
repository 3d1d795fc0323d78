import CLibXML2

/// Reads XML by libxml2's SAX2 core: pulled, from memory only, with no network, no external entity, no
/// substitution, and no entity declaration of any kind.
package enum XMLStream {
  private static let isReady: Void = counterfoil_initialize()

  /// Sends the events of the document in `head` + `source` to `receiver`; returns if it was well-formed
  /// to its end and nothing in it was lost or refused.
  package static func read(
    _ source: inout ByteSource, head: [UInt8] = [], into receiver: any XMLReceiver,
    limits: XMLLimits = XMLLimits()
  ) throws(XMLFault) {
    _ = isReady
    let fault: XMLFault? = unsafe withUnsafeMutablePointer(to: &source) { source in
      let session = unsafe XMLSession(source, head, receiver, limits)
      return session.run()
    }
    if let fault { throw fault }
  }
}

extension XMLSession {
  /// Parses the whole document on this thread; returns why it is refused, or nil.
  func run() -> XMLFault? {
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    var handler = unsafe Self.handler
    guard
      let parser = unsafe xmlCreateIOParserCtxt(
        &handler, me, { unsafe XMLSession.from($0).fill($1, $2) }, nil, me,
        XML_CHAR_ENCODING_NONE)
    else { return verdict(isWellFormed: false) }
    unsafe self.parser = parser
    var target = unsafe counterfoil_xmlErrorTarget(data: me) {
      unsafe XMLSession.from($0).note(level: $1, code: $2, line: $3, column: $4, message: $5)
    }
    unsafe counterfoil_setErrorTarget(&target)
    unsafe xmlCtxtUseOptions(parser, counterfoil_parserOptions())
    let code = unsafe xmlParseDocument(parser)
    let isWellFormed = unsafe code == 0 && counterfoil_isWellFormed(parser) != 0
    counterfoil_setErrorTarget(nil)
    unsafe self.parser = nil
    unsafe xmlFreeParserCtxt(parser)
    return verdict(isWellFormed: isWellFormed)
  }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> XMLSession {
    unsafe Unmanaged<XMLSession>.fromOpaque(pointer!).takeUnretainedValue()
  }

  /// Every callback there is, each one line; what is missing here is not acted upon by libxml2.
  private static var handler: xmlSAXHandler {
    var handler = unsafe counterfoil_emptyHandler()
    unsafe handler.startElementNs = { me, local, _, uri, _, _, count, _, attributes in
      unsafe XMLSession.from(me).start(local, uri, Int(count), attributes)
    }
    unsafe handler.endElementNs = { me, _, _, _ in unsafe XMLSession.from(me).end() }
    unsafe handler.characters = { me, bytes, count in unsafe XMLSession.from(me).text(bytes, count)
    }
    unsafe handler.ignorableWhitespace = { me, bytes, count in
      unsafe XMLSession.from(me).text(bytes, count)
    }
    unsafe handler.cdataBlock = { me, bytes, count in unsafe XMLSession.from(me).text(bytes, count)
    }
    unsafe handler.comment = { me, _ in unsafe XMLSession.from(me).pass() }
    unsafe handler.processingInstruction = { me, _, _ in unsafe XMLSession.from(me).pass() }
    unsafe handler.internalSubset = { me, _, _, _ in unsafe XMLSession.from(me).pass() }
    unsafe handler.reference = { me, name in unsafe XMLSession.from(me).refuseReference(name) }
    unsafe handler.entityDecl = { me, name, _, _, _, _ in
      unsafe XMLSession.from(me).refuseEntity(name)
    }
    unsafe handler.unparsedEntityDecl = { me, name, _, _, _ in
      unsafe XMLSession.from(me).refuseEntity(name)
    }
    unsafe handler.elementDecl = { me, _, _, _ in
      unsafe XMLSession.from(me).refuseDeclaration("ELEMENT")
    }
    unsafe handler.notationDecl = { me, _, _, _ in
      unsafe XMLSession.from(me).refuseDeclaration("NOTATION")
    }
    unsafe handler.attributeDecl = { me, _, _, _, _, _, values in
      unsafe xmlFreeEnumeration(values)
      unsafe XMLSession.from(me).refuseDeclaration("ATTLIST")
    }
    return unsafe handler
  }
}
