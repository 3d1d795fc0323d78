import BillingLedger
import BillingModel
import ExactNumbers
import Reconciling

/// Money that came back in any period: credit documents, and credit and refund rows.
struct LaterCredits {
  /// The rows of one version of a month.
  private struct Version {
    var day: Day
    var isBooked: Bool
    var charges: [ChargeSummary]
    /// Those of the rows that name findings.
    var named: [SuspectGroup]
  }

  private var versions: [Version] = []

  init(_ book: OutlinedBook, _ ledger: Ledger) throws(LedgerFault) {
    for version in book.versions where version.role == .booked || version.role == .replaced {
      let (charges, named): ([ChargeSummary], [SuspectGroup]) =
        switch version.origin {
        case .ledger(let id):
          (try ledger.creditCharges(id), try ledger.suspects(of: id, rules: [NamedCredits.id]))
        case .tonight(let booking):
          (
            booking.contents.charges,
            booking.contents.suspects.filter { $0.rule == NamedCredits.id }
          )
        }
      versions.append(
        Version(
          day: version.versionDay, isBooked: version.role == .booked,
          charges: charges.filter { Self.isCredit($0.key.chargeType) }, named: named))
    }
  }

  private static func isCredit(_ type: ChargeType) -> Bool {
    switch type.chargeClass {
    case .credit, .refund, .adjustment: true
    case .usage, .purchase, .tax, .discount, .other: false
    }
  }

  /// Sorted by name. Rows that bear a document's id are that document's; all others stand alone, also
  /// where they stand on one invoice.
  func credits(with documents: [Invoice]) throws(AmountOverflow) -> [LaterCredit] {
    var credits = documentCredits(documents)
    var rows: [Int: [LaterCredit]] = [:]
    var alone: [LaterCredit] = []
    for credit in try rowCredits() {
      let own = credits.firstIndex {
        !credit.invoiceID.isEmpty && $0.invoiceID == credit.invoiceID
          && $0.currency == credit.currency
          && [credit.billingAccountID, ""].contains($0.billingAccountID)
      }
      if let own { rows[own, default: []].append(credit) } else { alone.append(credit) }
    }
    for (own, rows) in rows { try credits[own].take(rows) }
    return (credits + alone).sorted { $0.name < $1.name }
  }

  // MARK: Documents

  /// One for each id: the same credit note may come in several formats.
  private func documentCredits(_ documents: [Invoice]) -> [LaterCredit] {
    let takenBack = Set(
      documents.filter { $0.kind == .cancellation }.flatMap {
        [$0.invoiceID, $0.precedingInvoice] + $0.references
      })
    var credits: [[Text]: LaterCredit] = [:]
    for document in documents.sorted(by: { $0.documentName < $1.documentName })
    where document.kind == .credit && document.refusal.isEmpty
      && !takenBack.contains(document.invoiceID)
    {
      let key = [document.invoiceID, document.currency.text]
      var credit = Self.credit(document)
      if let known = credits[key] {
        credit.name = known.name
        credit.seen = min(known.seen, credit.seen)
        credit.net = known.net ?? credit.net
        credit.gross = known.gross ?? credit.gross
        credit.invoiceIDs.formUnion(known.invoiceIDs)
        credit.words += known.words
      }
      credits[key] = credit
    }
    return credits.values.sorted { $0.name < $1.name }
  }

  private static func credit(_ document: Invoice) -> LaterCredit {
    var credit = LaterCredit(
      name: document.documentName, billingAccountID: document.billingAccountID,
      currency: document.currency,
      seen: document.received ?? document.issueDate ?? Day(number: 0))
    credit.invoiceID = document.invoiceID
    credit.net = document.net?.magnitude
    credit.gross = document.gross?.magnitude
    credit.invoiceIDs = Set(
      ([document.precedingInvoice] + document.references).filter { !$0.isEmpty })
    credit.words = [document.remark] + document.references
    return credit
  }

  // MARK: Rows

  /// Each with the day of the first version that held the same rows.
  private func rowCredits() throws(AmountOverflow) -> [LaterCredit] {
    var booked: [CreditRows: Amount] = [:]
    var firstSeen: [CreditRows: [Amount: Day]] = [:]
    for version in versions {
      for (key, sum) in try Self.sums(version) {
        if version.isBooked { try booked[key, default: .zero] += sum }
        let known = firstSeen[key]?[sum] ?? version.day
        firstSeen[key, default: [:]][sum] = min(known, version.day)
      }
    }
    let credits: [LaterCredit] = booked.compactMap { key, sum in
      guard sum < .zero, let day = firstSeen[key]?[sum] else { return nil }
      return Self.credit(key, sum.magnitude, seen: day)
    }
    return credits.sorted {
      ($0.name, $0.billingAccountID, $0.currency) < ($1.name, $1.billingAccountID, $1.currency)
    }
  }

  /// The sums of rows that name a finding stand apart from those that are alike but for that.
  private static func sums(_ version: Version) throws(AmountOverflow) -> [CreditRows: Amount] {
    var sums: [CreditRows: Amount] = [:]
    for charge in version.charges {
      let key = CreditRows(
        billingAccountID: charge.key.billingAccountID, currency: charge.key.currency,
        billingPeriod: charge.key.billingPeriod, invoiceID: charge.key.invoiceID,
        subAccountID: charge.key.subAccountID, serviceName: charge.key.serviceName,
        type: charge.key.chargeType)
      try sums[key, default: .zero] += charge.billedCost
    }
    for group in version.named {
      var key = CreditRows(
        billingAccountID: group.billingAccountID, currency: group.currency,
        billingPeriod: group.billingPeriod, invoiceID: group.key[.invoiceID] ?? "",
        subAccountID: group.key[.subAccountID] ?? "",
        serviceName: group.key[.serviceName] ?? "",
        type: ChargeType(group.key[.lineItemType] ?? ""))
      let findingID = NamedCredits.findingID(in: group.key[.chargeDescription] ?? "")
      guard !findingID.isEmpty, let whole = sums[key], let amount = group.measures.first else {
        continue
      }
      sums[key] = try whole - amount
      key.findingID = findingID
      try sums[key, default: .zero] += amount
    }
    return sums
  }

  private static func credit(_ rows: CreditRows, _ amount: Amount, seen: Day) -> LaterCredit {
    var credit = LaterCredit(
      name: rows.name, billingAccountID: rows.billingAccountID, currency: rows.currency, seen: seen)
    credit.earlierName = rows.earlierName
    credit.net = amount
    credit.rowType = rows.type
    credit.invoiceID = rows.invoiceID
    credit.subAccountID = rows.subAccountID
    credit.serviceName = rows.serviceName
    credit.billingPeriod = rows.billingPeriod
    if !rows.findingID.isEmpty { credit.words = [rows.findingID] }
    return credit
  }
}

extension LaterCredit {
  /// The rows that bear a document's id are the same money, and tell whose it is. Rows of several accounts,
  /// services or months tell none.
  fileprivate mutating func take(_ rows: [LaterCredit]) throws(AmountOverflow) {
    if net == nil { net = try Amount.sum(rows.compactMap(\.net)) }
    words += rows.flatMap(\.words)
    subAccountID = Self.only(rows.map(\.subAccountID)) ?? ""
    serviceName = Self.only(rows.map(\.serviceName)) ?? ""
    billingPeriod = rows.compactMap(\.billingPeriod).max()
    seen = rows.map(\.seen).reduce(seen, min)
  }

  private static func only(_ texts: [Text]) -> Text? {
    Set(texts).count == 1 ? texts.first : nil
  }
}
