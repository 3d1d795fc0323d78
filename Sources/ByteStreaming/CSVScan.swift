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
  /// The start of the next record.
  var cursor: Int
  /// Whether the last record ended with CR, so that an LF at the cursor belongs to it.
  var followsReturn: Bool

  enum Outcome { case needsMore, odd, full }

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

  /// 64 bytes at a time, as long as lines end with LF and quotes stand where they may.
  private mutating func plainRecords(
    _ selection: CSVSelection, into rows: inout CSVRows
  ) -> Outcome {
    unsafe selection.stops.withUnsafeBufferPointer { stops in
      let lastStop = stops.count - 1
      var base = cursor
      var stop = 0
      var nextStop = unsafe stops[0]
      var seen = 0
      var output = unsafe rows.stops + rows.count * rows.stopCount
      var inside: UInt64 = 0  // all ones where the block before ended in quotes
      var mayOpen: UInt64 = 1  // the byte before the block lets a quoted field begin
      var mustEnd: UInt64 = 0  // the byte before the block closed a quoted field

      while base < count {
        let block = unsafe CSVBlock(at: UnsafeRawPointer(bytes + base))
        let rest = count - base
        let valid: UInt64 = rest >= 64 ? ~0 : (1 &<< UInt64(rest)) &- 1
        if block.isOdd, rest >= 64 || hasOddByte(from: base) { return .odd }
        var separators = (block.commas | block.lines) & valid
        var lines = block.lines & valid
        let quotes = block.quotes & valid
        if quotes | inside | mustEnd != 0 {
          let quoted = CSVBlock.parity(quotes) ^ inside
          separators &= ~quoted
          lines &= ~quoted
          let closes = quotes & ~quoted
          let opensBadly = quotes & quoted & ~(((separators | quotes) &<< 1) | mayOpen)
          let endsBadly = ((closes &<< 1) | mustEnd) & ~(separators | quotes) & valid
          if opensBadly | endsBadly != 0 { return .odd }
          inside = 0 &- (quoted &>> 63)
          mustEnd = closes &>> 63
        }
        mayOpen = (separators | quotes) &>> 63

        while true {
          let skip = nextStop - seen
          let left = separators.nonzeroBitCount
          if skip >= left {
            if separators & lines != 0 { return .odd }
            seen += left
            break
          }
          let before = separators
          for _ in 0..<skip { separators &= separators &- 1 }
          if (before ^ separators) & lines != 0 { return .odd }
          let bit = separators.trailingZeroBitCount
          separators &= separators &- 1
          let isLine = (lines &>> UInt64(bit)) & 1 == 1
          if isLine != (stop == lastStop) || base + bit == cursor && isLine { return .odd }
          unsafe output[stop] = UInt32(truncatingIfNeeded: base + bit)
          seen = nextStop + 1
          stop += 1
          if isLine {
            rows.append(begin: cursor, end: base + bit, fault: .none, fields: 0)
            cursor = base + bit + 1
            if rows.isFull { return .full }
            unsafe output += rows.stopCount
            seen = 0
            stop = 0
          }
          nextStop = unsafe stops[stop]
        }
        base += 64
      }
      return .needsMore
    }
  }

  /// In the last block of the bytes, padding may look odd: look at the bytes that are there.
  private func hasOddByte(from start: Int) -> Bool {
    for at in start..<count
    where unsafe bytes[at] == 0 || bytes[at] == Self.carriage { return true }
    return false
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
