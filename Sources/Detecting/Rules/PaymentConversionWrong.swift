import BillingModel
import ExactNumbers

/// What a document asks for in another currency is not what its exchange rate makes.
///
/// *Formula.* Gross × rate, rounded half away from zero to the digits of the payment currency, is
/// not the payment amount; or tax × rate is not the tax in the currency of the tax authority
/// (BT-111 = BT-110 × rate). A rate may be stated the other way round: an amount that only the
/// inverse gives is right, and is said as a candidate. At stake is the distance to the nearer
/// reading.
/// *Source.* EN 16931, BT-6 and BT-111; the exchange details of the AWS Invoicing API.
/// *False positives.* A rate that is printed with too few digits; a document that states none is
/// not checked.
struct PaymentConversionWrong: Detector {
  static let id: RuleID = "PaymentConversionWrong"

  private typealias Amounts = @Sendable (Invoice) -> ConvertedAmounts?

  /// An amount that a document states in two currencies.
  private struct Conversion {
    let what: Text
    let own: Money
    let stated: Money
    let rate: Amount

    private func rounded(_ amount: Amount) -> Amount {
      amount.rounded(
        toFractionDigits: stated.currency.minorUnitDigits, .halfAwayFromZero)
    }

    func direct() throws(AmountOverflow) -> Amount { rounded(try own.amount.multiplied(by: rate)) }
    func inverse() throws(AmountOverflow) -> Amount { rounded(try own.amount.divided(by: rate)) }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    let documents = facts.documents
    for (what, amounts) in Self.conversions {
      func judged(
        _ claim: (JudgedDocument, Conversion) throws(AmountOverflow) -> Claim?
      ) throws(AmountOverflow) -> Judgement {
        try Self.judgeDocuments(
          documents, in: facts, currency: { amounts($0)?.currency ?? "" }
        ) { document throws(AmountOverflow) in
          guard let conversion = Self.conversion(what, document.invoice, amounts) else {
            return nil
          }
          return try claim(document, conversion).map { (what, $0) }
        }
      }
      judgement.findings += try judged(Self.wrong).findings
      judgement.candidates += try judged(Self.inverted).findings
      if documents.contains(where: { Self.lacksRate(amounts($0.invoice), $0.invoice) }) {
        judgement.unchecked.append(
          Self.unchecked("a document states its \(what) in another currency without a rate"))
      }
    }
    return judgement
  }

  private static let conversions: [(Text, Amounts)] = [
    ("total", { $0.inPaymentCurrency }), ("tax", { $0.inTaxCurrency }),
  ]

  private static func lacksRate(_ amounts: ConvertedAmounts?, _ invoice: Invoice) -> Bool {
    guard let amounts, amounts.currency != invoice.currency else { return false }
    return amounts.exchangeRate == nil
  }

  private static func conversion(
    _ what: Text, _ invoice: Invoice, _ stating: Amounts
  ) -> Conversion? {
    guard let amounts = stating(invoice), amounts.currency != invoice.currency,
      let own = what == "tax" ? invoice.tax : invoice.gross,
      let stated = what == "tax" ? amounts.tax : amounts.gross,
      let rate = amounts.exchangeRate, rate.isPositive
    else { return nil }
    return Conversion(
      what: what, own: Money(own, invoice.currency), stated: Money(stated, amounts.currency),
      rate: rate)
  }

  // MARK: Claims

  private static func wrong(
    _ document: JudgedDocument, _ conversion: Conversion
  ) throws(AmountOverflow) -> Claim? {
    let (direct, inverse) = (try conversion.direct(), try conversion.inverse())
    let stated = conversion.stated.amount
    guard stated != direct, stated != inverse else { return nil }
    let offs = [try stated - direct, try stated - inverse]
    let off = offs[0].magnitude <= offs[1].magnitude ? offs[0] : offs[1]
    let statement = statement(document, conversion)
    return Claim(
      impact: document.invoice.kind == .credit ? -off : off, actual: "\(stated)",
      expected: "\(direct) or \(inverse)",
      explanation: Words(
        "\(statement.english), but at the rate \(conversion.rate) that is "
          + "\(conversion.stated.currency) \(direct), or \(inverse) if the rate is the other way round.",
        zh:
          "\(statement.chinese)，而按汇率 \(conversion.rate) 应为 \(conversion.stated.currency) \(direct)，若汇率方向相反则为 "
          + "\(inverse)。"),
      recommendation: Words(
        "Ask the seller which rate was used before the document is paid.",
        zh: "付款前请向销售方确认所用的汇率。"),
      confidence: .proof, leastSeverity: .low)
  }

  /// Right, but only if the rate is read the other way round.
  private static func inverted(
    _ document: JudgedDocument, _ conversion: Conversion
  ) throws(AmountOverflow) -> Claim? {
    let (direct, inverse) = (try conversion.direct(), try conversion.inverse())
    let stated = conversion.stated.amount
    guard stated == inverse, stated != direct else { return nil }
    let statement = statement(document, conversion)
    return Claim(
      kind: .dataQuality, impact: .zero, actual: "\(stated)", expected: "\(direct)",
      explanation: Words(
        "\(statement.english), which is its rate \(conversion.rate) read the other way round.",
        zh: "\(statement.chinese)，这是将所列汇率 \(conversion.rate) 反方向换算的结果。"),
      recommendation: Words(
        "Nothing is to be done, unless the rate is booked as it stands.",
        zh: "无需处理，除非按所列汇率入账。"),
      confidence: .hint)
  }

  /// The beginning of a sentence.
  private static func statement(_ document: JudgedDocument, _ conversion: Conversion) -> Words {
    let own = Phrase.money(conversion.own.amount, conversion.own.currency)
    let stated = "\(conversion.stated.currency) \(conversion.stated.amount)"
    return Words(
      "\(document.name.english) states its \(conversion.what) of \(own) as \(stated)",
      zh: "\(document.name.chinese)将\(conversion.what == "tax" ? "税额" : "总额") \(own) 列示为 \(stated)")
  }
}
