import BillingModel
import ExactNumbers
import Tabulating

/// The texts of merged groups as values, each made once.
struct TableTexts {
  private let texts: MergedTexts
  private var known: [Text?]
  private var tagSets: [Int: TagSet] = [:]

  init(_ texts: MergedTexts) {
    self.texts = texts
    known = Array(repeating: nil, count: texts.count)
  }

  subscript(number: Int) -> Text {
    mutating get {
      if let text = known[number] { return text }
      let text = Text(decoding: texts.bytes(number))
      known[number] = text
      return text
    }
  }

  /// The tags that ``ExportQuery/tagReading`` joined.
  mutating func tags(_ number: Int) -> TagSet {
    if let tags = tagSets[number] { return tags }
    let tags = TagSet(joined: texts.bytes(number))
    tagSets[number] = tags
    return tags
  }
}

extension GroupRow {
  /// The billing period of a kept row's key.
  func period(_ part: Int) -> BillingPeriod {
    guard let period = number(part).flatMap(BillingPeriod.init(index:)) else {
      preconditionFailure("a kept row has a period")
    }
    return period
  }

  var costs: CostSums {
    CostSums(
      unblended: sum(0), netUnblended: sum(1), netRows: stated(1), lineItems: rows)
  }
}

extension BillingPeriod {
  /// A billing period as the readings number it.
  init?(index: Int) { self.init(year: index / 12, month: index % 12 + 1) }
}

extension KeyValue {
  var text: Text {
    guard case .text(let bytes) = self else { return .empty }
    return Text(decoding: bytes)
  }
}

extension BillingPeriod {
  /// Of a kept row's key, whose period was readable.
  init(_ value: KeyValue) {
    guard case .number(let index?) = value, let period = BillingPeriod(index: index) else {
      preconditionFailure("a kept row has a period")
    }
    self = period
  }
}

extension ChargeKey {
  /// From a group of ``ExportQuery/chargeKey``.
  init(_ group: GroupRow, _ texts: inout TableTexts) {
    self.init(
      billingAccountID: texts[group.text(0)], billingPeriod: group.period(1),
      invoiceID: texts[group.text(2)], invoiceIssuer: texts[group.text(3)],
      billingEntity: texts[group.text(4)], legalEntity: texts[group.text(5)],
      billType: texts[group.text(6)], chargeType: ChargeType(texts[group.text(7)]),
      currency: CurrencyCode(texts[group.text(8)]), subAccountID: texts[group.text(9)],
      subAccountName: texts[group.text(10)], serviceName: texts[group.text(11)],
      productCode: texts[group.text(12)], isDataTransfer: group.number(13) == 1,
      day: group.number(14).map { Day(number: $0) })
  }
}

extension AllocationSummary {
  /// From a group of ``ExportQuery/allocationKey``, its costs as they stand.
  init(_ group: GroupRow, _ texts: inout TableTexts) {
    self.init(
      billingAccountID: texts[group.text(0)], billingPeriod: group.period(1),
      invoiceID: texts[group.text(2)], currency: CurrencyCode(texts[group.text(3)]),
      chargeType: ChargeType(texts[group.text(4)]), subAccountID: texts[group.text(5)],
      serviceName: texts[group.text(6)], tags: texts.tags(group.text(7)), sums: group.costs,
      billedCost: .zero)
    guard group.marks & TableMarks.isStated != 0 else { return }
    days = DaysOfMonth(bits: group.marks & (1 << UInt32(billingPeriod.dayCount) - 1))
  }
}

extension FileTally {
  init(_ totals: FileTotals, _ read: ReadFile) throws(AmountOverflow) {
    self.init(file: read.file.name, sha256: read.file.sha256, format: read.binding.format)
    self.read.rows = totals.rows
    for (unit, amount) in totals.read.totals { try self.read.cost.add(amount, currency(unit)) }
    kept.rows = totals.keptRows
    for (unit, amount) in totals.kept.totals { try kept.cost.add(amount, currency(unit)) }
    rejected.rows = totals.rejectedRows.count
    for row in totals.rejectedRows {
      if let amount = row.amount, let unit = row.unit {
        try rejected.cost.add(amount, currency(unit))
      } else {
        rejectedWithoutCost += 1
      }
    }
    roundedNumbers = totals.rounded
    latestUsageStart = totals.latest.map { Moment(seconds: $0) }
    notes = read.notes.map { Text($0) }
    if roundedNumbers > 0 {
      notes.append(
        Text("\(roundedNumbers) amounts rounded at the 18th fraction digit, each by at most 5E-19"))
    }
  }

  private func currency(_ unit: [UInt8]) -> CurrencyCode { CurrencyCode(Text(decoding: unit)) }
}

extension SuspectGroup {
  /// - Parameter binding: that of the file with the identity.
  init(
    _ screen: Screen, _ key: SuspectKey, _ suspect: Suspect,
    binding: ([UInt8]) -> ColumnBinding?
  ) {
    let fields = screen.keyedBy + screen.captures
    self.init(
      rule: screen.rule, billingAccountID: key.partition[0].text,
      billingPeriod: BillingPeriod(key.partition[1]),
      currency: CurrencyCode(key.partition[2].text), key: Self.named(screen.keyedBy, key.key),
      rows: suspect.rows, groups: suspect.groups, measures: suspect.measures,
      first: suspect.evidence.map { row in
        EvidenceRow(row, fields, binding(row.place.file))
      })
  }

  fileprivate static func named(_ fields: [Field], _ values: [[UInt8]?]) -> [Field: Text] {
    var result: [Field: Text] = [:]
    for (field, value) in zip(fields, values) {
      if let value { result[field] = Text(decoding: value) }
    }
    return result
  }
}

extension EvidenceRow {
  /// Tags are captured as the record of their columns, which only the file's binding can read.
  fileprivate init(_ row: SuspectRow, _ fields: [Field], _ binding: ColumnBinding?) {
    var values = SuspectGroup.named(fields, row.fields)
    values[.tags] = nil
    var tags: TagSet?
    if let at = fields.firstIndex(of: .tags), let binding {
      tags = row.fields[at].map { TagRecord.tags($0, binding.tagSignature) } ?? .empty
    }
    self.init(
      place: Place(
        file: Text(decoding: row.place.file.prefix { $0 != 0 }), record: row.place.record),
      fields: values, tags: tags)
  }
}
