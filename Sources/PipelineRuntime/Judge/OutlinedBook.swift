import BillingLedger
import BillingModel
import ExactNumbers

/// The versions of a ``Book`` as far as they are known without their contents.
struct OutlinedBook {
  struct Month {
    var version: BookedVersion
    var outline: BookingOutline
  }

  /// What is booked, in the order in which it is judged.
  let booked: [Month]
  /// All versions that are kept, those beside what is booked included.
  let versions: [BookedVersion]

  init(_ book: Book, _ ledger: Ledger) throws(LedgerFault) {
    versions = book.versions.filter { $0.role != .superseded }.sorted(by: BookedVersion.precedes)
    var booked: [Month] = []
    for version in versions where version.role == .booked {
      booked.append(Month(version: version, outline: try version.outline(in: ledger)))
    }
    self.booked = booked
  }
}

extension OutlinedBook.Month {
  /// A booking in which each invoice of each issuer has one charge of its whole cost: where documents
  /// belong is told from it as from the month itself, and nothing else.
  var booking: Booking {
    var contents = ExportContents()
    contents.charges = outline.groups.map { group in
      let cost = group.billedCost ?? .zero
      return ChargeSummary(
        key: ChargeKey(
          billingAccountID: version.billingAccountID, billingPeriod: version.billingPeriod,
          invoiceID: group.invoiceID, invoiceIssuer: group.invoiceIssuer, billingEntity: "",
          legalEntity: "", billType: "", chargeType: ChargeType("Usage"),
          currency: group.currency, subAccountID: "", subAccountName: "", serviceName: "",
          productCode: "", isDataTransfer: false, day: nil),
        sums: CostSums(unblended: cost, lineItems: 0), billedCost: cost)
    }
    return Booking(
      delivery: version.delivery, exportName: version.exportName, format: version.format,
      billingAccountID: version.billingAccountID, billingPeriod: version.billingPeriod,
      version: version.mark.text, versionDay: version.versionDay, contents: contents)
  }
}

extension BookedVersion {
  static func precedes(_ a: BookedVersion, _ b: BookedVersion) -> Bool {
    (a.billingPeriod, a.billingAccountID, a.exportName, a.delivery)
      < (b.billingPeriod, b.billingAccountID, b.exportName, b.delivery)
  }

  func outline(in ledger: Ledger) throws(LedgerFault) -> BookingOutline {
    switch origin {
    case .ledger(let id): try ledger.outline(id)
    case .tonight(let booking): BookingOutline(booking.contents.charges)
    }
  }

  /// What a version is, for good, and what it counts for.
  var identity: [Text] {
    [
      Text(role.rawValue), Text(String(delivery)), billingAccountID,
      Text(billingPeriod.description),
    ]
  }
}
