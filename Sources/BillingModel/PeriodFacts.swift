package import ExactNumbers

/// The daily cost of one account and service of a payer.
package struct DailySeries: Hashable, Sendable {
  package struct Key: Hashable, Sendable, Comparable {
    package var billingAccountID: Text
    package var subAccountID: Text
    package var serviceName: Text
    package var currency: CurrencyCode

    package init(
      billingAccountID: Text, subAccountID: Text, serviceName: Text, currency: CurrencyCode
    ) {
      self.billingAccountID = billingAccountID
      self.subAccountID = subAccountID
      self.serviceName = serviceName
      self.currency = currency
    }

    package static func < (a: Key, b: Key) -> Bool {
      [a.billingAccountID, a.subAccountID, a.serviceName, a.currency.text]
        .lexicographicallyPrecedes(
          [b.billingAccountID, b.subAccountID, b.serviceName, b.currency.text])
    }
  }

  package var key: Key
  /// Days with rows. A day that is not there had no rows, which is not the same as zero cost.
  package var days: [Day: Amount]

  package init(key: Key, days: [Day: Amount]) {
    self.key = key
    self.days = days
  }
}

/// All that a rule may look at when it judges one billing period.
package struct PeriodFacts: Sendable {
  package var billingPeriod: BillingPeriod
  package var asOf: RunDay
  /// What is booked: one for each payer.
  package var bookings: [Booking]
  /// Other exports of the same payers and period: summed and compared, never booked.
  package var shadows: [Booking]
  /// The version that each booking replaced, by payer.
  package var replaced: [Text: Booking]
  package var invoices: [Invoice]
  /// Documents of the same sellers with payment accounts that were issued or came before those of this
  /// period.
  package var earlierInvoices: [Invoice] = []
  package var reconciliation: Reconciliation
  /// Daily usage cost up to the end of this period, over all booked periods.
  package var history: [DailySeries]
  /// The same by region and usage type, of the months that anomalies are put down in.
  package var usage: [UsageSeries] = []
  /// Whose each account's service is, where most of its money says one owner.
  package var owners: [DailySeries.Key: Text] = [:]
  /// Days that are not like the others of their weekday.
  package var calendar = EventCalendar()
  /// Payers whose period is still open: some line has no invoice id and the month is not over, or
  /// may still be restated.
  package var openPayers: Set<Text>
  /// False for a period that was older than the newest two when it came, unless the definition asks
  /// for a backfill: its anomalies are candidates only.
  package var reportsAnomalies: Bool
  package var contract: Contract
  package var accounts: AccountDirectory
  /// The newest word that the period is closed, and what moved since.
  package var signOff: SignOff?
  package var movedSinceSignOff: [RestatementRow] = []
  /// What the tags of the month's usage say.
  package var tagUses: [TagUse] = []
  /// What is booked for the month before, one for each payer.
  package var previous: [Booking] = []
  /// What the screens of rules that look back found in earlier months.
  package var earlierSuspects: [SuspectGroup] = []

  package init(
    billingPeriod: BillingPeriod, asOf: RunDay, bookings: [Booking], shadows: [Booking],
    replaced: [Text: Booking], invoices: [Invoice], reconciliation: Reconciliation,
    history: [DailySeries], openPayers: Set<Text>, reportsAnomalies: Bool, contract: Contract,
    accounts: AccountDirectory
  ) {
    self.billingPeriod = billingPeriod
    self.asOf = asOf
    self.bookings = bookings
    self.shadows = shadows
    self.replaced = replaced
    self.invoices = invoices
    self.reconciliation = reconciliation
    self.history = history
    self.openPayers = openPayers
    self.reportsAnomalies = reportsAnomalies
    self.contract = contract
    self.accounts = accounts
  }
}
