import BillingModel
import ExactNumbers
import Tabulating

extension KeyValue {
  var text: Text {
    guard case .text(let bytes) = self else { return .empty }
    return Text(decoding: bytes)
  }

  var number: Int? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  /// A billing period as the readings number it.
  var period: BillingPeriod? {
    number.flatMap { BillingPeriod(year: $0 / 12, month: $0 % 12 + 1) }
  }

  var tags: TagSet {
    guard case .raw(let signature, let record) = self else { return .empty }
    return TagRecord.tags(record, signature)
  }
}

extension BillingPeriod {
  /// Of a kept row's key, whose period was readable.
  init(_ value: KeyValue) {
    guard let period = value.period else { preconditionFailure("a kept row has a period") }
    self = period
  }
}

extension CostSums {
  init(_ sums: GroupSums) {
    self.init(
      unblended: sums.sums[0], netUnblended: sums.sums[1], netRows: sums.stated[1],
      lineItems: sums.rows)
  }
}

extension ChargeKey {
  /// From the values of ``ExportQuery/chargeKey``.
  init(_ values: [KeyValue]) {
    self.init(
      billingAccountID: values[0].text, billingPeriod: BillingPeriod(values[1]),
      invoiceID: values[2].text, invoiceIssuer: values[3].text, billingEntity: values[4].text,
      legalEntity: values[5].text, billType: values[6].text,
      chargeType: ChargeType(values[7].text), currency: CurrencyCode(values[8].text),
      subAccountID: values[9].text, subAccountName: values[10].text,
      serviceName: values[11].text, productCode: values[12].text,
      isDataTransfer: values[13].number == 1, day: values[14].number.map { Day(number: $0) })
  }
}

extension AllocationSummary {
  /// From the values of ``ExportQuery/allocationKey``, without sums.
  init(_ values: [KeyValue], _ tags: TagSet) {
    self.init(
      billingAccountID: values[0].text, billingPeriod: BillingPeriod(values[1]),
      invoiceID: values[2].text, currency: CurrencyCode(values[3].text),
      chargeType: ChargeType(values[4].text), subAccountID: values[5].text,
      serviceName: values[6].text, tags: tags,
      sums: CostSums(unblended: .zero, lineItems: 0), billedCost: .zero)
  }

  var sortKey: [Text] {
    [
      billingAccountID, Text(billingPeriod.description), invoiceID, currency.text,
      chargeType.text, subAccountID, serviceName,
    ] + tags.tags.flatMap { [$0.key, $0.value] }
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
