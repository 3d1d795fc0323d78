import ByteStreaming
import Testing

/// Texts in the encodings in which spreadsheets save; the bytes are Python's.
@Suite struct PlainTextTests {
  private func decoded(_ bytes: [UInt8]) throws -> String { try PlainText.decode(bytes) }

  @Test func `UTF-8 is read with and without its mark`() throws {
    let text = "名,é\r\n"
    #expect(try decoded(Array(text.utf8)) == text)
    #expect(try decoded([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == text)
  }

  @Test func `UTF-16 is read in both orders`() throws {
    // "名,🧾".encode("utf-16-le") and "utf-16-be".
    let little: [UInt8] = [0x0D, 0x54, 0x2C, 0x00, 0x3E, 0xD8, 0xFE, 0xDD]
    let big: [UInt8] = [0x54, 0x0D, 0x00, 0x2C, 0xD8, 0x3E, 0xDD, 0xFE]
    #expect(try decoded([0xFF, 0xFE] + little) == "名,🧾")
    #expect(try decoded([0xFE, 0xFF] + big) == "名,🧾")
    #expect(throws: PlainText.Fault.damaged("UTF-16")) { try decoded([0xFF, 0xFE, 0x0D]) }
    #expect(throws: PlainText.Fault.damaged("UTF-16")) { try decoded([0xFF, 0xFE, 0x3E, 0xD8]) }
  }

  @Test func `Chinese text without a mark is GBK`() throws {
    // "李伟：已申请退款，镕".encode("gb18030"): the last character is outside GB 2312.
    let bytes: [UInt8] = [
      0xC0, 0xEE, 0xCE, 0xB0, 0xA3, 0xBA, 0xD2, 0xD1, 0xC9, 0xEA, 0xC7, 0xEB, 0xCD, 0xCB, 0xBF,
      0xEE, 0xA3, 0xAC, 0xE9, 0x46,
    ]
    #expect(try decoded(Array("a,".utf8) + bytes) == "a,李伟：已申请退款，镕")
  }

  @Test func `a long text is converted whole`() throws {
    let line: [UInt8] = [0xC0, 0xEE, 0xCE, 0xB0] + Array(", a line of some length\n".utf8)
    let bytes = Array(repeatElement(line, count: 20_000).joined())
    #expect(try decoded(bytes) == String(repeating: "李伟, a line of some length\n", count: 20_000))
  }

  @Test func `western letters without a mark are Windows-1252`() throws {
    // "Müller: 5 €".encode("windows-1252")
    #expect(
      try decoded([0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72, 0x3A, 0x20, 0x35, 0x20, 0x80])
        == "Müller: 5 €")
  }

  @Test func `what could be either is not guessed`() {
    // Two letters of western Europe side by side are also one Chinese character.
    #expect(throws: PlainText.Fault.undecided) { try decoded([0xC0, 0xEE, 0x20, 0xFC, 0x20]) }
    #expect(throws: PlainText.Fault.undecided) { try decoded([0x80, 0x81]) }
  }
}
