import BillingModel
import Crypto

/// A hash over a list of texts, each with its length: no two lists give the same bytes.
struct Fingerprint {
  private var hash = SHA256()

  mutating func add(_ text: Text) {
    let bytes = Array(text.string.utf8)
    hash.update(data: Array("\(bytes.count):".utf8))
    hash.update(data: bytes)
  }

  mutating func add(_ texts: [Text]) {
    add(Text(String(texts.count)))
    for text in texts { add(text) }
  }

  var value: Text { ContentHash.hexadecimal(hash.finalize()) }

  static func of(_ texts: [Text]) -> Text {
    var fingerprint = Fingerprint()
    fingerprint.add(texts)
    return fingerprint.value
  }
}
