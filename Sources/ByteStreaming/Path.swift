/// A path in the file system, as bytes: names need not be UTF-8, and two spellings of `é` are two files.
package struct Path: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
  package init(_ string: String) { self.bytes = Array(string.utf8) }
  package init(stringLiteral value: String) { self.init(value) }

  private static let slash = UInt8(ascii: "/")

  package func appending(_ component: String) -> Path { appending(bytes: Array(component.utf8)) }

  package func appending(bytes component: [UInt8]) -> Path {
    if bytes.isEmpty { return Path(bytes: component) }
    let joint = bytes.last == Self.slash ? [] : [Self.slash]
    return Path(bytes: bytes + joint + component)
  }

  /// The last component.
  package var name: [UInt8] {
    guard let cut = bytes.lastIndex(of: Self.slash) else { return bytes }
    return Array(bytes[(cut + 1)...])
  }

  /// All but the last component; `.` where there is none.
  package var folder: Path {
    guard let cut = bytes.lastIndex(of: Self.slash) else { return "." }
    return Path(bytes: Array(bytes[..<max(cut, 1)]))
  }

  package static func < (a: Path, b: Path) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }

  /// For system calls. They would read a path with a NUL byte as another, shorter one: it becomes the
  /// empty path, at which nothing can lie.
  var terminated: [CChar] {
    bytes.contains(0) ? [0] : bytes.map { CChar(bitPattern: $0) } + [0]
  }
}

extension Path: CustomStringConvertible {
  /// For people: control characters and bytes that are not UTF-8 are escaped as `\xNN`.
  package var description: String {
    var result = ""
    if let string = String(validating: bytes, as: UTF8.self) {
      for scalar in string.unicodeScalars {
        result +=
          scalar.value < 0x20 || scalar.value == 0x7F
          ? Self.escape(UInt8(scalar.value)) : String(scalar)
      }
    } else {
      for byte in bytes {
        result += (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : Self.escape(byte)
      }
    }
    return result
  }

  private static func escape(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16, uppercase: true)
    return "\\x" + (hex.utf8.count == 1 ? "0" : "") + hex
  }
}
