import BillingModel
import ExactNumbers

/// Cuts what one delivery holds into one part for each payer and billing period: what is booked.
struct BookingSplit {
  struct Part: Hashable, Comparable {
    var billingAccountID: Text
    var billingPeriod: BillingPeriod

    static func < (a: Part, b: Part) -> Bool {
      (a.billingAccountID, a.billingPeriod) < (b.billingAccountID, b.billingPeriod)
    }
  }

  /// In the order of payer and period.
  let parts: [(part: Part, contents: ExportContents)]

  /// - Parameter stated: The period that a manifest states. Rows of another one are not booked: they
  ///   stand among the rejects of the stated month, with their money.
  init(
    _ contents: ExportContents, stated: BillingPeriod? = nil
  ) throws(AmountOverflow) {
    var pieces: [Part: ExportContents] = [:]
    for charge in contents.charges {
      let part = Part(
        billingAccountID: charge.key.billingAccountID, billingPeriod: charge.key.billingPeriod)
      pieces[part, default: ExportContents()].charges.append(charge)
    }
    for allocation in contents.allocations {
      let part = Part(
        billingAccountID: allocation.billingAccountID, billingPeriod: allocation.billingPeriod)
      pieces[part, default: ExportContents()].allocations.append(allocation)
    }
    for price in contents.prices {
      let part = Part(
        billingAccountID: price.billingAccountID, billingPeriod: price.billingPeriod)
      pieces[part, default: ExportContents()].prices.append(price)
    }
    for usage in contents.usage {
      let part = Part(
        billingAccountID: usage.series.key.billingAccountID, billingPeriod: usage.billingPeriod)
      pieces[part, default: ExportContents()].usage.append(usage)
    }
    for suspect in contents.suspects {
      let part = Part(
        billingAccountID: suspect.billingAccountID, billingPeriod: suspect.billingPeriod)
      pieces[part, default: ExportContents()].suspects.append(suspect)
    }
    let foreign = Self.takeForeign(&pieces, stated: stated)
    let isWhole = pieces.count == 1 && foreign.isEmpty
    let main = Self.fullest(of: pieces)
    var parts: [(part: Part, contents: ExportContents)] = []
    for (part, var piece) in pieces.sorted(by: { $0.key < $1.key }) {
      piece.unchecked = contents.unchecked
      piece.screens = contents.screens
      if part == main { piece.rejects = contents.rejects }
      piece.files = contents.files
      if !isWhole {
        piece.files = [try Self.tally(of: piece, whole: contents, withRejects: part == main)]
        for (other, rows) in foreign where other.billingAccountID == part.billingAccountID {
          try Self.reject(rows, of: other, from: &piece)
        }
      }
      parts.append((part, piece))
    }
    self.parts = parts
  }

  /// The parts outside the stated month, unless nothing else is there.
  private static func takeForeign(
    _ pieces: inout [Part: ExportContents], stated: BillingPeriod?
  ) -> [(Part, ExportContents)] {
    guard let stated, pieces.keys.contains(where: { $0.billingPeriod == stated }) else { return [] }
    let foreign = pieces.filter { $0.key.billingPeriod != stated }.sorted { $0.key < $1.key }
    for (part, _) in foreign { pieces[part] = nil }
    return foreign.map { ($0.key, $0.value) }
  }

  /// The part with the most line items, the first of several.
  private static func fullest(of pieces: [Part: ExportContents]) -> Part? {
    pieces.mapValues { $0.charges.map(\.sums.lineItems).reduce(0, +) }
      .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// What one part kept, counted from its charges. Rejected rows tell no period that could be trusted:
  /// they are listed once, with the fullest part, but while their cost cannot be read no part of the
  /// delivery is proved.
  private static func tally(
    of piece: ExportContents, whole: ExportContents, withRejects: Bool
  ) throws(AmountOverflow) -> FileTally {
    let first = whole.files[0]
    var tally = FileTally(
      file: whole.files.count == 1
        ? first.file : Text("\(first.file) and \(whole.files.count - 1) more"),
      sha256: first.sha256, format: first.format)
    for charge in piece.charges {
      tally.kept.rows += charge.sums.lineItems
      try tally.kept.cost.add(charge.sums.unblended, charge.key.currency)
    }
    for file in whole.files {
      if withRejects { try tally.rejected.add(file.rejected) }
      tally.rejectedWithoutCost += file.rejectedWithoutCost
      tally.roundedNumbers += file.roundedNumbers
      tally.latestUsageStart = max(tally.latestUsageStart, file.latestUsageStart)
      tally.notes += file.notes.map { Text("\(file.file): \($0)") }
    }
    try tally.read.add(tally.kept)
    try tally.read.add(tally.rejected)
    return tally
  }

  private static func reject(
    _ foreign: ExportContents, of part: Part, from piece: inout ExportContents
  ) throws(AmountOverflow) {
    var cost = CurrencyTotals()
    var rows = 0
    for charge in foreign.charges {
      rows += charge.sums.lineItems
      try cost.add(charge.sums.unblended, charge.key.currency)
    }
    var rejected = ControlTotals()
    rejected.rows = rows
    rejected.cost = cost
    try piece.files[0].rejected.add(rejected)
    try piece.files[0].read.add(rejected)
    for money in cost.sorted {
      piece.rejects.append(
        Reject(
          file: piece.files[0].file, record: 0, column: "", code: "ForeignPeriod",
          message: Text(
            "\(rows) rows belong to \(part.billingPeriod), which the manifest does not state: they are "
              + "not booked; deliver that month by itself"),
          raw: "", cost: money.amount, currency: money.currency))
    }
  }
}

/// The later of two moments, either of which may be absent.
private func max(_ a: Moment?, _ b: Moment?) -> Moment? {
  guard let a, let b else { return a ?? b }
  return Swift.max(a, b)
}
