import ByteStreaming
import Testing

@Suite struct ContentKindTests {
  @Test(
    arguments: [
      ([], .empty), ([0x1F, 0x8B, 0x08], .gzip), ([0x1F], .gzip), ([0x50, 0x4B, 0x03, 0x04], .zip),
      ([0x50, 0x4B, 0x05, 0x06], .zip), ([0x50, 0x4B, 0x07, 0x08], .zip),
      (Array("PK00PK\u{3}\u{4}".utf8), .zip), (Array("PK00,1".utf8), .text),
      (Array("PAR1".utf8), .parquet),
      (Array("%PDF-1.4".utf8), .pdf), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
      (Array("BZh9".utf8), .bzip2), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz),
      ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF, 0x00, 0x3C], .utf16), (Array("<?xml".utf8), .xml),
      (Array(" \r\n\t<a/>".utf8), .xml), ([0xEF, 0xBB, 0xBF, 0x3C], .xml), (Array("{".utf8), .json),
      (Array("\n[1]".utf8), .json), ([0xEF, 0xBB, 0xBF, 0x7B], .json), (Array("a,b\n".utf8), .text),
      ([0xEF, 0xBB, 0xBF], .text), (Array("\n\n".utf8), .text), (Array("\"a\",b".utf8), .text),
      ([0x61, 0x00], .binary), ([0x00], .binary), ([0xD6, 0xD0, 0x2C], .text),
      (Array("PK".utf8), .text), (Array("PAR".utf8), .text),
    ] as [([UInt8], ContentKind)])
  func `the first bytes tell what a file is`(bytes: [UInt8], kind: ContentKind) {
    #expect(ContentKind(of: bytes) == kind)
  }

  @Test func `a NUL further on is a fault of its row, not of the file`() {
    #expect(ContentKind(of: Array(repeating: 0x61, count: 64) + [0]) == .text)
    #expect(ContentKind(of: Array(repeating: 0x61, count: 63) + [0]) == .binary)
  }

  @Test func `every kind is either read or refused with a reason`() {
    let read: Set<ContentKind> = [.gzip, .zip, .xml, .json, .text, .utf16]
    for kind in ContentKind.allCases {
      #expect((kind.refusal == nil) == read.contains(kind), "\(kind)")
    }
  }
}
