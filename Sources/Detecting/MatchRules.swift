import BillingModel
import ExactNumbers

extension Detector {
  /// Judges each match of the period's reconciliation.
  func judgeMatches(
    in facts: PeriodFacts, _ judge: (Match) throws(AmountOverflow) -> Claim?
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for match in facts.reconciliation.matches {
      if let claim = try judge(match) {
        judgement.findings.append(
          claim.finding(
            Self.key(match), lines: match.lineItems,
            // Where there are no line items, the documents are all there is to see.
            evidence: match.lineItems == 0 ? match.places : [],
            selection: Self.selection(match, facts)))
      }
    }
    return judgement
  }

  /// The charges of its invoice ids; without one, those of its issuer that have none, however it is spelled.
  static func selection(_ match: Match, _ facts: PeriodFacts) -> Selection {
    var values = match.invoiceIDs.map { [Field.invoiceID: $0] }
    if values.isEmpty {
      let issuer = CompanyName(match.issuer)
      let spellings = Set(facts.bookings.flatMap(\.charges).map(\.key.invoiceIssuer)).filter {
        CompanyName($0) == issuer
      }
      values = spellings.map { [.invoiceID: "", .invoiceIssuer: $0] }
    }
    var selection = Selection(values)
    selection.otherPeriods = match.otherPeriods.sorted()
    return selection
  }

  /// By invoice ids, and by documents only where there are none: an id does not change when a further
  /// document comes. Two issuers may give one number, and a credit may bear that of the invoice that it
  /// corrects.
  static func key(_ match: Match) -> FindingKey {
    var key = key(match.billingAccountID, match.billingPeriod, match.currency)
    key.invoiceID = Text.joined(match.numbers)
    let isCredit = match.invoiceIDs.isEmpty && match.documentKinds.contains(.credit)
    key.detail = isCredit ? Text("\(match.issuer) credit") : match.issuer
    return key
  }
}

extension Match {
  /// Each number once: a document that came again is still one.
  var numbers: [Text] {
    invoiceIDs.isEmpty ? Set(documents.map(\.afterColon)).sorted() : invoiceIDs
  }

  var invoices: Words {
    if numbers.isEmpty {
      return Words(
        "the charges of \(seller.english) without invoice id", zh: "\(seller.chinese)没有发票号的费用")
    }
    let isCredit = invoiceIDs.isEmpty && documentKinds == [.credit]
    let (noun, plural) = (isCredit ? "credit note" : "invoice", numbers.count == 1 ? "" : "s")
    return Words(
      "\(noun)\(plural) \(Phrase.list(numbers.map(\.string)))",
      zh: "\(isCredit ? "贷项通知单" : "发票")\(Phrase.chineseList(numbers.map(\.string)))")
  }

  /// `states` of one invoice, `state` of several, or of charges without one.
  var state: String { Phrase.verb(numbers.count, "state") }

  /// Who issued it, in a sentence.
  var seller: Words { Phrase.name(issuer, or: Words("an unnamed seller", zh: "未注明的销售方")) }
}

extension Text {
  /// The number in `dialect:number`.
  fileprivate var afterColon: Text {
    string.firstIndex(of: ":").map { Text(String(string[string.index(after: $0)...])) } ?? self
  }

  static func joined(_ texts: [Text]) -> Text {
    Text(texts.sorted().map(\.string).joined(separator: ";"))
  }
}

extension Words {
  /// With its first letter in capitals, to begin a sentence.
  var sentence: Words {
    let text = english.string
    return Words(text.prefix(1).uppercased() + text.dropFirst(), zh: ChineseText(chinese.string))
  }
}
