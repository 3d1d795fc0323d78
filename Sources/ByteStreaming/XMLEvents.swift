/// A receiver whose type is forgotten, for the callbacks of C. A class to be overridden, since its calls cost
/// less than those of a protocol.
class XMLEvents {
  func learn(_ name: XMLName) {}
  func start(_ name: Int) throws(XMLFault) -> XMLInterest { [] }
  func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {}
  func text(_ bytes: Span<UInt8>) throws(XMLFault) {}
  func end() throws(XMLFault) {}
}

/// Sends the events to a receiver that stays where it is for as long as the parse takes: a check of exclusive
/// access for each of them would take as long as the parse.
@safe final class XMLEventsOf<Receiver: XMLReceiver & ~Copyable>: XMLEvents {
  private let receiver: UnsafeMutablePointer<Receiver>

  init(_ receiver: UnsafeMutablePointer<Receiver>) { unsafe self.receiver = receiver }

  override func learn(_ name: XMLName) { unsafe receiver.pointee.learn(name) }

  override func start(_ name: Int) throws(XMLFault) -> XMLInterest {
    unsafe try receiver.pointee.start(name)
  }

  override func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {
    unsafe try receiver.pointee.attribute(name, value)
  }

  override func text(_ bytes: Span<UInt8>) throws(XMLFault) {
    unsafe try receiver.pointee.text(bytes)
  }

  override func end() throws(XMLFault) { unsafe try receiver.pointee.end() }
}
