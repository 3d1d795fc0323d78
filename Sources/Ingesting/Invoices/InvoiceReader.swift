package import BillingModel
package import ByteStreaming

/// Why a file holds no invoice that can be read.
package struct InvoiceFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable word for the reason of a quarantine, such as `EntityDeclaration` or `UnknownDialect`.
  package var code: Text
  package var message: Text

  package init(code: String, message: String) {
    self.code = Text(code)
    self.message = Text(message)
  }

  package var description: String { message.string }
}

/// What no file of invoices exceeds.
package struct InvoiceLimits: Hashable, Sendable {
  package var documents = 10_000
  /// Lines of one document.
  package var lines = 1_000_000
  /// Kept elements of one root beside its lines, and in one line.
  package var elements = 100_000
  /// Bytes of one kept text or attribute, and of all that are kept of one root.
  package var fieldBytes = 64 << 10
  package var keptBytes = 16 << 20
  /// Bytes of a JSON document, which is held whole.
  package var jsonBytes = 64 << 20
  package var xml = XMLLimits()

  package init() {}
}

/// Reads the invoices of one file: XML in any of the dialects it was given, or invoice summaries as
/// JSON. Either all of them come back or none.
///
/// A document that must not be booked comes back with its ``Invoice/refusal`` set.
package struct InvoiceReader: Sendable {
  private let dialects: [CompiledDialect]
  private let limits: InvoiceLimits
  private static let headBytes = 4096

  package init(dialects: [Dialect], limits: InvoiceLimits = InvoiceLimits()) {
    self.dialects = dialects.map(CompiledDialect.init)
    self.limits = limits
  }

  /// `file` and `sha256` go into every invoice as they are given.
  package func read(
    _ source: inout ByteSource, file: Text, sha256: Text
  ) throws(InvoiceFault) -> [Invoice] {
    let head = try Self.bytes { () throws(StreamError) in try source.readHead(limit: Self.headBytes)
    }
    switch source.plainKind {
    case .xml, .utf16: return try readXML(&source, head, file, sha256)
    case .json:
      let rest = try Self.bytes { () throws(StreamError) in
        try source.readAll(limit: limits.jsonBytes)
      }
      return try SummaryList(file: file, sha256: sha256).read(head + rest)
    default:
      throw InvoiceFault(
        code: "UnknownContent", message: "neither XML nor JSON: no invoice that can be read")
    }
  }

  private static func bytes(
    _ read: () throws(StreamError) -> [UInt8]
  ) throws(InvoiceFault) -> [UInt8] {
    do throws(StreamError) {
      return try read()
    } catch {
      throw InvoiceFault(code: error.code, message: error.description)
    }
  }

  private func readXML(
    _ source: inout ByteSource, _ head: [UInt8], _ file: Text, _ sha256: Text
  ) throws(InvoiceFault) -> [Invoice] {
    var assembly = DocumentAssembly(
      dialects: dialects, limits: limits, file: file, sha256: sha256)
    do throws(XMLFault) {
      try XMLStream.read(&source, head: head, into: &assembly, limits: limits.xml)
    } catch {
      throw InvoiceFault(code: error.code, message: error.description)
    }
    if assembly.invoices.isEmpty {
      throw InvoiceFault(code: "NoInvoice", message: "the wrapper holds no invoice")
    }
    return assembly.invoices
  }
}
