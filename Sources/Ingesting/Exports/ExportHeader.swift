package import BillingModel
import ByteStreaming

/// Tells what an export is by its header.
package enum ExportHeader {
  /// The format of a file by the first of its plain bytes; nil where it is no cost export. A header in
  /// UTF-16 is told too, so that the file can be refused by name.
  package static func format(ofHead bytes: [UInt8]) -> ExportFormat? {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let text = isUTF16 ? bytes.filter { $0 > 0 && $0 < 0x80 } : bytes
    return format(of: CSVRecord.firstLine(text).map { String(decoding: $0, as: UTF8.self) })
  }

  static func format(of columns: [String]) -> ExportFormat? {
    let names = columns.map { $0.lowercased() }
    func count(_ prefix: String) -> Int { names.count { $0.hasPrefix(prefix) } }
    if count("lineitem/") >= 3 { return .legacy }
    if count("line_item_") >= 3 { return .cur2 }
    guard Set(names).isSuperset(of: ["chargecategory", "billingcurrency"]) || isNearlyFocus(names)
    else { return nil }
    return Set(names).isDisjoint(with: since12) ? .focus10 : .focus12
  }

  /// Enough of FOCUS to name the column that is missing.
  private static func isNearlyFocus(_ names: [String]) -> Bool {
    Set(names).intersection([
      "billedcost", "chargecategory", "billingcurrency", "billingperiodstart", "effectivecost",
      "chargeperiodstart", "billingaccountid",
    ]).count >= 3
  }

  /// Columns that FOCUS 1.2 has and 1.0 has not.
  private static let since12: Set<String> = [
    "invoiceid", "billingaccounttype", "subaccounttype", "pricingcurrency",
    "capacityreservationid", "commitmentdiscountquantity",
  ]
}
