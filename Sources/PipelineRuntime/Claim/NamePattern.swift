/// A file name pattern with `*` (any run of characters) and `?` (one character), as shells use them.
/// A pattern with a `/` is held against the whole path inside the inbox, else against the last part.
/// The case of ASCII letters does not count: `X.PDF` is a PDF too.
struct NamePattern: Hashable, Sendable {
  let pattern: String

  func matches(_ name: String) -> Bool {
    let subject = pattern.contains("/") ? name[...] : (name.split(separator: "/").last ?? "")
    return Self.matches(Self.folded(pattern[...])[...], Self.folded(subject)[...])
  }

  private static func folded(_ text: Substring) -> [UInt8] {
    text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (p, t) = (pattern.startIndex, text.startIndex)
    // Where to go on if what follows the last `*` does not fit.
    var retry: (pattern: Int, text: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        retry = (p + 1, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let back = retry {
        retry = (back.pattern, back.text + 1)
        p = back.pattern
        t = back.text + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
