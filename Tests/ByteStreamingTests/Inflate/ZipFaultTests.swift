import TestSupport
import Testing

@testable import ByteStreaming

/// Archives that are not read, or are broken. Every test asks each codec that is compiled in.
@Suite struct ZipFaultTests {
  private func fault(_ bytes: [UInt8], _ way: Unpacking) -> StreamError? {
    do throws(StreamError) {
      _ = try way.plain(zip: bytes)
      return nil
    } catch {
      return error
    }
  }

  // MARK: What is not read

  @Test(
    arguments: [
      ("two.zip", .severalFiles("a.csv", "b.csv"), "a.csv, b.csv"),
      ("two-streamed.zip", .severalFiles("a.csv", "b.csv"), "drop in its files"),
      ("no-entry.zip", .noFile, "no file"), ("only-folders.zip", .noFile, "deliver it again"),
      // As openpyxl orders the parts of a workbook.
      ("workbook.zip", .workbook, "save it as \"CSV UTF-8\""),
      ("encrypted.zip", .encrypted, "drop in its file"),
      ("bzip2.zip", .unsupported("the compression bzip2"), "bzip2: unpack it"),
      ("lzma.zip", .unsupported("the compression LZMA"), "with deflate"),
      ("stored-descriptor.zip", .unknownLength, "with deflate"),
      ("split.zip", .split, "join and unpack it"), ("single.zip", .split, "split into parts"),
    ] as [(String, ZipRefusal, String)])
  func `what is not read is refused by name, with the way out`(
    name: String, refusal: ZipRefusal, words: String
  ) throws {
    let archive = try PackedSamples.zip(name)
    for codec in InflateCodec.allCases {
      let error = ByteStreamingTests.fault(archive, codec)
      #expect(error == .archive(refusal))
      #expect(error?.code == "ZipArchive")
      #expect(error?.description.contains(words) == true, "\(error as StreamError?)")
    }
  }

  @Test func `an OFD document is refused by its name`() throws {
    let error = ByteStreamingTests.fault(try PackedSamples.zip("layout.zip"), .zlib)
    #expect(error == .archive(.fixedLayout))
    #expect(error?.code == "OFDFile")
    #expect(error?.description.contains("drop in the XML") == true)
  }

  @Test func `the name of a file is shown on one line and not without end`() throws {
    let error = ByteStreamingTests.fault(try PackedSamples.zip("odd-name.zip"), .zlib)
    let first = "a\u{FFFD}\u{FFFD}b" + String(repeating: "x", count: 76)
    #expect(error == .archive(.severalFiles(first, "b.csv")))
  }

  @Test(arguments: InflateCodec.allCases)
  func `a packed file inside an archive is refused, and so is what no reader reads`(
    codec: InflateCodec
  ) throws {
    let faults: [(String, StreamError, String)] = [
      ("zip-inside.zip", .nested(.zip, in: .zip), "NestedZip"),
      ("gzip-inside.zip", .nested(.gzip, in: .zip), "NestedGzip"),
      ("pdf-inside.zip", .refused(.pdf), "PDFFile"),
    ]
    for (name, error, code) in faults {
      #expect(ByteStreamingTests.fault(try PackedSamples.zip(name), codec) == error)
      #expect(error.code == code)
    }
  }

  @Test(arguments: InflateCodec.allCases)
  func `a bomb is refused long before it has unfolded`(codec: InflateCodec) throws {
    var source = try ByteSource(PackedSamples.zip("bomb.zip"), codec: codec)
    #expect(throws: StreamError.bomb(.zip, limit: 500)) { try source.readAll(limit: 20 << 20) }
  }

  // MARK: Damage

