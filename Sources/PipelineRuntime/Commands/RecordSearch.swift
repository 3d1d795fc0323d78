import BillingLedger
import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Tabulating

/// Finds the line items that a finding is about by its key, for rules that judge sums and keep no rows.
struct RecordSearch {
  private let key: FindingKey
  private let days: [Text]

  init(_ finding: Finding) {
    key = finding.key
    days = Self.days(from: finding.chargePeriodStart, to: finding.chargePeriodEnd)
  }

  /// At most a month of days: a longer span says nothing more.
  private static func days(from first: Day?, to last: Day?) -> [Text] {
    guard let first, let last, first <= last, first.distance(to: last) <= 31 else { return [] }
    return (0...first.distance(to: last)).map { Text(first.advanced(by: $0).description) }
  }

  /// The first places in these files, by file and record; empty where nothing fits.
  func places(in files: [(path: Path, file: ExportFile)]) throws(Stop) -> [Place] {
    for conditions in [conditions + detail, conditions] {
      let found = try places(in: files, conditions)
      if !found.isEmpty { return found }
      if detail.isEmpty { break }
    }
    return []
  }

  private func places(
    in files: [(path: Path, file: ExportFile)], _ conditions: [Condition]
  ) throws(Stop) -> [Place] {
    let screen = Screen(
      rule: key.rule, rows: conditions, keyedBy: [], measures: [], captures: [])
    let pass = ExportPass(screens: [screen])
    var worker = pass.makeWorker()
    do throws(ExportFault) {
      for (path, file) in files {
        var source = try ByteSource(export: path, name: file.name)
        try worker.read(&source, file)
      }
    } catch {
      throw .inputOutput(error.message.string)
    }
    let found = try Stop.catching(key.rule.description) { () throws(MergeFault) in
      try pass.merge([worker]).contents.suspects
    }
    let mine = found.filter {
      $0.billingAccountID == key.billingAccountID && $0.billingPeriod == key.billingPeriod
        && $0.currency == key.currency
    }
    return Array(
      mine.flatMap { $0.first.map(\.place) }.sorted().prefix(SuspectGroup.evidenceLimit))
  }

  /// What holds of every line item that the finding can be about.
  var conditions: [Condition] {
    let parts: [(Field, Text)] = [
      (.subAccountID, key.subAccountID), (.serviceName, key.serviceName),
      (.usageType, key.usageType), (.operation, key.operation), (.resourceID, key.resourceID),
    ]
    var conditions = parts.filter { !$0.1.isEmpty }.map { Condition.isOneOf($0.0, [$0.1]) }
    if !key.invoiceID.isEmpty {
      let ids = key.invoiceID.string.split(separator: ";").map { Text($0) }
      conditions.append(.isOneOf(.invoiceID, ids))
    }
    if !days.isEmpty { conditions.append(.containsOneOf(.chargePeriodStart, days)) }
    return conditions
  }

  /// What a rule names beside the columns of its key: `BillingEntity=…`, or a type or a seller.
  var detail: [Condition] {
    let parts = key.detail.string.split(separator: "=", maxSplits: 1)
    if parts.count == 2, let field = Self.field(named: String(parts[0])) {
      return [.isOneOf(field, [Text(parts[1])])]
    }
    guard !key.detail.isEmpty, days.isEmpty else { return [] }
    return [
      .anyOf([Field.lineItemType, .legalEntity, .invoiceIssuer].map { .isOneOf($0, [key.detail]) })
    ]
  }

  private static func field(named name: String) -> Field? {
    name == "InvoicingEntity" ? .invoiceIssuer : Field(rawValue: name)
  }
}
