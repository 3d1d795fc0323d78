import TestSupport
import Testing

@testable import ByteStreaming

/// ZIP archives of one file, written by Python. Every test asks each codec that is compiled in.
@Suite struct ZipTests {
  static let sound = [
    "deflated", "stored", "descriptor", "zip64", "zip64-stored", "zip64-descriptor", "zip64-end",
    "no-signature", "signature", "wide", "wide-no-signature", "utf8-name", "extra", "extra-zip64",
    "comment", "folders", "deflated-folder",
  ]

  private let rows: [UInt8]

  init() throws { rows = try PackedSamples.zip("rows") }

  @Test(arguments: sound)
  func `an archive of one file gives its bytes, in pieces of any size`(name: String) throws {
    let archive = try PackedSamples.zip("sound-\(name).zip")
    for way in Unpacking.all { #expect(try way.plain(zip: archive) == rows, "\(way)") }
    for codec in InflateCodec.allCases {
      var source = try ByteSource(archive, codec: codec)
      #expect(source.kind == .zip)
      #expect(try source.readAll(limit: 1 << 20) == rows)
      #expect(source.plainKind == .text)
      #expect(source.notes.isEmpty)
    }
  }

  @Test(arguments: Unpacking.all.filter { $0.output > 3 && $0.input > 1 })
  func `a large file comes out whole, deflated or stored`(way: Unpacking) throws {
    let large = try PackedSamples.zip("large")
    #expect(try way.plain(zip: PackedSamples.zip("large.zip")) == large)
    #expect(try way.plain(zip: PackedSamples.zip("large-stored.zip")) == large)
  }

  @Test(arguments: InflateCodec.allCases)
  func `a file without bytes is none, and a comment may hold anything`(codec: InflateCodec) throws {
    #expect(try plain(PackedSamples.zip("empty-file.zip"), codec).isEmpty)
    #expect(try plain(PackedSamples.zip("comment-with-end.zip"), codec) == rows)
  }

  @Test(arguments: InflateCodec.allCases, [1, 8, 300_000])
  func `zeros after the end are padding, accepted with a note`(
    codec: InflateCodec, count: Int
  ) throws {
    let padding = [UInt8](repeating: 0, count: count)
    var source = try ByteSource(PackedSamples.zip("sound-comment.zip") + padding, codec: codec)
    #expect(try source.readAll(limit: 1 << 20) == rows)
    #expect(source.notes == ["zeros follow the ZIP archive; they were passed over"])
  }

  @Test(arguments: InflateCodec.allCases, 1...20)
  func `bytes after the end are refused and counted`(codec: InflateCodec, count: Int) throws {
    let archive = try PackedSamples.zip("sound-descriptor.zip")
    let junk = Array("JUNK, JUNK, AND JUNK".utf8.prefix(count))
    #expect(fault(archive + junk, codec) == .trailingBytes(.zip, count))
    #expect(fault(archive + [0, 0] + junk, codec) == .trailingBytes(.zip, count))
    #expect(fault(archive + archive, codec) == .trailingBytes(.zip, archive.count))
  }
}
