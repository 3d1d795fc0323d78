/// What bytes are, by their first ones; a file's name says nothing.
package enum ContentKind: String, Sendable, Hashable, CaseIterable {
  case gzip, zip, parquet, pdf, zstandard, bzip2, xz, sevenZip, rar, tar, signed, edifact
  case utf16, binary, xml, json, text, empty

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
    } else if starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      self = .sevenZip
    } else if starts(Array("Rar!\u{1A}\u{7}".utf8)) {
      self = .rar
    } else if head.count >= 262, head[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else if SignedContent.begins(head) {
      self = .signed
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
    case UInt8(ascii: "U") where isInterchange(body): return .edifact
    default:
      // A NUL in the first bytes is no text of ours; one further on is a fault of its row.
      return body.prefix(64).contains(0) ? .binary : .text
    }
  }

  /// An EDIFACT interchange begins with its own marks, `UNA:+.? '`, or with `UNB+UNO`.
  private static func isInterchange(_ body: ArraySlice<UInt8>) -> Bool {
    body.starts(with: "UNB+UNO".utf8)
      || body.starts(with: "UNA".utf8)
        && body.dropFirst(9).drop { $0 < 0x21 }.starts(
          with: "UNB".utf8)
  }

  /// Why such a file is not read, and the way out; nil for what can be read.
  package var refusal: String? {
    switch self {
    case .gzip, .zip, .xml, .json, .text, .utf16: nil
    case .parquet: "a Parquet file: choose text/csv with GZIP as the format of the export"
    case .pdf:
      "a PDF: drop in the XML or JSON of the invoice, and ask the sender for it; a Factur-X or ZUGFeRD "
        + "PDF has its XML attached, which `pdfdetach -saveall FILE` takes out"
    case .zstandard: "compressed with Zstandard: unpack it, or compress it with gzip"
    case .bzip2: "compressed with bzip2: unpack it, or compress it with gzip"
    case .xz: "compressed with xz: unpack it, or compress it with gzip"
    case .sevenZip: "a 7z archive: unpack it and drop in its files"
    case .rar: "a RAR archive: unpack it and drop in its files"
    case .tar: "a tar archive: unpack it and drop in its files"
    case .signed:
      "signed data (CAdES, .p7m): ask the sender for the XML, or take it out with "
        + "`openssl smime -verify -noverify -inform DER -in FILE -out FILE.xml`"
    case .edifact: "an EDIFACT interchange: ask the sender for the invoice as XML"
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

/// Signed data of RFC 5652, as Italian invoices come (`.p7m`): in DER, or the same in base64.
private enum SignedContent {
  /// The identifier 1.2.840.113549.1.7.2 in DER.
  private static let identifier: [UInt8] = [
    0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02,
  ]
  /// The same in base64, behind a length of two bytes and behind none.
  private static let spellings = ["YJKoZIhvcNAQcC", "GCSqGSIb3DQEHA"]

  static func begins(_ head: [UInt8]) -> Bool {
    if head.first == 0x30 {
      return (2...6).contains { head.dropFirst($0).starts(with: identifier) }
    }
    let text = String(decoding: head.prefix(80), as: UTF8.self)
    return text.hasPrefix("-----BEGIN PKCS7-----") || text.hasPrefix("-----BEGIN CMS-----")
      || text.hasPrefix("MI") && spellings.contains { text.prefix(32).contains($0) }
  }
}
