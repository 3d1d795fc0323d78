package import ExactNumbers

/// A test on the fields of one line item. A field that is absent or unreadable fails every test
/// except ``isAbsent``.
package enum Condition: Hashable, Sendable {
  case isOneOf(Field, [Text])
  case isNoneOf(Field, [Text])
  case isPresent(Field)
  case isAbsent(Field)
  /// The text holds one of the parts.
  case containsOneOf(Field, [Text])
  /// The text holds none of the parts.
  case containsNoneOf(Field, [Text])
  /// The text holds none of these lower-case phrases as whole words, in whatever case.
  case containsNoWordsOf(Field, [Text])
  case isNegative(Field)
  case isPositive(Field)
  case isNonZero(Field)
  case isZero(Field)
  /// a > b + margin
  case exceeds(Field, Field, by: Amount)
  /// |cost − rate·quantity| > max(absolute, relative·|cost|)
  case differsFromProduct(
    cost: Field, rate: Field, quantity: Field, absolute: Amount, relative: Amount)
  /// Both present, other bytes.
  case differs(Field, Field)
  /// Both are timestamps, and the first is earlier.
  case isBefore(Field, Field)
  /// Both are timestamps, and the first is the second or later.
  case isNotBefore(Field, Field)
  /// The text is a time interval, but no whole hour, day or month of UTC.
  case isOddInterval(Field)
  /// The text is a time interval of an hour or less, but of some time.
  case isHour(Field)
  /// The text is a time interval of a day or less.
  case isNotLong(Field)
  /// The time from the first to the second is another than the interval that the third states.
  case isOtherTime(from: Field, to: Field, than: Field)
  /// The first is a timestamp of the calendar month in which the second lies.
  case isInMonth(Field, of: Field)
  /// Some of the time from the first to the second lies outside the interval that the third states.
  case leavesInterval(from: Field, to: Field, of: Field)
  /// | |a − b| − |c| | > margin: the step from one to the other is not what a third says, whichever its sign.
  case isOtherStep(Field, Field, than: Field, by: Amount)
  /// At least one of them holds.
  case anyOf([Condition])
}

/// An exact figure that is added up over the rows of a tripped screen.
package enum Measure: Hashable, Sendable {
  case sum(Field)
  /// Σ (cost − rate·quantity), each product rounded half away from zero at the 18th digit.
  case residual(cost: Field, rate: Field, quantity: Field)
  /// Σ (rate − limit)·quantity.
  case excess(rate: Field, limit: Field, quantity: Field)
  /// Σ of what ``Screen/Trip/isUnbalanced(_:perRow:)`` adds up, parts − wholes, over the tripped groups of which it
  /// is above zero.
  case surplus
  /// The same over the groups of which it is below zero; never positive.
  case shortfall
  /// Σ over all rows of a tripped group but the first of each group, in the order of files and
  /// records.
  case sumOfRepeats(Field)
}

/// A comparison that the pass over the rows makes for a rule, without judging what it means.
///
/// Rows that trip a screen are folded by payer, billing period, currency and ``keyedBy`` into a
/// ``SuspectGroup``.
package struct Screen: Hashable, Sendable {
  package enum Trip: Hashable, Sendable {
    /// A row trips by its own fields.
    case row
    /// More than one row has the same group fields.
    case repeats
    /// The rows of a group hold more than one value of the field.
    case varies(Field)
    /// More than one row, and more than one value of the field.
    case repeatsWithOther(Field)
    /// |Σ field| > limit · rows
    case sumIsNotZero(Field, perRow: Amount)
    /// Σ field > hours of the billing period
    case sumExceedsHours(Field)
    /// Σ parts − Σ wholes > limit · rows, or, where the balance is closed, its magnitude; of groups that have
    /// rows of both sides, and no figure that is unknown.
    case isUnbalanced(Balance, perRow: Amount)
  }

  /// The rule that declares it.
  package var rule: RuleID
  /// All must hold for a row to be looked at.
  package var rows: [Condition]
  /// What rows are grouped by before ``trip`` is tested; empty for ``Trip/row``.
  package var groupedBy: [Field]
  package var trip: Trip
  /// The columns of the finding's key, beside payer, period and currency.
  package var keyedBy: [Field]
  package var measures: [Measure]
  /// Fields that evidence rows carry beside the keys.
  package var captures: [Field]
  /// How many rows of each key are kept as evidence.
  package var evidenceLimit = SuspectGroup.evidenceLimit

  package init(
    rule: RuleID, rows: [Condition], groupedBy: [Field] = [], trip: Trip = .row, keyedBy: [Field],
    measures: [Measure], captures: [Field]
  ) {
    self.rule = rule
    self.rows = rows
    self.groupedBy = groupedBy
    self.trip = trip
    self.keyedBy = keyedBy
    self.measures = measures
    self.captures = captures
  }
}

/// Where a record lies: the SHA-256 of the delivered file and the CSV record (1 is the first after
/// the header).
package struct Place: Hashable, Comparable, Sendable, Codable {
  package var file: Text
  package var record: Int

  package init(file: Text, record: Int) {
    self.file = file
    self.record = record
  }

  package static func < (a: Place, b: Place) -> Bool {
    a.file != b.file ? a.file < b.file : a.record < b.record
  }
}

/// A row that tripped a screen.
package struct EvidenceRow: Hashable, Sendable, Codable {
  package var place: Place
  package var fields: [Field: Text]
  /// All tags of the row; nil where they were not captured.
  package var tags: TagSet?

  package init(place: Place, fields: [Field: Text], tags: TagSet? = nil) {
    self.place = place
    self.fields = fields
    self.tags = tags
  }
}

/// The rows that tripped one screen and share its key.
package struct SuspectGroup: Hashable, Sendable, Codable {
  package var rule: RuleID
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var currency: CurrencyCode
  /// The values of ``Screen/keyedBy``; an absent field is left out.
  package var key: [Field: Text]
  package var rows: Int
  /// Groups that tripped (rows, for a row screen).
  package var groups: Int
  /// In the order of ``Screen/measures``. A row whose field is unreadable adds nothing.
  package var measures: [Amount]
  /// The first 20 rows by file hash and record.
  package var first: [EvidenceRow]

  package init(
    rule: RuleID, billingAccountID: Text, billingPeriod: BillingPeriod, currency: CurrencyCode,
    key: [Field: Text], rows: Int, groups: Int, measures: [Amount], first: [EvidenceRow]
  ) {
    self.rule = rule
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.currency = currency
    self.key = key
    self.rows = rows
    self.groups = groups
    self.measures = measures
    self.first = first
  }

  package static let evidenceLimit = 20
}
