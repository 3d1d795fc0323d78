import BillingModel
import ExactNumbers
import Normalizing

/// What moved between two states of a period: charges by payer × currency × invoice × account ×
/// service × type, tags under the same money, and documents.
///
/// The differences of the charges add up to that of the charged totals.
struct StateComparison {
  let since: RestatementBase
  let before: PeriodState
  let after: PeriodState
  let attributor: Attributor

  func rows() throws(AmountOverflow) -> [RestatementRow] {
    var rows: [RestatementRow] = []
    let keys = Set(before.charges.keys).union(after.charges.keys)
    for invoices in Dictionary(grouping: keys, by: \.acrossInvoices).values {
      rows += try moved(invoices)
    }
    rows += try RetaggedMoney(self).rows()
    if since == .signOff { rows += documents }
    return rows.sorted(by: RestatementRow.precedes)
  }

  // MARK: Charges

  /// The rows of one account, service and type, over all invoices.
  private func moved(_ keys: [RestatementKey]) throws(AmountOverflow) -> [RestatementRow] {
    let old = keys.filter { before.charges[$0] != nil }
    let new = keys.filter { after.charges[$0] != nil }
    // Lines that only got their invoice id since have not moved.
    if old.contains(where: \.isOpen) {
      if old.count == 1, new.count == 1 {
        return [try row(new[0], before.charges[old[0]], after.charges[new[0]])].compactMap { $0 }
      }
      if try total(old, before.charges) == total(new, after.charges) { return [] }
    }
    var rows: [RestatementRow] = []
    for key in keys {
      if let row = try row(key, before.charges[key], after.charges[key]) { rows.append(row) }
    }
    return rows
  }

  private func total(
    _ keys: [RestatementKey], _ sums: [RestatementKey: StateSum]
  ) throws(AmountOverflow) -> Amount {
    try Amount.sum(keys.compactMap { sums[$0]?.billedCost })
  }

  private func row(
    _ key: RestatementKey, _ old: StateSum?, _ new: StateSum?
  ) throws(AmountOverflow) -> RestatementRow? {
    let difference = try (new?.billedCost ?? .zero) - (old?.billedCost ?? .zero)
    if difference.isZero { return nil }
    let change: RestatementChange =
      if old == nil { .appeared } else if new == nil {
        .vanished
      } else if old?.lineItems
        != new?.lineItems
      { .requantified } else { .repriced }
    var row = RestatementRow(
      since: since, change: change, key: key, before: old?.billedCost, after: new?.billedCost,
      difference: difference)
    row.lineItemsBefore = old?.lineItems
    row.lineItemsAfter = new?.lineItems
    return row
  }

  // MARK: Documents

  /// Documents that came or went; of one that stayed, whether its match states other money.
  private var documents: [RestatementRow] {
    let old = Self.byDocument(before.matches)
    let new = Self.byDocument(after.matches)
    return Set(old.keys).union(new.keys).compactMap { name in
      switch (old[name], new[name]) {
      case (nil, let match?):
        return row(
          .documentAppeared, name, match, before.matches.first { $0.id == match.id }?.invoiced,
          match.invoiced)
      case (let match?, nil):
        return row(
          .documentCancelled, name, match, match.invoiced,
          after.matches.first { $0.id == match.id }?.invoiced)
      case (let match?, let now?)
      where match.documents == now.documents && match.invoiced != now.invoiced:
        return row(.documentChanged, name, now, match.invoiced, now.invoiced)
      default: return nil
      }
    }
  }

  private static func byDocument(_ matches: [StateMatch]) -> [Text: StateMatch] {
    Dictionary(
      matches.filter { $0.result != .duplicateInvoice }.flatMap { match in
        match.documents.map { ($0, match) }
      },
      uniquingKeysWith: { first, _ in first })
  }

  private func row(
    _ change: RestatementChange, _ name: Text, _ match: StateMatch, _ old: Amount?, _ new: Amount?
  ) -> RestatementRow {
    let key = RestatementKey(
      billingAccountID: match.billingAccountID, currency: match.currency, invoiceID: name,
      subAccountID: "", serviceName: "", chargeType: "")
    return RestatementRow(
      since: since, change: change, key: key, before: old, after: new, difference: nil)
  }
}

extension RestatementKey {
  fileprivate var isOpen: Bool { invoiceID.isEmpty }

  fileprivate var acrossInvoices: RestatementKey {
    var key = self
    key.invoiceID = ""
    return key
  }
}
