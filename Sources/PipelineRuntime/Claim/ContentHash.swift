package import BillingModel
package import ByteStreaming
import Crypto

/// The SHA-256 of bytes in lower-case hexadecimal: what decides which file a file is.
package enum ContentHash {
  package static func of(_ bytes: [UInt8]) -> Text { hexadecimal(SHA256.hash(data: bytes)) }

  /// Reads a whole file.
  package static func of(file path: Path) throws(FileError) -> Text {
    let file = try InputFile(path)
    var hash = SHA256()
    while true {
      let chunk = try file.read(upTo: 1 << 18)
      if chunk.isEmpty { break }
      hash.update(data: chunk)
    }
    return hexadecimal(hash.finalize())
  }

  static func hexadecimal(_ digest: SHA256.Digest) -> Text {
    let digits = Array("0123456789abcdef".utf8)
    return Text(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
