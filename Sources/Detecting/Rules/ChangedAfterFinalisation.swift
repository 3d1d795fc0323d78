import BillingModel
import ExactNumbers

/// A charge that was already on an invoice changed in a later version of the export.
///
/// *Formula.* For each invoice id that the replaced version names: Σ billed cost by account, service
/// and type differs between the two versions.
/// *Source.* AWS fills in `bill/InvoiceId` when the bill is final.
/// *False positives.* Credits, refunds and support fees do come after the close, hence a lower
/// confidence for them. Lines that get their invoice id only now are not changed: AWS fills in the ids line by
/// line, so that an id may gain lines of a service which had none, while new ones come. Where all ids together gain
/// another cost than those lose, nothing tells whether a final line changed or one that was still open: not checked.
struct ChangedAfterFinalisation: Detector {
  static let id: RuleID = "ChangedAfterFinalisation"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var invoiceID: Text
    var subAccountID: Text
    var serviceName: Text
    var type: ChargeType

    init(_ charge: ChargeSummary) {
      currency = charge.key.currency
      invoiceID = charge.key.invoiceID
      subAccountID = charge.key.subAccountID
      serviceName = charge.key.serviceName
      type = charge.key.chargeType
    }

    /// The same charges as long as they have no id.
    var open: Place {
      var place = self
      place.invoiceID = ""
      return place
    }

    var values: [Field: Text] {
      [
        .invoiceID: invoiceID, .subAccountID: subAccountID, .serviceName: serviceName,
        .lineItemType: type.text,
      ]
    }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      guard let replaced = facts.replaced[booking.billingAccountID] else {
        judgement.unchecked.append(
          Self.unchecked(booking, "there is no earlier version of the month"))
        continue
      }
      let changes = try Changes(from: replaced, to: booking)
      judgement.findings += try changes.findings(booking).map { finding in
        var counted = finding
        counted.causedBy = Self.signOffFinding(of: finding, facts)
        return counted
      }
      if changes.hasUntold {
        judgement.unchecked.append(
          Self.unchecked(
            booking,
            "some lines had no invoice id in the earlier version, and may have changed until they had one"
          ))
      }
    }
    return judgement
  }

  /// Sums of both versions, and what they tell about invoices that the first one names.
  private struct Changes {
    private let before: [Place: ChargeGroup]
    private let after: [Place: ChargeGroup]
    private var changed: [Place] = []
    /// True where a change may be one of lines that were not final.
    private(set) var hasUntold = false

    init(from replaced: Booking, to booking: Booking) throws(AmountOverflow) {
      before = try replaced.groups(by: Place.init)
      after = try booking.groups(by: Place.init)
      let gained = try gainedWithIDs()
      let final = Set(before.keys.map(\.invoiceID)).subtracting([""])
      for place in Set(before.keys).union(after.keys) where final.contains(place.invoiceID) {
        guard old(place).cost != new(place).cost else { continue }
        if !gainsIDs(place) {
          changed.append(place)
        } else if try gained[place.open] != old(place.open).cost - new(place.open).cost {
          hasUntold = true
        }
      }
    }

    private func old(_ place: Place) -> ChargeGroup { before[place] ?? ChargeGroup() }
    private func new(_ place: Place) -> ChargeGroup { after[place] ?? ChargeGroup() }

    /// Whether lines that were open may have come to the place.
    private func gainsIDs(_ place: Place) -> Bool {
      new(place).lines > old(place).lines && old(place.open).lines > 0
    }

    /// By open place, what all ids of it gained that gained lines: open lines may be spread over several.
    private func gainedWithIDs() throws(AmountOverflow) -> [Place: Amount] {
      var gained: [Place: Amount] = [:]
      for place in Set(before.keys).union(after.keys)
      where !place.invoiceID.isEmpty && gainsIDs(place) {
        try gained[place.open, default: .zero] += new(place).cost - old(place).cost
      }
      return gained
    }

    func findings(_ booking: Booking) throws(AmountOverflow) -> [Finding] {
      typealias Rule = ChangedAfterFinalisation
      var findings: [Finding] = []
      for place in changed {
        let claim = try Rule.claim(place, from: old(place).cost, to: new(place).cost)
        findings.append(
          claim.finding(
            Rule.key(place, booking), lines: new(place).lines,
            selection: Selection([place.values])))
      }
      return findings
    }
  }

  /// Money that moved after the period was signed off is counted there.
  private static func signOffFinding(of finding: Finding, _ facts: PeriodFacts) -> FindingKey? {
    let key = finding.key
    return facts.movedSinceSignOff.first { row in
      row.difference == finding.impact && row.change != .retagged
        && row.key.billingAccountID == key.billingAccountID && row.key.currency == key.currency
        && row.key.invoiceID == key.invoiceID && row.key.subAccountID == key.subAccountID
        && row.key.serviceName == key.serviceName && row.key.chargeType.text == key.detail
    }.map { ChangedAfterSignOff.key($0, in: facts.billingPeriod) }
  }

  private static func key(_ place: Place, _ booking: Booking) -> FindingKey {
    var key = key(booking.billingAccountID, booking.billingPeriod, place.currency)
    key.invoiceID = place.invoiceID
    key.subAccountID = place.subAccountID
    key.serviceName = place.serviceName
    key.detail = place.type.text
    return key
  }

  private static func claim(
    _ place: Place, from old: Amount, to new: Amount
  ) throws(AmountOverflow) -> Claim {
    let comesLate =
      [.credit, .refund, .discount].contains(place.type.chargeClass)
      || place.serviceName.string.contains("Support")
    let before = Phrase.money(old, place.currency)
    let after = Phrase.money(new, place.currency)
    return Claim(
      impact: try new - old, actual: "\(new)", expected: "\(old)",
      explanation: Words(
        "\(place.serviceName) of account \(place.subAccountID) on invoice \(place.invoiceID) changed from "
          + "\(before) to \(after) after the invoice was final (\(place.type)).",
        zh:
          "发票 \(place.invoiceID) 开具后，账号 \(place.subAccountID) 的\(place.serviceName)（\(place.type)）由 \(before) 变为 "
          + "\(after)。"),
      recommendation: Words(
        "Ask AWS for a corrected invoice or a credit memo that states the change.",
        zh: "请要求 AWS 开具更正发票，或开具列明该变动的贷项通知单。"),
      confidence: comesLate ? .hint : .strong, leastSeverity: .low)
  }
}
