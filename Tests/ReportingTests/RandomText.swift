import BillingModel
import TestSupport

/// Short texts made of what breaks CSV, JSON and spreadsheets.
struct RandomText {
  private var generator: SeededGenerator
  private let alphabet: [Unicode.Scalar]

  private static let hostile: [Unicode.Scalar] = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "\"", ",", ";", " ", "a", "1",
    "é", "\u{301}", "业", "\u{1B}", "\\", "\u{2028}", "🧾",
  ]

  init(seed: UInt64, also others: [Unicode.Scalar] = []) {
    generator = SeededGenerator(seed: seed)
    alphabet = Self.hostile + others
  }

  mutating func next() -> Text {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      scalars.append(alphabet.randomElement(using: &generator)!)
    }
    return Text(String(scalars))
  }
}

func utf8(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
