import TestSupport
import Testing

@testable import ByteStreaming

/// Cut and altered gzip files. Every test asks each codec that is compiled in.
@Suite struct GzipDamageTests {
  private let rows: [UInt8]
  private let packed: [UInt8]

  init() throws {
    rows = try PackedSamples.gzip("rows")
    packed = try PackedSamples.gzip("rows.gz")
  }

  private func fault(_ bytes: [UInt8], _ way: Unpacking) -> StreamError? {
    do throws(StreamError) {
      _ = try way.plain(gzip: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: Unpacking.all)
  func `a file cut at any byte is refused`(way: Unpacking) throws {
    let fields = try PackedSamples.gzip("fields-15.gz")
    for file in [packed, fields] {
      for length in 0..<file.count {
        #expect(fault(Array(file[..<length]), way) == .truncated(.gzip), "cut to \(length) bytes")
      }
    }
  }

  @Test(arguments: Unpacking.all)
  func `a second member cut at any byte takes the first with it`(way: Unpacking) throws {
    let first = try PackedSamples.gzip("first.gz")
    let second = try PackedSamples.gzip("second.gz")
    for length in 1..<second.count {
      #expect(
        fault(first + second[..<length], way) == .truncated(.gzip), "cut to \(length) bytes")
    }
  }

  @Test(arguments: InflateCodec.allCases)
  func `an empty file, and one cut to its magic, are refused`(codec: InflateCodec) throws {
    #expect(ByteStreamingTests.fault([], codec) == .refused(.empty))
    for length in 1..<packed.count {
      #expect(ByteStreamingTests.fault(Array(packed[..<length]), codec) == .truncated(.gzip))
    }
  }

  /// Time stamp, system and the like may change unseen; no other byte may come out.
  @Test(arguments: InflateCodec.allCases)
  func `a flipped bit is refused or changes nothing`(codec: InflateCodec) throws {
    #expect((180...320).contains(packed.count))
    let way = Unpacking(codec: codec, input: 1 << 20, output: 1 << 18)
    var refused = 0
    for at in packed.indices {
      for change in (0..<8).map({ UInt8(1) << $0 }) + [0xFF] {
        var damaged = packed
        damaged[at] ^= change
        do throws(StreamError) {
          let bytes = try way.plain(gzip: damaged)
          #expect(bytes == rows, "byte \(at) changed by \(change)")
        } catch {
          refused += 1
        }
      }
    }
    // All but the seven header bytes that say nothing about the data, and some flags.
    #expect(refused > (packed.count - 10) * 9)
  }

  @Test(arguments: InflateCodec.allCases, 0..<4 as Range<UInt64>)
  func `a large file with bytes changed anywhere is refused or gives the same bytes`(
    codec: InflateCodec, seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let sound = try PackedSamples.gzip("many.gz")
    let plain = try PackedSamples.gzip("many")
    for _ in 0..<12 {
      var damaged = sound
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let at = Int.random(in: damaged.indices, using: &random)
        damaged[at] = UInt8.random(in: 0...255, using: &random)
      }
      let way = Unpacking(
        codec: codec, input: .random(in: 1...70_000, using: &random),
        output: .random(in: 1000...70_000, using: &random))
      do throws(StreamError) {
        let bytes = try way.plain(gzip: damaged)
        #expect(bytes == plain, "seed \(seed), \(way)")
      } catch {
        #expect(error.code.hasSuffix("Gzip") || error.code == "TrailingBytes", "\(error)")
      }
    }
  }

  @Test(arguments: Unpacking.all)
  func `a wrong checksum or length is damage and named`(way: Unpacking) {
    for offset in 1...8 {
      var damaged = packed
      damaged[damaged.count - offset] ^= 0x10
      let what = offset > 4 ? "incorrect data check" : "incorrect length check"
      #expect(fault(damaged, way) == .damaged(.gzip, what), "byte \(offset) from the end")
      #expect(fault(damaged + packed, way) == .damaged(.gzip, what), "byte \(offset) from the end")
    }
  }

  @Test(arguments: Unpacking.all)
  func `a header that is none is damage and named`(way: Unpacking) throws {
    let changes: [(Int, UInt8, String)] = [
      (0, 1, "incorrect header check"), (1, 1, "incorrect header check"),
      (2, 15, "unknown compression method"), (3, 0x20, "unknown header flags set"),
      (3, 0x80, "unknown header flags set"),
    ]
    for (at, change, what) in changes {
      var damaged = packed
      damaged[at] ^= change
      #expect(fault(damaged, way) == .damaged(.gzip, what), "byte \(at)")
    }
    var damaged = try PackedSamples.gzip("fields-15.gz")
    for at in [4, 11, 20, 315, 330] {
      damaged[at] ^= 1
      #expect(fault(damaged, way) == .damaged(.gzip, "header crc mismatch"), "byte \(at)")
      damaged[at] ^= 1
    }
    #expect(fault(damaged, way) == nil)
  }

  @Test(arguments: Unpacking.all)
  func `deflate data that breaks its own rules is damage`(way: Unpacking) {
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let bodies: [String: [UInt8]] = [
      "a block of the reserved type": [0x07],
      "a stored block whose length and complement differ": [1, 1, 0, 0, 0, 0x61],
      // Fixed block, first symbol 257 (length 3), distance 1: nothing stands before.
      "a look back before the first byte": [0x03, 0x02, 0x00],
    ]
    for (what, body) in bodies {
      let file = header + body + [UInt8](repeating: 0x55, count: 40)
      #expect(fault(file, way) == .damaged(.gzip, "invalid deflate data"), "\(what)")
    }
  }
}
