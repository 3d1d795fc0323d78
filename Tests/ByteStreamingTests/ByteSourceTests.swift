import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct ByteSourceTests {
  private let folder = TemporaryFolder()

  private func read(_ bytes: [UInt8]) throws(StreamError) -> [UInt8] {
    var source = try ByteSource(bytes)
    return try source.readAll(limit: 1 << 24)
  }

  @Test func `plain text passes through unchanged`() throws {
    for text in ["a,b\n1,2\n", "x", "\u{FEFF}a,b\r\n", "<a/>", "{}"] {
      #expect(try read(Array(text.utf8)) == Array(text.utf8))
    }
  }

  @Test(arguments: [0, 1, -1])
  func `a file larger than the buffer passes through from memory and from disk`(by: Int) throws {
    var random = SeededGenerator(seed: 7)
    let count = 2 * ByteSource.bufferSize + by
    let bytes = (0..<count).map { _ in UInt8.random(in: 0x20..<0x7F, using: &random) }
    #expect(try read(bytes) == bytes)
    let file = try InputFile(Path(try folder.write("large", bytes)))
    var source = try ByteSource(file)
    #expect(try source.readAll(limit: count) == bytes)
  }

  @Test func `more than the limit is refused`() throws {
    var source = try ByteSource(Array("12345".utf8))
    #expect(throws: StreamError.self) { try source.readAll(limit: 4) }
  }

  @Test(
    arguments: [
      (Array("PAR1....".utf8), .parquet, "text/csv"),
      (Array("%PDF-1.7".utf8), .pdf, "XML or JSON"),
      ([0x28, 0xB5, 0x2F, 0xFD], .zstandard, "gzip"),
      (Array("BZh91AY".utf8), .bzip2, "gzip"), ([], .empty, "deliver it again"),
      ([0x61, 0x00, 0x62, 0x00], .binary, "neither text, gzip nor ZIP"),
    ] as [([UInt8], ContentKind, String)])
  func `what is not read is refused by name, with the way out`(
    bytes: [UInt8], kind: ContentKind, wayOut: String
  ) throws {
    let error = try #require(throws: StreamError.self) { try read(bytes) }
    #expect(error == .refused(kind))
    #expect(error.description.contains(wayOut))
  }

  @Test func `UTF-16 is named, so that each reader can decide`() throws {
    for bytes in [[0xFF, 0xFE, 0x3C, 0x00], [0xFE, 0xFF, 0x00, 0x3C]] as [[UInt8]] {
      var source = try ByteSource(bytes)
      #expect(source.kind == .utf16)
      #expect(try source.readAll(limit: 100) == bytes)
      #expect(source.plainKind == .utf16)
    }
  }

  @Test func `each reason of a refusal has its stable word`() {
    let file = FileError(call: "open", path: "x", code: 2)
    let codes: [(StreamError, String)] = [
      (.refused(.empty), "EmptyFile"), (.refused(.parquet), "ParquetFile"),
      (.refused(.pdf), "PDFFile"), (.archive(.encrypted), "ZipArchive"),
      (.truncated(.gzip), "TruncatedGzip"), (.truncated(.zip), "TruncatedZip"),
      (.damaged(.gzip, "x"), "DamagedGzip"), (.damaged(.zip, "x"), "DamagedZip"),
      (.trailingBytes(.gzip, 1), "TrailingBytes"), (.trailingBytes(.zip, 1), "TrailingBytes"),
      (.nested(.gzip, in: .gzip), "NestedGzip"), (.nested(.zip, in: .gzip), "NestedZip"),
      (.bomb(.gzip, limit: 1), "GzipBomb"), (.bomb(.zip, limit: 1), "ZipBomb"),
      (.tooLarge(limit: 1), "TooLarge"), (.file(file), "UnreadableFile"),
    ]
    for (error, code) in codes { #expect(error.code == code) }
  }
}
