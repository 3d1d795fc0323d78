import BillingModel
import ByteStreaming
import ExactNumbers

/// Reads what `aws invoicing list-invoice-summaries` prints: `{"InvoiceSummaries": […]}`, or the bare
/// list. Members that are not known are passed over.
struct SummaryList {
  static let dialect = Invoice.listDialect

  let file: Text
  let sha256: Text

  func read(_ bytes: [UInt8]) throws(InvoiceFault) -> [Invoice] {
    let document = try parse(bytes)
    guard let summaries = document["InvoiceSummaries"]?.array ?? document.array,
      summaries.allSatisfy({ if case .object = $0 { true } else { false } })
    else {
      throw InvoiceFault(
        code: "UnknownDialect",
        message: "JSON without a list \"InvoiceSummaries\": export it with "
          + "`aws invoicing list-invoice-summaries`")
    }
    var invoices: [Invoice] = []
    for (index, summary) in summaries.enumerated() {
      let blank = Invoice(file: file, sha256: sha256, index: index + 1, dialect: Self.dialect)
      var reading = SummaryReading(summary, path: "InvoiceSummaries[\(index)]", blank)
      invoices.append(try invoice(&reading))
    }
    return invoices
  }

  private func parse(_ bytes: [UInt8]) throws(InvoiceFault) -> JSONValue {
    do throws(JSONFault) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw InvoiceFault(code: "NotJSON", message: error.description)
    }
  }

  private func invoice(_ reading: inout SummaryReading) throws(InvoiceFault) -> Invoice {
    do throws(AmountOverflow) {
      return try reading.bind()
    } catch {
      throw InvoiceFault(code: "AmountOverflow", message: "\(reading.path): \(error)")
    }
  }
}
