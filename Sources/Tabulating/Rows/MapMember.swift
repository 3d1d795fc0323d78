/// Finds a text member in a flat JSON object without building it.
enum MapMember {
  private static let quote = UInt8(ascii: "\"")
  private static let escape = UInt8(ascii: "\\")

  /// The bytes between the quotes of the member's text; empty where there is no such text, or where it
  /// holds an escape, which no name of a product does.
  static func text(
    of name: [UInt8], in object: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var at = 0
    while let string = unsafe string(in: object, from: at) {
      at = string.upperBound + 1
      unsafe skipSpaces(object, &at)
      guard at < object.count, unsafe object[at] == UInt8(ascii: ":") else { continue }
      at += 1
      unsafe skipSpaces(object, &at)
      guard at < object.count, unsafe object[at] == quote,
        let value = unsafe self.string(in: object, from: at)
      else { continue }
      at = value.upperBound + 1
      if unsafe object[string].elementsEqual(name) {
        let text = unsafe UnsafeBufferPointer(rebasing: object[value])
        return unsafe text.contains(escape) ? none : text
      }
    }
    return unsafe none
  }

  private static var none: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The range between the next two quotes that are not escaped.
  private static func string(
    in object: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Range<Int>? {
    var at = start
    while at < object.count, unsafe object[at] != quote { at += 1 }
    let begin = at + 1
    at = begin
    while at < object.count, unsafe object[at] != quote {
      unsafe at += object[at] == escape ? 2 : 1
    }
    return at < object.count ? begin..<at : nil
  }

  private static func skipSpaces(_ object: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
    while at < object.count, unsafe object[at] == UInt8(ascii: " ") { at += 1 }
  }
}
