/// A file name pattern with `*` (any run of characters) and `?` (one character), as shells use them.
/// A pattern with a `/` is held against the whole path inside the inbox, else against the last part.
struct NamePattern: Hashable, Sendable {
  let pattern: String

  func matches(_ name: String) -> Bool {
    let subject = pattern.contains("/") ? name[...] : (name.split(separator: "/").last ?? "")
    return Self.matches(Array(pattern.utf8)[...], Array(subject.utf8)[...])
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
