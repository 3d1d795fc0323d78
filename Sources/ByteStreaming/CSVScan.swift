/// Takes bytes apart into records by RFC 4180.
///
/// The rule: records end at LF, CR LF or a lone CR; a field that begins with a quote ends at the next
/// quote that is not doubled, which a separator must follow; a quote inside a field that does not begin
/// with one is an ordinary byte; a line without any byte is no record.
@safe struct CSVScan {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// Whether nothing follows `count`.
  let isWhole: Bool
  let scanner: CSVScanner
  /// The start of the next record.
  var cursor: Int
  /// Whether the last record ended with CR, so that an LF at the cursor belongs to it.
  var followsReturn: Bool

  static let comma = UInt8(ascii: ",")
  static let line = UInt8(ascii: "\n")
  static let carriage = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")

  /// Finds records until the bytes end or `rows` is full.
  mutating func records(_ selection: CSVSelection, into rows: inout CSVRows) {
    while !rows.isFull {
      skipBlankLines()
      if cursor >= count { return }
      switch plainRecords(selection, into: &rows) {
      case .full: return
      case .needsMore:
        guard isWhole, cursor < count, record(selection, into: &rows) else { return }
      case .odd:
        let start = cursor
        skipBlankLines()
        if cursor == start, !record(selection, into: &rows) { return }
      }
    }
  }

  mutating func skipBlankLines() {
    while cursor < count {
      let byte = unsafe bytes[cursor]
      if byte == Self.carriage {
        followsReturn = true
      } else if byte == Self.line {
        followsReturn = false
      } else {
        followsReturn = false
        return
      }
      cursor += 1
    }
  }

  /// One record, byte by byte, with every fault named. False if more bytes are needed.
  mutating func record(_ selection: CSVSelection?, into rows: inout CSVRows) -> Bool {
    var at = cursor
    var ordinal = 0
    var stop = 0
    var hasNUL = false
    while true {
      if at < count, unsafe bytes[at] == Self.quote {
        let opening = at
        guard let end = closingQuote(after: opening, &hasNUL) else {
          return isWhole && giveUp(.unclosedQuote, from: opening, into: &rows)
        }
        if end + 1 >= count, !isWhole { return false }
        at = end + 1
        if at < count, unsafe !isSeparator(bytes[at]) {
          return giveUp(.textAfterQuote, from: opening, into: &rows)
        }
      } else {
        while at < count, unsafe !isSeparator(bytes[at]) {
          if unsafe bytes[at] == 0 { hasNUL = true }
          at += 1
        }
      }
      if at >= count, !isWhole { return false }
      if let selection, stop < selection.stops.count, selection.stops[stop] == ordinal {
        unsafe rows.stops[rows.count * rows.stopCount + stop] = UInt32(truncatingIfNeeded: at)
        stop += 1
      }
      ordinal += 1
      if unsafe at >= count || bytes[at] != Self.comma { break }
      at += 1
    }
    let isRagged = selection.map { $0.columns != ordinal } ?? false
    let fault: CSVRowFault = hasNUL ? .nul : isRagged ? .columns : .none
    finish(at: at, fault, fields: ordinal, into: &rows)
    return true
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == Self.comma || byte == Self.line || byte == Self.carriage
  }

  /// The quote that ends the field; nil where the bytes end before it.
  private func closingQuote(after opening: Int, _ hasNUL: inout Bool) -> Int? {
    var at = opening + 1
    while at < count {
      let byte = unsafe bytes[at]
      if byte == Self.quote {
        guard at + 1 < count, unsafe bytes[at + 1] == Self.quote else { return at }
        at += 1
      } else if byte == 0 {
        hasNUL = true
      }
      at += 1
    }
    return nil
  }

  /// A record at fault ends with the line in which its bad field begins: the rest of the file must not
  /// be swallowed by one stray quote.
  mutating func giveUp(
    _ fault: CSVRowFault, from opening: Int, into rows: inout CSVRows
  ) -> Bool {
    var at = opening
    while at < count, unsafe bytes[at] != Self.line, unsafe bytes[at] != Self.carriage { at += 1 }
    if at >= count, !isWhole { return false }
    finish(at: at, fault, fields: 0, into: &rows)
    return true
  }

  private mutating func finish(
    at end: Int, _ fault: CSVRowFault, fields: Int, into rows: inout CSVRows
  ) {
    rows.append(begin: cursor, end: end, fault: fault, fields: fields)
    followsReturn = unsafe end < count && bytes[end] == Self.carriage
    cursor = min(end + 1, count)
    if followsReturn, cursor < count, unsafe bytes[cursor] == Self.line {
      cursor += 1
      followsReturn = false
    }
  }
}
