import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Testing

/// Small exports that tests write by hand.
enum ExportSample {
  static let legacyHeader = [
    "identity/LineItemId", "identity/TimeInterval", "bill/InvoiceId", "bill/InvoicingEntity",
    "bill/PayerAccountId", "bill/BillingPeriodStartDate", "lineItem/UsageAccountId",
    "lineItem/LineItemType", "lineItem/UsageStartDate", "lineItem/UsageEndDate",
    "lineItem/ProductCode", "lineItem/UsageType", "lineItem/Operation", "lineItem/ResourceId",
    "lineItem/UsageAmount", "lineItem/CurrencyCode", "lineItem/UnblendedRate",
    "lineItem/UnblendedCost", "lineItem/NetUnblendedCost", "lineItem/LineItemDescription",
    "product/ProductName", "pricing/publicOnDemandRate", "pricing/unit",
    "resourceTags/user:CostCenter", "resourceTags/user:Owner",
  ]

  /// A row of the legacy header with sensible values, some of them replaced.
  static func row(_ changes: [String: String] = [:]) -> [String] {
    let values = [
      "identity/LineItemId": "id1",
      "identity/TimeInterval": "2026-05-01T00:00:00Z/2026-05-02T00:00:00Z",
      "bill/InvoiceId": "INV1", "bill/InvoicingEntity": "Amazon Web Services, Inc.",
      "bill/PayerAccountId": "100000000001",
      "bill/BillingPeriodStartDate": "2026-05-01T00:00:00.000Z",
      "lineItem/UsageAccountId": "200000000001", "lineItem/LineItemType": "Usage",
      "lineItem/UsageStartDate": "2026-05-01T00:00:00Z",
      "lineItem/UsageEndDate": "2026-05-02T00:00:00Z", "lineItem/ProductCode": "AmazonEC2",
      "lineItem/UsageType": "BoxUsage:m5.large", "lineItem/Operation": "RunInstances",
      "lineItem/ResourceId": "i-1", "lineItem/UsageAmount": "24", "lineItem/CurrencyCode": "USD",
      "lineItem/UnblendedRate": "0.1", "lineItem/UnblendedCost": "2.4",
      "product/ProductName": "Amazon Elastic Compute Cloud", "pricing/unit": "Hrs",
    ].merging(changes) { _, new in new }
    return legacyHeader.map { values[$0] ?? "" }
  }

  static func csv(_ header: [String], _ rows: [[String]], lineEnd: String = "\n") -> [UInt8] {
    ([header] + rows).flatMap { row in
      CSVRecord.join(row.map { Array($0.utf8) }) + Array(lineEnd.utf8)
    }
  }

  static func legacy(_ rows: [[String: String]]) -> [UInt8] {
    csv(legacyHeader, rows.map { row($0) })
  }
}

/// A file in memory.
struct SampleFile {
  var name: Text
  var bytes: [UInt8]

  init(_ name: Text, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  var file: ExportFile { ExportFile(name: name, sha256: Text("sha-\(name)")) }
}

/// Runs both looks, dealing the files to `workers` in turn. What was kept of the files must say the same as
/// the files themselves.
func contents(
  of files: [SampleFile], _ screens: [Screen] = [], workers: Int = 1
) throws -> ExportContents {
  let pass = ExportPass(screens: screens)
  let direct = try pass.merge(read(files, workers) { pass.makeWorker() })
  var kept: [[UInt8]] = []
  let whole = try pass.merge(
    deal(files, workers, { pass.makeWorker() }) { worker, file in
      var source = try ByteSource(file.bytes)
      kept.append(try worker.readWhole(&source, file.file))
    })
  let again = try pass.merge(
    deal(Array(zip(files, kept)), workers, { pass.makeWorker() }) { worker, pair in
      let isTaken = worker.absorb(pair.1, as: pair.0.file)
      #expect(isTaken)
    })
  var result: ExportContents?
  for look in [direct, whole, again] {
    let contents =
      look.needsSecondLook
      ? try look.finish(read(files, workers) { look.makeWorker() }) : look.contents
    #expect(result == nil || result == contents)
    result = contents
  }
  return try #require(result)
}

private func read(
  _ files: [SampleFile], _ count: Int, _ make: () -> ExportWorker
) throws -> [ExportWorker] {
  try deal(files, count, make) { worker, file in
    var source = try ByteSource(file.bytes)
    try worker.read(&source, file.file)
  }
}

private func deal<Item>(
  _ items: [Item], _ count: Int, _ make: () -> ExportWorker,
  _ take: (inout ExportWorker, Item) throws -> Void
) throws -> [ExportWorker] {
  var workers = (0..<count).map { _ in make() }
  for (index, item) in items.enumerated() { try take(&workers[index % count], item) }
  return workers
}

func contents(
  of rows: [[String: String]], _ screens: [Screen] = []
) throws -> ExportContents {
  try contents(of: [SampleFile("a.csv", ExportSample.legacy(rows))], screens)
}

func amount(_ text: String) -> Amount {
  guard let amount = try? Amount(parsing: text) else { preconditionFailure(text) }
  return amount
}

/// One row of a summary.
struct SummaryRow: Equatable {
  var keys: [Text]
  var currency: Text
  var billedCost: Amount
  var consumedQuantity: Amount?
  var lineItems: Int
}

extension SummaryRows {
  var list: [SummaryRow] {
    (0..<count).map { row in
      let texts = (0...columnCount).map { text(key(row, $0), in: $0) }
      return SummaryRow(
        keys: Array(texts.dropLast()), currency: texts[texts.count - 1],
        billedCost: billedCosts[row], consumedQuantity: consumedQuantities[row],
        lineItems: lineItems[row])
    }
  }
}
