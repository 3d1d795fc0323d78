import ByteStreaming

/// Writes down the events of a document, joining the pieces of a text.
struct EventRecorder: XMLReceiver {
  private var names: [XMLName] = []
  private var text: [UInt8] = []
  private(set) var events: [String] = []
  private(set) var textBytes = 0
  var keepsText = true
  /// Refuses the element of this name.
  var unwanted: String?
  /// Passes over the elements of this name.
  var passedOver: String?

  mutating func learn(_ name: XMLName) { names.append(name) }

  mutating func start(_ name: Int) throws(XMLFault) -> XMLInterest {
    flush()
    if names[name].local == unwanted {
      throw XMLFault(code: "Unwanted", message: "not \(names[name])")
    }
    events.append("<\(names[name])>")
    return names[name].local == passedOver ? [] : [.attributes, .text, .content]
  }

  mutating func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {
    let bytes = value.indices.map { value[$0] }
    events.append("@\(names[name])=\(String(decoding: bytes, as: UTF8.self))")
  }

  mutating func text(_ bytes: Span<UInt8>) throws(XMLFault) {
    textBytes += bytes.count
    if keepsText { for index in bytes.indices { text.append(bytes[index]) } }
  }

  mutating func end() throws(XMLFault) {
    flush()
    events.append("</>")
  }

  private mutating func flush() {
    if !text.isEmpty { events.append(String(decoding: text, as: UTF8.self)) }
    text = []
  }
}

/// The events of a document, or the fault it ends in.
func events(of bytes: [UInt8], head: Int = 0, limits: XMLLimits = XMLLimits()) throws -> [String] {
  var recorder = EventRecorder()
  var source = try ByteSource(bytes)
  let head = try source.readHead(limit: head)
  try XMLStream.read(&source, head: head, into: &recorder, limits: limits)
  return recorder.events
}

func events(of text: String) throws -> [String] { try events(of: Array(text.utf8)) }

/// The fault that a document ends in, as `Code line:column`, or `none`.
func fault(in bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws -> String {
  do {
    _ = try events(of: bytes, limits: limits)
    return "none"
  } catch let fault as XMLFault {
    return "\(fault.code) \(fault.line):\(fault.column)"
  }
}

/// The code of the fault alone.
func code(of text: String, limits: XMLLimits = XMLLimits()) throws -> String {
  String(try fault(in: Array(text.utf8), limits: limits).prefix { $0 != " " })
}
