/// What bytes are, by their first ones; a file's name says nothing.
package enum ContentKind: String, Sendable, Hashable, CaseIterable {
  case gzip, zip, parquet, pdf, zstandard, bzip2, xz, utf16, binary, xml, json, text, empty

  /// An entry, the end of an empty archive, and the two marks of one that was split.
  private static let zipMagics: [[UInt8]] = [
    Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8), Array("PK\u{7}\u{8}".utf8),
    Array("PK00PK\u{3}\u{4}".utf8),
  ]

  package init(of bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(512))
    func starts(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
    if head.isEmpty {
      self = .empty
    } else if starts([0x1F, 0x8B]) || head == [0x1F] {
      // The second is a gzip file cut to its first byte.
      self = .gzip
    } else if Self.zipMagics.contains(where: starts) {
      self = .zip
    } else if starts(Array("PAR1".utf8)) {
      self = .parquet
    } else if starts(Array("%PDF".utf8)) {
      self = .pdf
    } else if starts([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else if starts(Array("BZh".utf8)) {
      self = .bzip2
    } else if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      self = .xz
    } else if starts([0xFF, 0xFE]) || starts([0xFE, 0xFF]) {
      self = .utf16
    } else {
      self = Self.text(head)
    }
  }

  private static func text(_ head: [UInt8]) -> ContentKind {
    let bom: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = head.starts(with: bom) ? head[3...] : head[...]
    let first = body.first { !($0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D) }
    switch first {
    case UInt8(ascii: "<"): return .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    default:
      // A NUL in the first bytes is no text of ours; one further on is a fault of its row.
      return body.prefix(64).contains(0) ? .binary : .text
    }
  }

  /// Why such a file is not read, and the way out; nil for what can be read.
  package var refusal: String? {
    switch self {
    case .gzip, .zip, .xml, .json, .text, .utf16: nil
    case .parquet: "a Parquet file: choose text/csv with GZIP as the format of the export"
    case .pdf: "a PDF: drop in the XML or JSON of the invoice"
    case .zstandard: "compressed with Zstandard: unpack it, or compress it with gzip"
    case .bzip2: "compressed with bzip2: unpack it, or compress it with gzip"
    case .xz: "compressed with xz: unpack it, or compress it with gzip"
    case .binary: "neither text, gzip nor ZIP"
    case .empty: "an empty file: deliver it again"
    }
  }
}

extension ContentKind {
  /// Not nil where the file itself is only the wrapping of its bytes.
  var packing: Packing? {
    switch self {
    case .gzip: .gzip
    case .zip: .zip
    default: nil
    }
  }
}
