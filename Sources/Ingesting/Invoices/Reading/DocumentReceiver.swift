import ByteStreaming

/// Hands the events of a file to its assembly, which is reached by its address: a check of exclusive access
/// for each of them would take as long as the parse.
@safe final class DocumentReceiver: XMLReceiver {
  private let assembly: UnsafeMutablePointer<DocumentAssembly>

  /// - Parameter assembly: To stay where it is while this receives.
  init(_ assembly: UnsafeMutablePointer<DocumentAssembly>) { unsafe self.assembly = assembly }

  func learn(_ name: XMLName) { unsafe assembly.pointee.learn(name) }

  func start(_ name: Int) throws(XMLFault) -> XMLInterest {
    unsafe try assembly.pointee.start(name)
  }

  func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault) {
    unsafe try assembly.pointee.attribute(name, value)
  }

  func text(_ bytes: Span<UInt8>) throws(XMLFault) {
    unsafe try assembly.pointee.text(bytes)
  }

  func end() throws(XMLFault) { unsafe try assembly.pointee.end() }
}
