import BillingModel
import ExactNumbers

/// Rows of an export could not be kept.
///
/// *Formula.* The rejects of a booking, by currency; a row whose currency cannot be read counts with
/// the currency of most of the booking's line items, without its money.
/// *Source.* The rules of the pass over the rows; `rejects.csv` lists each.
/// *False positives.* None.
struct RejectedRows: Detector {
  static let id: RuleID = "RejectedRows"

  private struct Tally {
    var cost = Amount.zero
    var rows = 0
    var unreadable = 0
    var places: [Place] = []

    mutating func add(_ reject: Reject, sha256: Text?) throws(AmountOverflow) {
      rows += 1
      if let cost = reject.cost, reject.currency != nil {
        try self.cost += cost
      } else {
        unreadable += 1
      }
      if let sha256 { places.append(Place(file: sha256, record: reject.record)) }
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      judgement.findings += try Self.tallies(of: booking).map { currency, tally in
        let key = Self.key(booking.billingAccountID, booking.billingPeriod, currency)
        let first = tally.places.sorted().prefix(SuspectGroup.evidenceLimit)
        return Self.claim(tally, currency)
          .finding(key, lines: tally.rows, evidence: Array(first))
      }
    }
    return judgement
  }

  private static func tallies(
    of booking: Booking
  ) throws(AmountOverflow) -> [CurrencyCode: Tally] {
    let hashes = Dictionary(
      booking.contents.files.map { ($0.file, $0.sha256) }, uniquingKeysWith: { min($0, $1) })
    let main = booking.mainCurrency
    var tallies: [CurrencyCode: Tally] = [:]
    for reject in booking.contents.rejects {
      try tallies[reject.currency ?? main, default: Tally()]
        .add(reject, sha256: hashes[reject.file])
    }
    return tallies
  }

  private static func claim(_ tally: Tally, _ currency: CurrencyCode) -> Claim {
    let money = Phrase.money(tally.cost, currency)
    let none = Words("", zh: "")
    let cost =
      tally.unreadable == tally.rows
      ? none : Words(", with \(money) of readable cost", zh: "，可读的费用共 \(money)")
    let unreadable =
      tally.unreadable == 0
      ? none
      : Words(
        "; the cost of \(Phrase.count(tally.unreadable, "row")) cannot be read",
        zh: "；其中 \(tally.unreadable) 行的费用无法读取")
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: tally.cost,
      actual: Phrase.count(tally.rows, "rejected row"), expected: "none",
      explanation: Words(
        "\(Phrase.count(tally.rows, "row")) of the export could not be kept"
          + "\(cost.english)\(unreadable.english).",
        zh: "导出中有 \(tally.rows) 行未能保留\(cost.chinese)\(unreadable.chinese)。"),
      recommendation: Words(
        "Look at rejects.csv, and fetch the export again if its files were cut or edited.",
        zh: "请查看 rejects.csv；如果文件被截断或编辑过，请重新获取导出。"),
      confidence: .proof, leastSeverity: tally.unreadable > 0 ? .medium : .low)
  }
}
