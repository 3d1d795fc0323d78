import TestSupport
import Testing

@testable import ByteStreaming

/// What one codec reads, every codec reads; what one refuses, every codec refuses. Says little where only
/// zlib is compiled in.
@Suite struct CodecAgreementTests {
  private func outcome(_ bytes: [UInt8], _ codec: InflateCodec) -> Result<[UInt8], StreamError> {
    Result { () throws(StreamError) in
      try Unpacking(codec: codec, input: 1 << 20, output: 1 << 18).plain(gzip: bytes)
    }
  }

  @Test(arguments: InflateCodec.allCases, 0..<8 as Range<UInt64>)
  func `altered files are read or refused by all alike`(codec: InflateCodec, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sound = try PackedSamples.gzip("fields-15.gz") + PackedSamples.gzip("rows.gz")
    for _ in 0..<400 {
      var bytes = sound
      let at = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(.random(in: 0...255, using: &random), at: at)
      default: bytes.removeSubrange(at...)
      }
      let expected = outcome(bytes, .zlib)
      let actual = outcome(bytes, codec)
      switch (expected, actual) {
      case (.success(let one), .success(let other)): #expect(one == other, "seed \(seed)")
      case (.failure(let one), .failure(let other)):
        // Broken deflate data may be noticed later by one than by the other, even only at the end.
        let words: Set = [one.code, other.code]
        #expect(
          one == other || words.isSubset(of: ["DamagedGzip", "TruncatedGzip"]), "seed \(seed)")
      default: Issue.record("seed \(seed), byte \(at): \(expected) by zlib, \(actual)")
      }
    }
  }
}
