import BillingLedger
import BillingModel

/// The versions of a ``Book`` with their contents.
struct LoadedBook {
  private(set) var booked: [Booking] = []
  private(set) var shadows: [Booking] = []
  private(set) var replaced: [Booking] = []
  private var files: [BillingPeriod: Set<Text>] = [:]

  init(_ book: Book, _ ledger: Ledger) throws(LedgerFault) {
    for version in book.versions where version.role != .superseded {
      let booking = try version.booking(in: ledger)
      switch version.role {
      case .booked: booked.append(booking)
      case .shadow: shadows.append(booking)
      case .replaced: replaced.append(booking)
      case .superseded: break
      }
      if version.isCurrent { files[version.billingPeriod, default: []].formUnion(version.files) }
    }
    booked.sort(by: Self.precedes)
    shadows.sort(by: Self.precedes)
    replaced.sort(by: Self.precedes)
  }

  private static func precedes(_ a: Booking, _ b: Booking) -> Bool {
    (a.billingPeriod, a.billingAccountID, a.exportName)
      < (b.billingPeriod, b.billingAccountID, b.exportName)
  }

  /// The hashes of the files that a period's current versions were read from.
  func files(of period: BillingPeriod) -> Set<Text> { files[period] ?? [] }
}

extension BookedVersion {
  func booking(in ledger: Ledger) throws(LedgerFault) -> Booking {
    switch origin {
    case .ledger(let id): try ledger.booking(id)
    case .tonight(let new): new
    }
  }

  func contents(in ledger: Ledger) throws(LedgerFault) -> ExportContents {
    try booking(in: ledger).contents
  }
}
