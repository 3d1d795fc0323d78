import TestSupport
import Testing

@testable import ByteStreaming

/// What gzip files give, and what follows them. Every test asks each codec that is compiled in.
@Suite struct GzipTests {
  private let rows: [UInt8]
  private let packed: [UInt8]

  init() throws {
    rows = try PackedSamples.gzip("rows")
    packed = try PackedSamples.gzip("rows.gz")
  }

  @Test func `zlib is always there, and ISA-L is the standard where it is`() {
    #expect(InflateCodec.allCases.first == .zlib)
    #expect(InflateCodec.standard == InflateCodec.allCases.last)
  }

  // MARK: Whole files

  @Test(arguments: InflateCodec.allCases)
  func `a gzip file gives the bytes that went in`(codec: InflateCodec) throws {
    #expect(try plain(packed, codec) == rows)
    let large = try PackedSamples.gzip("large")
    for name in ["large.gz", "stored.gz"] {
      #expect(try plain(PackedSamples.gzip(name), codec) == large, "\(name)")
    }
    #expect(try plain(PackedSamples.gzip("fixed.gz"), codec) == Array("a".utf8))
  }

  @Test(arguments: InflateCodec.allCases)
  func `members one after another give their bytes one after another`(codec: InflateCodec) throws {
    let first = try PackedSamples.gzip("first.gz")
    let second = try PackedSamples.gzip("second.gz")
    let empty = try PackedSamples.gzip("empty.gz")
    #expect(try plain(first + second, codec) == rows)
    #expect(try plain(first + empty + second, codec) == rows)
    #expect(try plain(empty + first + second + empty, codec) == rows)
    #expect(try plain(packed + first + second, codec) == rows + rows)
    #expect(try plain(PackedSamples.gzip("many.gz"), codec) == PackedSamples.gzip("many"))
  }

  @Test(arguments: InflateCodec.allCases)
  func `a member without bytes is a file without bytes`(codec: InflateCodec) throws {
    #expect(try plain(PackedSamples.gzip("empty.gz"), codec).isEmpty)
  }

  @Test(arguments: Unpacking.all)
  func `the sizes of the pieces change nothing`(way: Unpacking) throws {
    let empty = try PackedSamples.gzip("empty.gz")
    let fields = try PackedSamples.gzip("fields-15.gz")
    let files = [packed, packed + packed, fields + empty + packed + [0, 0, 0], empty + fields]
    for file in files {
      #expect(try way.plain(gzip: file) == plain(file, .zlib))
    }
  }

  @Test(arguments: Unpacking.all.filter { $0.output > 3 && $0.input > 1 })
  func `the sizes of the pieces change nothing in a large file`(way: Unpacking) throws {
    for name in ["large", "many"] {
      #expect(try way.plain(gzip: PackedSamples.gzip("\(name).gz")) == PackedSamples.gzip(name))
    }
  }

  // MARK: Headers

  @Test(arguments: Unpacking.all)
  func `extra field, name, comment and header checksum are passed over`(way: Unpacking) throws {
    for fields in 0..<16 {
      #expect(
        try way.plain(gzip: PackedSamples.gzip("fields-\(fields).gz")) == rows, "\(fields)")
    }
    #expect(try way.plain(gzip: PackedSamples.gzip("no-extra.gz")) == rows)
  }

  // MARK: What follows

  @Test(arguments: InflateCodec.allCases, 1...20)
  func `bytes after the last member are refused and counted`(
    codec: InflateCodec, count: Int
  ) throws {
    let junk = Array("JUNK, JUNK, AND JUNK".utf8.prefix(count))
    #expect(fault(packed + junk, codec) == .trailingBytes(.gzip, count))
    #expect(fault(packed + [0, 0] + junk, codec) == .trailingBytes(.gzip, count))
    #expect(fault(packed + [0x1F] + junk, codec)?.code == "DamagedGzip")
    let random = try PackedSamples.gzip("large").prefix(count).map { $0 | 0x80 }
    #expect(fault(packed + random, codec) == .trailingBytes(.gzip, count))
  }

  @Test(arguments: InflateCodec.allCases, [1, 8, 512, 300_000])
  func `zeros after the last member are padding, accepted with a note`(
    codec: InflateCodec, count: Int
  ) throws {
    let padding = [UInt8](repeating: 0, count: count)
    var source = try ByteSource(packed + padding, codec: codec)
    #expect(try source.readAll(limit: 1 << 20) == rows)
    #expect(source.notes == ["zeros follow the last gzip member; they were passed over"])
    #expect(fault(packed + padding + packed, codec) == .trailingBytes(.gzip, packed.count))
  }

  @Test(arguments: InflateCodec.allCases)
  func `a clean file has no notes`(codec: InflateCodec) throws {
    var source = try ByteSource(packed, codec: codec)
    _ = try source.readAll(limit: 1 << 20)
    #expect(source.notes.isEmpty)
  }

  // MARK: What no bill is

  @Test(arguments: InflateCodec.allCases)
  func `a packed file inside gzip is refused, however the members cut it`(
    codec: InflateCodec
  ) throws {
    for name in ["nested.gz", "nested-behind-one-byte.gz"] {
      #expect(fault(try PackedSamples.gzip(name), codec) == .nested(.gzip, in: .gzip), "\(name)")
    }
    for name in ["zip-inside.gz", "zip-behind-one-byte.gz"] {
      #expect(fault(try PackedSamples.gzip(name), codec) == .nested(.zip, in: .gzip), "\(name)")
    }
  }

  @Test(arguments: InflateCodec.allCases)
  func `a bomb is refused long before it has unfolded`(codec: InflateCodec) throws {
    let bomb = try PackedSamples.gzip("bomb.gz")
    #expect(bomb.count < 100_000)
    var source = try ByteSource(bomb, codec: codec)
    #expect(throws: StreamError.bomb(.gzip, limit: 500)) {
      try source.readAll(limit: 20 << 20)
    }
  }
}
