/// Why a ZIP archive is not read although nothing in it need be broken.
package enum ZipRefusal: Hashable, Sendable, CustomStringConvertible {
  /// The names of the first two.
  case severalFiles(String, String)
  /// An OFD document, which shows an invoice and does not state it.
  case fixedLayout
  /// A spreadsheet's own format (`.xlsx`, `.ods`).
  case workbook
  case noFile
  case encrypted
  /// What the reader would have to know.
  case unsupported(String)
  case split
  /// Stored, not deflated, and its length is only said behind it.
  case unknownLength

  package var description: String {
    switch self {
    case .severalFiles(let first, let second):
      """
      the ZIP archive holds more than one file (\(first), \(second)): unpack it and drop in its files, \
      or make an archive of each
      """
    case .fixedLayout:
      "an OFD document: drop in the XML of the invoice, which the tax platform and the sender have"
    case .workbook:
      "a spreadsheet's own format (.xlsx, .ods): save it as \"CSV UTF-8\" and drop that in"
    case .noFile: "the ZIP archive holds no file: deliver it again"
    case .encrypted: "the ZIP archive is encrypted: unpack it and drop in its file"
    case .unsupported(let what):
      "the ZIP archive uses \(what): unpack it and drop in its file, or make it with deflate"
    case .split: "the ZIP archive is split into parts: join and unpack it, and drop in its file"
    case .unknownLength:
      """
      the file in the ZIP archive is stored and its length is not said in front of it: unpack it and drop \
      in its file, or make the archive with deflate
      """
    }
  }

  /// Of an archive with more than one file, by the names of the first two.
  static func several(_ first: String, _ second: String) -> ZipRefusal {
    let isLayout = [first, second].contains { $0 == "OFD.xml" || $0.hasPrefix("Doc_0/") }
    let parts = ["[Content_Types].xml", "mimetype", "xl/", "docProps/", "_rels/.rels"]
    let isWorkbook = parts.contains { first.hasPrefix($0) }
    return isLayout ? .fixedLayout : isWorkbook ? .workbook : .severalFiles(first, second)
  }

  static func method(_ number: UInt64) -> ZipRefusal {
    let names: [UInt64: String] = [
      9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES",
    ]
    return .unsupported("the compression \(names[number] ?? "method \(number)")")
  }
}
