/// A screen that a pass carried, so that a later program can tell whether it asks for something else.
package struct CarriedScreen: Hashable, Sendable, Codable {
  package var rule: RuleID
  /// Of what the screen looks for; it tells any two apart.
  package var form: Text
  /// Of what it folds rows by and adds up: what two screens of one shape found can be judged alike.
  package var shape: Text

  package init(rule: RuleID, form: Text, shape: Text) {
    self.rule = rule
    self.form = form
    self.shape = shape
  }

  package init(_ screen: Screen) {
    self.init(
      rule: screen.rule,
      form: Self.hash([
        String(describing: screen.rows), String(describing: screen.groupedBy),
        String(describing: screen.trip), String(describing: screen.captures),
      ]),
      shape: Self.hash([String(describing: screen.keyedBy), String(describing: screen.measures)]))
  }

  /// Sorted by rule.
  package static func all(_ screens: [Screen]) -> [CarriedScreen] {
    screens.map { CarriedScreen($0) }.sorted { $0.rule < $1.rule }
  }

  /// FNV-1a of 64 bits: no secret, only short.
  private static func hash(_ parts: [String]) -> Text {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in parts.joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return Text(String(repeating: "0", count: 16 - digits.count) + digits)
  }
}

extension ExportContents {
  /// The same as the rules of a program may judge it: where its screen was not there, or looked for something
  /// else, the rule is unchecked. What was found then stays, unless it was folded in another way: the same
  /// lines would be another finding.
  package func asked(_ screens: [CarriedScreen]) -> ExportContents {
    let carried = Dictionary(
      self.screens.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    var result = self
    var reshaped: Set<RuleID> = []
    for screen in screens where carried[screen.rule] != screen {
      let earlier = carried[screen.rule]
      if let earlier, earlier.shape != screen.shape { reshaped.insert(screen.rule) }
      result.unchecked.append(
        UncheckedScreen(
          rule: screen.rule, reason: earlier == nil ? Self.readBefore : Self.readOtherwise))
    }
    result.suspects.removeAll { reshaped.contains($0.rule) }
    return result
  }

  private static let readBefore: Text =
    "the export was read before this rule was there: run counterfoil rebuild, which reads it again"
  private static let readOtherwise: Text =
    "the export was read under an older form of the rule: run counterfoil rebuild, which reads it again"
}