  @Test(arguments: ZipTests.sound)
  func `an archive cut at any byte is refused`(name: String) throws {
    let archive = try PackedSamples.zip("sound-\(name).zip")
    for way in Unpacking.all where way.input > 1 {
      for length in 0..<archive.count {
        #expect(
          fault(Array(archive[..<length]), way) == .truncated(.zip), "\(way) cut to \(length)")
      }
    }
  }

  /// Where the local header, directory and end record of `sound-<name>` say what must hold.
  private func damage(
    _ name: String, _ signature: [UInt8], _ offset: Int, _ change: UInt8 = 1
  ) throws -> [UInt8] {
    var archive = try PackedSamples.zip("sound-\(name).zip")
    let starts = archive.indices.filter { archive[$0...].starts(with: signature) }
    archive[try #require(starts.last) + offset] ^= change
    return archive
  }

  private static let local: [UInt8] = [0x50, 0x4B, 3, 4]
  private static let descriptor: [UInt8] = [0x50, 0x4B, 7, 8]
  private static let central: [UInt8] = [0x50, 0x4B, 1, 2]
  private static let end: [UInt8] = [0x50, 0x4B, 5, 6]
  private static let end64: [UInt8] = [0x50, 0x4B, 6, 6]
  private static let locator64: [UInt8] = [0x50, 0x4B, 6, 7]

  @Test(
    arguments: [
      ("deflated", local, 14, "incorrect data check"),
      ("deflated", local, 18, "incorrect length check"),
      ("deflated", local, 22, "incorrect length check"),
      ("stored", local, 14, "incorrect data check"),
      ("descriptor", descriptor, 4, "incorrect data check"),
      ("descriptor", descriptor, 8, "incorrect length check"),
      ("descriptor", descriptor, 12, "incorrect length check"),
      ("zip64-descriptor", descriptor, 23, "incorrect length check"),
      ("deflated", central, 16, "incorrect data check"),
      ("deflated", central, 20, "incorrect length check"),
      ("deflated", central, 24, "incorrect length check"),
      ("deflated", central, 42, "its directory is not that of its data"),
      ("deflated", end, 8, "its directory is not that of its data"),
      ("deflated", end, 10, "its directory is not that of its data"),
      ("deflated", end, 12, "its directory is not that of its data"),
      ("deflated", end, 16, "its directory is not that of its data"),
      ("zip64-end", end64, 24, "its directory is not that of its data"),
      ("zip64-end", end64, 40, "its directory is not that of its data"),
      ("zip64-end", end64, 48, "its directory is not that of its data"),
      ("zip64-end", locator64, 8, "its directory is not that of its data"),
      ("deflated", central, 0, "an unknown record"), ("deflated", end, 3, "an unknown record"),
      ("zip64-end", end64, 11, "impossible size of the end record"),
      ("folders", central, 46, ""),
    ] as [(String, [UInt8], Int, String)])
  func `a number that is not that of the data is damage and named`(
    name: String, signature: [UInt8], offset: Int, what: String
  ) throws {
    let archive = try damage(name, signature, offset)
    for way in Unpacking.all {
      #expect(fault(archive, way) == (what.isEmpty ? nil : .damaged(.zip, what)), "\(way)")
    }
  }

  @Test(arguments: [
    ("unlisted.zip", "its directory is not that of its data"),
    ("unlisted-folder.zip", "its directory is not that of its data"),
    ("unlisted-file.zip", "its directory is not that of its data"),
    ("folder-twice.zip", "its directory is not that of its data"),
    ("listed-twice.zip", "its directory lists another file"),
  ])
  func `a directory lists what was read, each entry once`(name: String, what: String) throws {
    let archive = try PackedSamples.zip(name)
    for way in Unpacking.all { #expect(fault(archive, way) == .damaged(.zip, what), "\(way)") }
  }

  @Test func `an end record of a further disk is a split archive`() throws {
    for (name, signature, offset) in [
      ("deflated", Self.end, 4), ("deflated", Self.end, 6), ("zip64-end", Self.end64, 16),
      ("zip64-end", Self.end64, 20), ("zip64-end", Self.locator64, 16),
    ] {
      let archive = try damage(name, signature, offset, 2)
      #expect(
        fault(archive, Unpacking(codec: .zlib, input: 100, output: 100)) == .archive(.split))
    }
  }

  @Test(arguments: ZipTests.sound)
  func `a flipped bit is refused or changes nothing`(name: String) throws {
    let archive = try PackedSamples.zip("sound-\(name).zip")
    let rows = try PackedSamples.zip("rows")
    for codec in InflateCodec.allCases {
      let way = Unpacking(codec: codec, input: 1 << 20, output: 1 << 18)
      for at in archive.indices {
        for bit in 0..<8 {
          var damaged = archive
          damaged[at] ^= 1 << bit
          do throws(StreamError) {
            #expect(try way.plain(zip: damaged) == rows, "byte \(at), bit \(bit)")
          } catch {
            #expect(error.code.contains("Zip") || error.code == "TrailingBytes", "\(error)")
          }
        }
      }
    }
  }
}
