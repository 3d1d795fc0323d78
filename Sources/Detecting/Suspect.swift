import BillingModel
import ExactNumbers

/// What tripped a rule's screen, under the key of the finding it may become.
struct Suspect {
  let key: FindingKey
  /// What the rows are folded by, field by field.
  let grouped: [Field: Text]
  var rows: Int
  var groups: Int
  /// In the order of ``Screen/measures``.
  var measures: [Amount]
  /// The first rows by file hash and record.
  var first: [EvidenceRow]

  var currency: CurrencyCode { key.currency }

  /// True if ``first`` holds every row.
  var isWhole: Bool { first.count == rows }

  var lines: String { Phrase.count(rows, "line item") }

  /// What the lines are of, as far as they tell: not every seller states a usage type.
  var subject: Words {
    Phrase.name(
      [key.usageType, key.serviceName].first { !$0.isEmpty },
      or: Words("an unnamed service", zh: "未注明的服务"))
  }

  /// `3 line items of BoxUsage`.
  var linesOfSubject: Words {
    Words("\(lines) of \(subject.english)", zh: "\(subject.chinese)的 \(rows) 条明细")
  }

  /// Distinct values of a captured field among the first rows, sorted.
  func values(_ field: Field) -> [Text] { Set(first.compactMap { $0.fields[field] }).sorted() }

  /// The days of a captured field among the first rows.
  func days(_ field: Field) -> [Day] { values(field).compactMap { Moment($0.string)?.day } }

  /// The reservation or savings plan that the rows belong to.
  var commitment: Text {
    [grouped[.reservationARN], grouped[.savingsPlanARN]].compactMap { $0 }.first { !$0.isEmpty }
      ?? "without a name"
  }

  /// The same, in a sentence after the word for it.
  var commitmentName: Words {
    let names = [grouped[.reservationARN], grouped[.savingsPlanARN]].compactMap { $0 }
    return Phrase.name(
      names.first { !$0.isEmpty }, or: Words("without a name", zh: "（未注明名称）"))
  }

  /// Distinct sets of tags among the first rows, sorted; none where those of one row are not known.
  var tagSets: [TagSet] {
    let known = first.compactMap(\.tags)
    return known.count == first.count ? Set(known).sorted() : []
  }

  /// The suspects of a rule over all bookings, sorted by key. Those that were kept with another
  /// number of measures come from an older form of the rule and cannot be read.
  static func all(
    of rule: RuleID, measures: Int, in facts: PeriodFacts
  ) throws(AmountOverflow) -> [Suspect] {
    try all(of: rule, measures: measures, in: facts.bookings.flatMap(\.contents.suspects))
  }

  /// Those of the rule among groups of several months, each by itself.
  static func each(of rule: RuleID, measures: Int, in groups: [SuspectGroup]) -> [Suspect] {
    groups.filter { $0.rule == rule && $0.measures.count == measures }.map(Suspect.init)
  }

  /// Those of the rule among some groups, likewise.
  static func all(
    of rule: RuleID, measures: Int, in groups: [SuspectGroup]
  ) throws(AmountOverflow) -> [Suspect] {
    var found: [FindingKey: Suspect] = [:]
    for group in groups where group.rule == rule && group.measures.count == measures {
      let suspect = Suspect(group)
      if let known = found[suspect.key] {
        found[suspect.key] = try known.merged(with: suspect)
      } else {
        found[suspect.key] = suspect
      }
    }
    return found.values.sorted { $0.key < $1.key }
  }

  private init(_ group: SuspectGroup) {
    key = FindingKey(group)
    grouped = group.key
    rows = group.rows
    groups = group.groups
    measures = group.measures
    first = group.first
  }

  private func merged(with other: Suspect) throws(AmountOverflow) -> Suspect {
    var result = self
    result.rows += other.rows
    result.groups += other.groups
    for index in measures.indices { try result.measures[index] += other.measures[index] }
    let rows = (first + other.first).sorted { $0.place < $1.place }
    result.first = Array(rows.prefix(SuspectGroup.evidenceLimit))
    return result
  }
}

extension FindingKey {
  /// Grouped fields that a finding has a column for go there, others into ``FindingKey/detail`` as
  /// `Name=value`.
  fileprivate init(_ group: SuspectGroup) {
    self.init(
      rule: group.rule, billingAccountID: group.billingAccountID,
      billingPeriod: group.billingPeriod, currency: group.currency)
    var details: [Text] = []
    for (field, value) in group.key {
      switch field {
      case .subAccountID: subAccountID = value
      case .serviceName: serviceName = value
      case .usageType: usageType = value
      case .operation: operation = value
      case .resourceID: resourceID = value
      default: details.append(Text("\(field.rawValue)=\(value)"))
      }
    }
    detail = Text(details.sorted().map(\.string).joined(separator: " "))
  }
}

extension Detector {
  /// Judges each suspect of the rule's screen; where the screen could not run, the rule is unchecked.
  ///
  /// - Parameter type: the line item type that the rule is about, if FOCUS has no such type. A format
  ///   without it is one reason; which of its columns the screen misses besides tells nothing more.
  func judgeSuspects(
    in facts: PeriodFacts, needing type: ChargeType? = nil,
    _ judge: (Suspect) throws(AmountOverflow) -> Claim?
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    let measures = screens.first?.measures.count ?? 0
    for suspect in try Suspect.all(of: Self.id, measures: measures, in: facts) {
      if let claim = try judge(suspect) { judgement.findings.append(claim.finding(suspect)) }
    }
    judgement.unchecked = uncheckedScreens(in: facts, needing: type)
    return judgement
  }

  /// Where the rule's screen could not run.
  func uncheckedScreens(in facts: PeriodFacts, needing type: ChargeType? = nil) -> [UncheckedRule] {
    var unchecked: [UncheckedRule] = []
    let measures = screens.first?.measures.count ?? 0
    for booking in facts.bookings {
      if let type, booking.format == .focus10 || booking.format == .focus12 {
        let reason = "\(booking.format.rawValue) has no line item type \(type)"
        unchecked.append(Self.unchecked(booking, reason))
      } else {
        unchecked += uncheckedScreen(booking, measures: measures)
      }
    }
    return unchecked
  }

  private func uncheckedScreen(_ booking: Booking, measures: Int) -> [UncheckedRule] {
    var reasons = booking.contents.unchecked.filter { $0.rule == Self.id }.map(\.reason.string)
    if booking.contents.suspects.contains(where: {
      $0.rule == Self.id && $0.measures.count != measures
    }) {
      reasons.append("the export was read under an older form of the rule; read it again")
    }
    return reasons.map { Self.unchecked(booking, $0) }
  }

  static func unchecked(_ booking: Booking, _ reason: String) -> UncheckedRule {
    UncheckedRule(rule: id, reason: Text("payer \(booking.billingAccountID): \(reason)"))
  }

  static func unchecked(_ reason: String) -> UncheckedRule {
    UncheckedRule(rule: id, reason: Text(reason))
  }

  static func key(
    _ payer: Text, _ period: BillingPeriod, _ currency: CurrencyCode
  ) -> FindingKey {
    FindingKey(rule: id, billingAccountID: payer, billingPeriod: period, currency: currency)
  }
}
