import BillingModel
import ExactNumbers

/// A month that ought to be final still has charges without an invoice id.
///
/// *Formula.* More than 10 days after the end of the month, charges of an issuer that are not zero
/// have no `InvoiceId`.
/// *Source.* AWS fills in the invoice id line by line when it issues the invoices, early in the next
/// month.
/// *False positives.* Marketplace invoices may come later: each issuer is a finding of its own.
/// FOCUS 1.0 has no invoice ids and is not checked.
struct HalfFinalMonth: Detector {
  static let id: RuleID = "HalfFinalMonth"

  /// Days after the end of the month within which invoices are issued.
  private static let patience = 10

  private struct Place: Hashable {
    var currency: CurrencyCode
    var issuer: Text

    init(_ key: ChargeKey) {
      currency = key.currency
      issuer = key.invoiceIssuer
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      if booking.format == .focus10 {
        judgement.unchecked.append(Self.unchecked(booking, "FOCUS 1.0 has no invoice ids"))
      } else {
        // A month whose charges all have their ids waits for no day.
        let last = booking.billingPeriod.lastDay.advanced(by: Self.patience)
        if booking.contents.charges.contains(where: Self.isOpen),
          facts.asOf.isOnOrAfter(last.advanced(by: 1))
        {
          judgement.findings += try Self.findings(booking)
        }
      }
    }
    return judgement
  }

  private static func isOpen(_ charge: ChargeSummary) -> Bool {
    charge.key.invoiceID.isEmpty && !charge.billedCost.isZero
  }

  private static func findings(_ booking: Booking) throws(AmountOverflow) -> [Finding] {
    let places = Set(booking.charges.filter(isOpen).map { Place($0.key) })
    // Beside those that cost something, the others of the issuer have no id either.
    let groups = try booking.groups { charge in
      charge.key.invoiceID.isEmpty ? Place(charge.key) : nil
    }
    return groups.filter { places.contains($0.key) }.map { place, group in
      var key = key(booking.billingAccountID, booking.billingPeriod, place.currency)
      key.detail = place.issuer
      return claim(group, place, booking).finding(
        key, lines: group.lines,
        selection: Selection([[.invoiceID: "", .invoiceIssuer: place.issuer]]))
    }
  }

  /// Says what is late, never by how much today: the same facts read the same every night.
  private static func claim(_ group: ChargeGroup, _ place: Place, _ booking: Booking) -> Claim {
    let issuer = Phrase.name(place.issuer, or: Words("an unnamed issuer", zh: "未注明的开票方"))
    let count = Phrase.count(group.lines, "line item")
    let money = Phrase.money(group.cost, place.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: group.gross,
      actual: "\(count) without an invoice id",
      expected: "none \(patience) days after the month",
      explanation: Words(
        "More than \(patience) days after \(booking.billingPeriod), \(count) of \(issuer.english) "
          + "\(group.lines == 1 ? "is" : "are") still without an invoice id in the version of "
          + "\(booking.versionDay): \(money).",
        zh:
          "\(booking.billingPeriod) 账期结束已超过 \(patience) 天，\(issuer.chinese)仍有 \(group.lines) 条明细在 \(booking.versionDay) "
          + "的版本中没有发票号，共 \(money)。"),
      recommendation: Words(
        "Fetch the newest version of the export; if it says the same, ask \(issuer.english) for the invoice.",
        zh: "请获取最新版本的导出；如果仍然如此，请向\(issuer.chinese)索取发票。"),
      confidence: .strong, leastSeverity: .low)
  }
}
