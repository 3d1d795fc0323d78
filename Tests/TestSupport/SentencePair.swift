import Foundation

/// A sentence in English and in Chinese, which must state the same facts.
package struct SentencePair: Sendable {
  package let english: String
  package let chinese: String
  /// Names that both must hold equally often, unless they look like a word of English.
  package var names: [String] = []

  package init(_ english: String, _ chinese: String, names: [String] = []) {
    self.english = english
    self.chinese = chinese
    self.names = names
  }

  /// What is wrong with the two; empty where nothing is.
  package var faults: [String] { form + faultsOfFacts }

  /// The same of any number of sentences.
  package var faultsOfFacts: [String] {
    figures + order + latinWords
      + names.filter { !$0.contains(#/^[a-z]+$/#) }.filter {
        Self.count($0, in: english) != Self.count($0, in: chinese)
      }.map {
        "the name \"\($0)\" stands \(Self.count($0, in: english)) times in English, "
          + "\(Self.count($0, in: chinese)) times in Chinese"
      }
  }

  private static var han: Regex<Substring> { #/[一-鿿]/# }

  /// One sentence each, which ends as sentences of its language do.
  private var form: [String] {
    var faults: [String] = []
    // The full stop of a company's form ends no sentence.
    let text = english.replacing(#/\b(Inc|Ltd|Co|Corp)\. /#, with: { "\($0.output.1) " })
    if !text.hasSuffix(".") || text.hasSuffix("..") || text.contains(#/\. \p{Lu}/#) {
      faults.append("no English sentence")
    }
    if !chinese.hasSuffix("。") || chinese.count(where: { $0 == "。" }) != 1 {
      faults.append("no Chinese sentence")
    }
    if !chinese.contains(Self.han) { faults.append("no word of Chinese") }
    let spaces =
      #/[，。；：、（）] | [，。；：、（）]|[一-鿿] +[一-鿿]|[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]|  /#
    if chinese.contains(spaces) { faults.append("a space too many or too few") }
    if english.contains("Words(") || english.contains("Optional(") {
      faults.append("no words at all")
    }
    return faults
  }

  /// Amounts, counts, days, ids, codes such as USD or SKU, and names with signs, digits or capitals inside,
  /// each as often as it stands there.
  static func figures(_ text: String) -> [String: Int] {
    tokens(text).filter { token in
      token.contains(where: \.isNumber) || token.contains(#/[.,:\/_@#+=-]/#) && !isEnglish(token)
        || token.contains(#/^[A-Z]{3,}$/#) || token.contains(#/[a-z][A-Z]/#)
    }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// `on-demand`: words, not a name.
  private static func isEnglish(_ token: String) -> Bool { token.contains(#/^[a-z]+(-[a-z]+)+$/#) }

  private static func tokens(_ text: String) -> [String] {
    text.matches(of: #/-?[A-Za-z0-9]+([.,:\/_@#+=-]+[A-Za-z0-9]+)*/#).map { String($0.output.0) }
  }

  /// Chinese may leave a Latin word out where it has one of its own, but brings none along.
  private var latinWords: [String] {
    let words = { (text: String) -> [String: Int] in
      text.lowercased().matches(of: #/[a-z]+/#).map { String($0.output) }
        .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let (theirs, ours) = (words(english), words(chinese))
    return ours.filter { $0.value > theirs[$0.key] ?? 0 }.keys.sorted().map {
      "the word \"\($0)\" stands in Chinese more often than in English"
    }
  }

  private var figures: [String] {
    let (english, chinese) = (Self.figures(english), Self.figures(chinese))
    return Set(english.keys).union(chinese.keys).sorted().filter { english[$0] != chinese[$0] }.map
    {
      "the figure \($0) stands \(english[$0] ?? 0) times in English, \(chinese[$0] ?? 0) times in Chinese"
    }
  }

  /// Decimal numbers follow each other alike, so that no two change places.
  private var order: [String] {
    let decimals = { (text: String) in
      Self.tokens(text).filter { $0.contains(#/^-?[0-9]+\.[0-9]+$/#) }
    }
    let (english, chinese) = (decimals(english), decimals(chinese))
    return english == chinese ? [] : ["the amounts come in another order"]
  }

  private static func count(_ name: String, in text: String) -> Int {
    let parts = text.components(separatedBy: name)
    let isSign = { (character: Character?) in
      character.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
    }
    // As a whole: the account A stands in no "Ask".
    return zip(parts, parts.dropFirst()).count { !isSign($0.last) && !isSign($1.first) }
  }
}
