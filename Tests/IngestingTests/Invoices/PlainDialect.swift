import BillingModel
import ByteStreaming

@testable import Ingesting

/// A small dialect in no namespace: `<bill no date>` with `<total>` and `<row>`s.
enum PlainDialect {
  static func path(_ text: String) throws -> ElementPath {
    try ElementPath(parsing: text, prefixes: NamespacePrefixes())
  }

  static func make() throws -> Dialect {
    var dialect = Dialect(
      name: "plain", roots: [Dialect.Root(ElementName(namespace: "", local: "bill"))])
    dialect.fields = [
      .number: FieldRule([try path("@no")]), .issueDate: FieldRule([try path("@date")]),
      .net: FieldRule([try path("total/@net")]), .gross: FieldRule([try path("total")]),
      .remark: FieldRule([try path("note")]),
    ]
    var line = LineRule(paths: [try path("rows/row")], net: FieldRule([try path("net")]))
    line.service = FieldRule([try path("@of")])
    dialect.line = line
    return dialect
  }

  static func read(
    _ text: String, _ dialect: Dialect? = nil, limits: InvoiceLimits = InvoiceLimits()
  ) throws -> [Invoice] {
    var source = try ByteSource(Array(text.utf8))
    let reader = InvoiceReader(dialects: [try dialect ?? make()], limits: limits)
    return try reader.read(&source, file: "bill.xml", sha256: "ab")
  }

  /// The code of the fault that reading ends in, or `none`.
  static func code(
    _ text: String, _ dialect: Dialect? = nil, limits: InvoiceLimits = InvoiceLimits()
  ) throws -> Text {
    do {
      _ = try read(text, dialect, limits: limits)
      return "none"
    } catch let fault as InvoiceFault {
      return fault.code
    }
  }
}
