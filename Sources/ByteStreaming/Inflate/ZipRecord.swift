/// The records of a ZIP archive by their signatures (PKWARE APPNOTE 6.3.10 §4.3).
enum ZipRecord: UInt64 {
  case local = 0x0403_4B50
  case descriptor = 0x0807_4B50
  case central = 0x0201_4B50
  case end64 = 0x0606_4B50
  case locator64 = 0x0706_4B50
  case end = 0x0605_4B50
  /// Stands at the front of an archive that was to be split and found room in one part.
  case single = 0x3030_4B50

  /// How many bytes of the record must be there to know its whole size.
  var fixedSize: Int {
    switch self {
    case .local: 30
    case .central: 46
    case .end64: 12
    case .locator64: 20
    case .end: 22
    case .descriptor, .single: 4
    }
  }

  /// The size of the whole record, whose fixed bytes are there.
  func size(_ bytes: GatheredBytes) throws(StreamError) -> Int {
    func length(_ offset: Int) -> Int { Int(bytes.number(at: offset, size: 2)) }
    switch self {
    case .local: return 30 + length(26) + length(28)
    case .central: return 46 + length(28) + length(30) + length(32)
    case .end: return 22 + length(20)
    case .end64:
      let rest = bytes.number(at: 4, size: 8)
      guard (44...65_536).contains(rest) else {
        throw .damaged(.zip, "impossible size of the end record")
      }
      return 12 + Int(rest)
    default: return fixedSize
    }
  }
}

/// What a ZIP archive says of one of its entries.
struct ZipEntry {
  /// In front of the entry's data, or in the directory at the end.
  enum Place { case local, directory }

  let name: String
  let isFolder: Bool
  let method: UInt64
  var checksum: UInt64
  var packedSize: UInt64
  var plainSize: UInt64
  /// Where its local header begins.
  var offset: UInt64
  /// Sizes and checksum follow the data; in front of it they need not be right.
  let hasDescriptor: Bool

  /// Reads a whole record; refuses what would need a key or another method.
  init(_ bytes: GatheredBytes, _ place: Place) throws(StreamError) {
    let at = place == .local ? 6 : 8
    let flags = bytes.number(at: at, size: 2)
    // Bits 0, 6 and 13: encryption, strong encryption, masked headers. Bit 5: a patch, not a file.
    guard flags & 0x2041 == 0 else { throw .archive(.encrypted) }
    guard flags & 0x20 == 0 else { throw .archive(.unsupported("patched data")) }
    hasDescriptor = flags & 8 != 0
    method = bytes.number(at: at + 2, size: 2)
    checksum = bytes.number(at: at + 8, size: 4)
    packedSize = bytes.number(at: at + 12, size: 4)
    plainSize = bytes.number(at: at + 16, size: 4)
    offset = place == .local ? 0 : bytes.number(at: 42, size: 4)
    let nameEnd = (place == .local ? 30 : 46) + Int(bytes.number(at: at + 20, size: 2))
    let raw = bytes.bytes[(place == .local ? 30 : 46)..<nameEnd]
    isFolder = raw.last == UInt8(ascii: "/")
    name = Self.printable(raw)
    guard method == 0 || method == 8 else { throw .archive(.method(method)) }
    let extra = bytes.bytes[nameEnd..<nameEnd + Int(bytes.number(at: at + 22, size: 2))]
    try readSizes(ofExtra: extra, place)
  }

  /// ZIP64 (APPNOTE §4.5.3): a field of ones stands for 8 bytes among the extra fields, in this order.
  private mutating func readSizes(
    ofExtra extra: ArraySlice<UInt8>, _ place: Place
  ) throws(StreamError) {
    let ones: UInt64 = 0xFFFF_FFFF
    guard plainSize == ones || packedSize == ones || offset == ones else { return }
    var field = try Self.zip64(in: extra)
    func next(_ number: inout UInt64) throws(StreamError) {
      guard number == ones else { return }
      guard field.count >= 8 else { throw .damaged(.zip, "ZIP64 sizes are missing") }
      number = field.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      field = field.dropFirst(8)
    }
    try next(&plainSize)
    try next(&packedSize)
    try next(&offset)
  }

  private static func zip64(
    in extra: ArraySlice<UInt8>
  ) throws(StreamError) -> ArraySlice<UInt8> {
    var rest = extra
    while rest.count >= 4 {
      let head = Array(rest.prefix(4))
      let size = Int(head[2]) | Int(head[3]) << 8
      if head[0] == 1, head[1] == 0 { return rest.dropFirst(4).prefix(size) }
      rest = rest.dropFirst(4 + size)
    }
    throw .damaged(.zip, "ZIP64 sizes are missing")
  }

  /// For a message: UTF-8 or what can be made of it, on one line, not too long.
  private static func printable(_ raw: ArraySlice<UInt8>) -> String {
    let text = String(decoding: raw, as: UTF8.self).unicodeScalars.prefix(80).map {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        ? "\u{FFFD}" : Character($0)
    }
    return text.isEmpty ? "without a name" : String(text)
  }
}
