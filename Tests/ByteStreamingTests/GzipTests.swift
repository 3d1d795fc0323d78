import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct GzipTests {
  /// Files that Python compressed, and their plain bytes.
  private enum Sample {
    static let files = Result { () throws -> [String: [UInt8]] in
      let folder = TemporaryFolder()
      let script = repositoryRoot().appendingPathComponent(
        "Tests/ByteStreamingTests/Oracle/gzips.py")
      _ = try oracle(script, [folder.path])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      return try Dictionary(
        uniqueKeysWithValues: names.map {
          ($0, [UInt8](try Data(contentsOf: folder.url.appendingPathComponent($0))))
        })
    }
  }

  private let rows: [UInt8]
  private let packed: [UInt8]

  init() throws {
    rows = try Self.sample("rows")
    packed = try Self.sample("rows.gz")
  }

  private static func sample(_ name: String) throws -> [UInt8] {
    try #require(try Sample.files.get()[name])
  }

  private func plain(_ bytes: [UInt8]) throws(StreamError) -> [UInt8] {
    var source = try ByteSource(bytes)
    return try source.readAll(limit: 1 << 30)
  }

  private func fault(_ bytes: [UInt8]) -> StreamError? {
    do throws(StreamError) {
      _ = try plain(bytes)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Whole files

  @Test func `a gzip file gives the bytes that went in`() throws {
    #expect(try plain(packed) == rows)
    #expect(try plain(Self.sample("large.gz")) == Self.sample("large"))
  }

  @Test func `members one after another give their bytes one after another`() throws {
    let (first, second) = (try Self.sample("first.gz"), try Self.sample("second.gz"))
    let empty = try Self.sample("empty.gz")
    #expect(try plain(first + second) == rows)
    #expect(try plain(first + empty + second) == rows)
    #expect(try plain(empty + first + second + empty) == rows)
    #expect(try plain(packed + first + second) == rows + rows)
  }

  @Test func `a member without bytes is a file without bytes`() throws {
    #expect(try plain(Self.sample("empty.gz")).isEmpty)
  }

  // MARK: Damage

  @Test func `a file cut at any byte is refused`() {
    #expect(fault([]) == .refused(.empty))
    for length in 1..<packed.count {
      #expect(fault(Array(packed[..<length])) == .truncated, "cut to \(length) bytes")
    }
  }

  @Test func `a second member cut at any byte takes the first with it`() throws {
    let (first, second) = (try Self.sample("first.gz"), try Self.sample("second.gz"))
    for length in 1..<second.count {
      #expect(fault(first + second[..<length]) == .truncated, "cut to \(length) bytes")
    }
  }

  /// Time stamp, system and the like may change unseen; no other byte may come out.
  @Test func `a flipped bit is refused or changes nothing`() throws {
    #expect((180...320).contains(packed.count))
    var refused = 0
    for at in packed.indices {
      for change in (0..<8).map({ UInt8(1) << $0 }) + [0xFF] {
        var damaged = packed
        damaged[at] ^= change
        do throws(StreamError) {
          let bytes = try plain(damaged)
          #expect(bytes == rows, "byte \(at) changed by \(change)")
        } catch {
          refused += 1
        }
      }
    }
    // All but the seven header bytes that say nothing about the data, and some flags.
    #expect(refused > (packed.count - 10) * 9)
  }

  @Test func `a wrong checksum or length is damage`() {
    for offset in 1...8 {
      var damaged = packed
      damaged[damaged.count - offset] ^= 0x10
      let isDamage = if case .damaged = fault(damaged) { true } else { false }
      #expect(isDamage, "byte \(offset) from the end")
    }
  }

  @Test(arguments: 1...9)
  func `bytes after the last member are refused and counted`(count: Int) {
    let junk = Array("JUNK, JUNK".utf8.prefix(count))
    #expect(fault(packed + junk) == .trailingBytes(count))
    #expect(fault(packed + [0x1F, 0x8B] + junk) != nil)
    #expect(fault(packed + [0, 0] + junk) == .trailingBytes(count))
  }

  @Test(arguments: [1, 8, 512, 300_000])
  func `zeros after the last member are padding, accepted with a note`(count: Int) throws {
    let padding = [UInt8](repeating: 0, count: count)
    var source = try ByteSource(packed + padding)
    #expect(try source.readAll(limit: 1 << 20) == rows)
    #expect(source.notes == ["zeros follow the last gzip member; they were passed over"])
    #expect(fault(packed + padding + packed) == .trailingBytes(packed.count))
  }

  @Test func `a clean file has no notes`() throws {
    var source = try ByteSource(packed)
    _ = try source.readAll(limit: 1 << 20)
    #expect(source.notes.isEmpty)
  }

  // MARK: What no bill is

  @Test func `gzip inside gzip is refused, however the members cut it`() throws {
    #expect(fault(try Self.sample("nested.gz")) == .nestedGzip)
    #expect(fault(try Self.sample("nested-behind-one-byte.gz")) == .nestedGzip)
  }

  @Test func `an archive inside gzip is refused by its name, however the members cut it`() throws {
    #expect(fault(try Self.sample("zip-inside.gz")) == .refused(.zip))
    #expect(fault(try Self.sample("zip-behind-one-byte.gz")) == .refused(.zip))
  }

  @Test func `a bomb is refused long before it has unfolded`() throws {
    let bomb = try Self.sample("bomb.gz")
    #expect(bomb.count < 100_000)
    var source = try ByteSource(bomb)
    #expect {
      try source.readAll(limit: 20 << 20)
    } throws: {
      if case StreamError.bomb = $0 { true } else { false }
    }
  }
}
