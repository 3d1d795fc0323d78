package import ExactNumbers

/// The shapes of cost export that are told apart by their header.
package enum ExportFormat: String, Sendable, Hashable, CaseIterable, Codable {
  case cur2 = "CUR 2.0"
  case legacy = "CUR legacy"
  case focus12 = "FOCUS 1.2"
  case focus10 = "FOCUS 1.0"
}

/// A record that could not be kept, and why.
package struct Reject: Hashable, Sendable, Codable {
  /// The file as it was delivered, relative to the inbox.
  package var file: Text
  /// 0 where the fault is not in one record.
  package var record: Int
  /// The column by its own name; empty where the fault is not in one column.
  package var column: Text
  /// A stable word for the fault, such as `UnreadableCost`.
  package var code: Text
  /// What is wrong and what to do.
  package var message: Text
  /// The text that was read, cut to 200 bytes.
  package var raw: Text
  /// The cost and currency of the record where they could be read.
  package var cost: Amount?
  package var currency: CurrencyCode?

  package init(
    file: Text, record: Int, column: Text, code: Text, message: Text, raw: Text, cost: Amount?,
    currency: CurrencyCode?
  ) {
    self.file = file
    self.record = record
    self.column = column
    self.code = code
    self.message = message
    self.raw = raw
    self.cost = cost
    self.currency = currency
  }
}

/// Rows and money, counted where they are read and again where they are kept.
package struct ControlTotals: Hashable, Sendable, Codable {
  package var rows = 0
  package var cost = CurrencyTotals()

  package init() {}

  package mutating func add(_ other: ControlTotals) throws(AmountOverflow) {
    rows += other.rows
    try cost.add(other.cost)
  }
}

/// What the pass counted in one file: read = kept + rejected, in rows and in readable cost.
package struct FileTally: Hashable, Sendable, Codable {
  package var file: Text
  package var sha256: Text
  package var format: ExportFormat
  package var read = ControlTotals()
  package var kept = ControlTotals()
  package var rejected = ControlTotals()
  /// Rejected rows whose cost could not be read either: their period cannot be proved.
  package var rejectedWithoutCost = 0
  /// Numbers rounded at the 18th fraction digit; each by at most 5·10⁻¹⁹.
  package var roundedNumbers = 0
  /// The latest `UsageStartDate`: the last resort for ordering versions.
  package var latestUsageStart: Moment?
  /// Remarks such as "zero padding after the last gzip member".
  package var notes: [Text] = []

  package init(file: Text, sha256: Text, format: ExportFormat) {
    self.file = file
    self.sha256 = sha256
    self.format = format
  }

  package var balances: Bool {
    var sum = kept
    guard (try? sum.add(rejected)) != nil else { return false }
    return sum.rows == read.rows
      && Set(sum.cost.amounts.keys).union(read.cost.amounts.keys)
        .allSatisfy { sum.cost[$0] == read.cost[$0] }
  }
}

/// A screen that could not run, and why.
package struct UncheckedScreen: Hashable, Sendable, Codable {
  package var rule: RuleID
  package var reason: Text

  package init(rule: RuleID, reason: Text) {
    self.rule = rule
    self.reason = reason
  }
}

/// All that one pass over a set of export files hands up.
package struct ExportContents: Hashable, Sendable, Codable {
  package var files: [FileTally] = []
  package var charges: [ChargeSummary] = []
  package var allocations: [AllocationSummary] = []
  package var prices: [PriceSummary] = []
  /// Usage by region and usage type, day by day.
  package var usage: [UsageSummary] = []
  package var suspects: [SuspectGroup] = []
  package var rejects: [Reject] = []
  package var unchecked: [UncheckedScreen] = []
  /// The screens that the pass carried, by rule.
  package var screens: [CarriedScreen] = []

  package init() {}
}

/// One version of one export's billing period for one payer, as it is booked in the ledger.
package struct Booking: Hashable, Sendable, Codable {
  /// The ledger's number of the delivery.
  package var delivery: Int
  /// The export's name, from the manifest or the folder.
  package var exportName: Text
  package var format: ExportFormat
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  /// What the version is ordered by, such as a timestamp in the path or an assembly id.
  package var version: Text
  /// The day of the version: for FirstSeen and LastSeen.
  package var versionDay: Day
  package var contents: ExportContents

  package init(
    delivery: Int, exportName: Text, format: ExportFormat, billingAccountID: Text,
    billingPeriod: BillingPeriod, version: Text, versionDay: Day, contents: ExportContents
  ) {
    self.delivery = delivery
    self.exportName = exportName
    self.format = format
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.version = version
    self.versionDay = versionDay
    self.contents = contents
  }
}
