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

  /// The first bytes of what `openssl cms -sign -nodetach` writes: in DER, in DER as it streams, and the
  /// same in base64.
  @Test func `signed data is told in every spelling`() {
    let identifier: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    for length in [[0x80], [0x82, 0x05, 0x74], [0x83, 0x01, 0x05, 0x74]] as [[UInt8]] {
      #expect(ContentKind(of: [0x30] + length + identifier + [0xA0, 0x80]) == .signed)
    }
    for text in [
      "MIIFdAYJKoZIhvcNAQcCoIIFZTCCBWECAQExDTALBglghkgBZQMEAgEwFAYJKoZIhvcNAQcBoAcE",
      "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgAQFPGEv",
      "-----BEGIN CMS-----\nMIIFdAYJ", "-----BEGIN PKCS7-----\n",
    ] { #expect(ContentKind(of: Array(text.utf8)) == .signed) }
    #expect(ContentKind(of: Array("MIA,1\n".utf8)) == .text)
    // Other data in DER, here a certificate, is just binary.
    #expect(ContentKind(of: [0x30, 0x82, 0x03, 0x00, 0x30, 0x82, 0x01, 0, 0, 0, 0, 0]) == .binary)
  }

  @Test func `archives and interchanges that are not read are told apart`() {
    #expect(ContentKind(of: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]) == .sevenZip)
    #expect(ContentKind(of: Array("Rar!\u{1A}\u{7}\u{1}\0".utf8)) == .rar)
    let tar = Array("invoice.xml".utf8) + Array(repeating: 0, count: 246) + Array("ustar\0".utf8)
    #expect(ContentKind(of: tar) == .tar)
    #expect(ContentKind(of: Array("UNA:+.? '\r\nUNB+UNOC:3+1".utf8)) == .edifact)
    #expect(ContentKind(of: Array("UNB+UNOA:1+1".utf8)) == .edifact)
    #expect(ContentKind(of: Array("UNBlendedCost,UNA\n".utf8)) == .text)
    #expect(ContentKind(of: Array("UNA,b,c,d\n".utf8)) == .text)
  }

  @Test(
    arguments: [
      (.pdf, "PDFFile", "pdfdetach"), (.signed, "SignedFile", "openssl smime -verify"),
      (.edifact, "EDIFACTFile", "as XML"), (.sevenZip, "UnreadableArchive", "unpack it"),
      (.rar, "UnreadableArchive", "unpack it"), (.tar, "UnreadableArchive", "unpack it"),
      (.xz, "UnknownContent", "unpack it"),
    ] as [(ContentKind, String, String)])
  func `a refusal has a code and says what to do`(kind: ContentKind, code: String, words: String) {
    #expect(StreamError.refused(kind).code == code)
    #expect(StreamError.refused(kind).description.contains(words))
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
