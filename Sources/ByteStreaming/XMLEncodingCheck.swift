/// Finds documents that declare a Chinese encoding and are UTF-8: both decode without an error, to
/// other characters.
struct XMLEncodingCheck {
  /// As it stands in the declaration; empty if there is none.
  let declared: String
  private let isSuspect: Bool
  private var isUTF8 = true
  /// Bytes that the character in progress still lacks.
  private var missing = 0
  private var longCharacters = 0

  /// Three UTF-8 characters of three bytes are no accident if everything else is UTF-8 too.
  private static let evidence = 3

  init(head: [UInt8]) {
    declared = Self.declaration(in: head.prefix(200))
    isSuspect = ["gbk", "gb2312", "gb18030", "cp936", "big5"].contains(declared.lowercased())
  }

  var isMistaken: Bool { isSuspect && isUTF8 && longCharacters >= Self.evidence }

  /// The value of `encoding="…"` in an XML declaration.
  private static func declaration(in head: ArraySlice<UInt8>) -> String {
    let text = String(decoding: head, as: UTF8.self)
    guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>"),
      let mark = text[..<end.lowerBound].firstRange(of: "encoding"),
      let quote = text[mark.upperBound..<end.lowerBound].firstIndex(where: {
        $0 == "\"" || $0 == "'"
      })
    else { return "" }
    let value = text[text.index(after: quote)..<end.lowerBound]
    return String(value.prefix { $0 != text[quote] })
  }

  mutating func look(at bytes: Slice<UnsafeRawBufferPointer>) {
    guard isSuspect, isUTF8 else { return }
    unsafe bytes.forEach { if isUTF8 { take($0) } }
  }

  private mutating func take(_ byte: UInt8) {
    if missing > 0 {
      isUTF8 = byte & 0xC0 == 0x80
      missing -= 1
    } else if byte >= 0x80 {
      switch byte {
      case 0xC2...0xDF: missing = 1
      case 0xE0...0xEF:
        missing = 2
        longCharacters += 1
      case 0xF0...0xF4: missing = 3
      default: isUTF8 = false
      }
    }
  }
}
