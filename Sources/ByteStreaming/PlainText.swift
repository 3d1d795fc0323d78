import CLibXML2

/// The text of a small file that a person saved, whatever encoding the spreadsheet chose.
///
/// Excel writes UTF-8 with a mark, UTF-16 ("Unicode text") or the machine's own code page: GBK in China,
/// Windows-1252 in western Europe. A file says which only by its marks; without one the bytes decide, and
/// where they leave it open nothing is guessed.
package enum PlainText {
  package enum Fault: Error, Hashable, Sendable {
    /// The bytes are no text in the encoding that the file says.
    case damaged(String)
    /// More than one code page could be meant.
    case undecided
  }

  package static func decode(_ bytes: [UInt8]) throws(Fault) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = String(validating: bytes.dropFirst(3), as: UTF8.self) else {
        throw .damaged("UTF-8")
      }
      return text
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), isLittle: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), isLittle: false) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    switch CodePage(of: bytes) {
    case .chinese: return try convert(bytes, "GB18030")
    case .western: return try convert(bytes, "WINDOWS-1252")
    case nil: throw .undecided
    }
  }

  private static func utf16(
    _ bytes: ArraySlice<UInt8>, isLittle: Bool
  ) throws(Fault) -> String {
    guard bytes.count % 2 == 0 else { throw .damaged("UTF-16") }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { at in
      isLittle
        ? UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
        : UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1])
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw .damaged("UTF-16") }
    return text
  }

  /// By the converter that libxml2 has at hand for documents.
  private static func convert(_ bytes: [UInt8], _ name: String) throws(Fault) -> String {
    guard let handler = unsafe xmlFindCharEncodingHandler(name) else { throw .damaged(name) }
    defer { unsafe xmlCharEncCloseFunc(handler) }
    guard let source = unsafe xmlBufferCreateSize(bytes.count + 1),
      let target = unsafe xmlBufferCreateSize(bytes.count * 2 + 16)
    else { throw .damaged(name) }
    defer {
      unsafe xmlBufferFree(source)
      unsafe xmlBufferFree(target)
    }
    let isCopied = unsafe bytes.withUnsafeBufferPointer {
      unsafe xmlBufferAdd(source, $0.baseAddress, Int32($0.count)) == 0
    }
    guard isCopied else { throw .damaged(name) }
    // A call converts what fits; one that leaves as much as it found has met what is no text.
    while case let left = unsafe xmlBufferLength(source), left > 0 {
      guard unsafe xmlCharEncInFunc(handler, target, source) >= 0,
        unsafe xmlBufferLength(source) < left
      else { throw .damaged(name) }
    }
    let converted = unsafe UnsafeBufferPointer(
      start: xmlBufferContent(target), count: Int(xmlBufferLength(target)))
    guard let text = unsafe String(validating: converted, as: UTF8.self) else {
      throw .damaged(name)
    }
    return text
  }
}

/// Which code page bytes are in that are no UTF-8.
private enum CodePage {
  case chinese, western

  /// Chinese characters of everyday use (GB 2312) are two bytes above 0xA0; letters of western Europe
  /// are single bytes above 0x7F between ASCII ones. Bytes that are some of both decide nothing.
  init?(of bytes: [UInt8]) {
    var (common, other, single) = (0, 0, 0)
    var at = 0
    while at < bytes.count {
      guard bytes[at] >= 0x80 else {
        at += 1
        continue
      }
      let next = at + 1 < bytes.count ? bytes[at + 1] : 0
      if bytes[at] > 0xA0, next > 0xA0 {
        common += 1
        at += 2
      } else if next >= 0x80 {
        other += 1
        at += 2
      } else {
        single += 1
        at += 1
      }
    }
    if common > 0, common >= 4 * (other + single) {
      self = .chinese
    } else if single > 0, common == 0, other == 0 {
      self = .western
    } else {
      return nil
    }
  }
}
