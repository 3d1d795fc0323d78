/// The name of a company, folded so that the spellings of the export and of the document compare:
/// case, width, punctuation and the words for the legal form do not count.
///
/// `Amazon Web Services EMEA SARL` and `Amazon Web Services, Inc.` stay apart: only the words at the
/// end that name a legal form are dropped.
package struct CompanyName: Hashable, Comparable, Sendable {
  /// Lower-case letters and digits; empty if there is no name.
  package let folded: Text

  package init(_ name: Text) {
    let words = Self.words(of: name)
    let bare = Self.withoutLegalForm(words)
    let joined = Self.withoutChineseLegalForm(bare.joined())
    self.folded = Text(Self.sameCompany[joined] ?? joined)
  }

  package static let unknown = CompanyName("")
  package var isKnown: Bool { !folded.isEmpty }
  package static func < (a: CompanyName, b: CompanyName) -> Bool { a.folded < b.folded }

  // MARK: The tables

  /// Names of one company that share no letters: the operators of the AWS regions in China.
  private static let sameCompany = [
    "北京光环新网科技": "beijingsinnettechnology",
    "光环新网": "beijingsinnettechnology",
    "sinnet": "beijingsinnettechnology",
    "宁夏西云数据科技": "ningxiawesternclouddatatechnology",
    "西云数据": "ningxiawesternclouddatatechnology",
    "nwcd": "ningxiawesternclouddatatechnology",
  ]

  private static let legalForms: Set<String> = [
    "inc", "incorporated", "llc", "ltd", "limited", "co", "company", "corp", "corporation", "plc",
    "sarl", "sàrl", "sa", "sas", "gmbh", "ag", "bv", "nv", "pty", "pvt", "private", "ltda", "kk",
    "srl", "spa", "ab", "oy", "as",
  ]

  /// Longest first.
  private static let chineseLegalForms = ["股份有限公司", "有限责任公司", "有限公司"]

  // MARK: Folding

  /// Words of letters and digits. A full stop joins (`S.A.R.L.`), any other sign parts.
  private static func words(of name: Text) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in name.string.unicodeScalars.map(halfWidth) where scalar != "." {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word += scalar.properties.lowercaseMapping
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// The full-width forms U+FF01 to U+FF5E repeat ASCII.
  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
  }

  private static func withoutLegalForm(_ words: [String]) -> ArraySlice<String> {
    var rest = words[...]
    while rest.count > 1, let last = rest.last, legalForms.contains(last) { rest.removeLast() }
    return rest
  }

  private static func withoutChineseLegalForm(_ name: String) -> String {
    guard let form = chineseLegalForms.first(where: { name.hasSuffix($0) && name != $0 }) else {
      return name
    }
    return String(name.dropLast(form.count))
  }
}
