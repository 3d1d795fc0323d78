import ByteStreaming
import Testing

@Suite struct CSVFaultTests {
  private func read(_ text: String, bufferSize: Int = 64, rowLimit: Int = 1 << 20) throws
    -> CSVReading
  {
    try CSVReading(Array(text.utf8), bufferSize: bufferSize, rowLimit: rowLimit)
  }

  private func text(_ record: [[UInt8]]?) -> String? {
    record.map { $0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|") }
  }

  @Test(arguments: [16, 64, 1000])
  func `a quote that never ends costs its own line, not the file`(bufferSize: Int) throws {
    let reading = try read("a,b\n1,2\n3,\"4\n5,6\n7,8\n", bufferSize: bufferSize)
    #expect(reading.faults == [.none, .unclosedQuote, .none, .none])
    #expect(reading.records.map(text) == ["1|2", nil, "5|6", "7|8"])
  }

  @Test func `a stray quote is told from the quotes of later rows`() throws {
    let reading = try read("a,b\n1,\"x\n3,\"y\"\n5,6\n")
    #expect(reading.faults == [.textAfterQuote, .none, .none])
    #expect(reading.records.map(text) == [nil, "3|y", "5|6"])
  }

  @Test func `text after a closing quote is a fault of that row`() throws {
    let reading = try read("a,b\n\"1\"x,2\n3,4\n")
    #expect(reading.faults == [.textAfterQuote, .none])
  }

  @Test func `a quote inside an unquoted field is an ordinary byte`() throws {
    let reading = try read("a,b\n5\" pipe,2\n3,a\"\"b\n")
    #expect(reading.records.map(text) == ["5\" pipe|2", "3|a\"\"b"])
  }

  @Test func `ragged rows are at fault with their number of fields`() throws {
    let reading = try read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,\"x\ny\",3\n")
    #expect(reading.faults == [.columns, .none, .columns, .none])
  }

  @Test func `a NUL byte is a fault of its row`() throws {
    // A NUL among the first bytes makes a file no text.
    let name = String(repeating: "b", count: 80)
    let reading = try read("a,\(name)\n1,2\n3,\0\n5,\"6\0\"\n7,8\n")
    #expect(reading.faults == [.none, .nul, .nul, .none])
  }

  @Test func `a record over the limit is refused and the next one is read`() throws {
    let long = String(repeating: "x", count: 500)
    let reading = try read("a,b\n1,2\n3,\(long)\n5,6\n", bufferSize: 32, rowLimit: 128)
    #expect(reading.faults == [.none, .tooLong, .none])
    #expect(text(reading.records[2]) == "5|6")
  }

  @Test func `a byte-order mark is passed over, an end without newline is an end`() throws {
    let reading = try CSVReading([0xEF, 0xBB, 0xBF] + Array("a,b\n1,2".utf8), bufferSize: 16)
    #expect(text(reading.header) == "a|b")
    #expect(reading.records.map(text) == ["1|2"])
  }

  @Test func `a blank line is no record`() throws {
    let reading = try read("\n\na,b\n\n1,2\n\r\n3,4\r\r\n\n")
    #expect(reading.records.map(text) == ["1|2", "3|4"])
  }

  @Test func `a file of nothing has no header`() throws {
    #expect(try read("\n").header.isEmpty)
  }

  @Test func `UTF-16 is refused by name`() throws {
    #expect(throws: StreamError.refused(.utf16)) {
      _ = try CSVReading([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00])
    }
  }
}
