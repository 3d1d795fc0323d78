import BillingModel
import ExactNumbers
import Foundation

/// Where the benchmark's month lies: `inbox/` as AWS and the sellers deliver it, `facts/` for the
/// pipeline, and `bench.json` with the figures of the set.
struct BenchDelivery {
  private static let report = "bench-hourly"
  private let root: URL
  private let assembly: String
  private let fileCount: Int

  init(_ settings: BenchSettings) {
    root = URL(fileURLWithPath: settings.folder)
    fileCount = settings.files
    var chance = SplitMix64("bench assembly \(settings.seed) \(settings.rows)")
    assembly = chance.uuid()
  }

  private var span: String {
    let period = BenchSettings.period
    return "\(Self.report)/\(Spelling.compact(period.firstDay))-\(Spelling.compact(period.end))"
  }

  /// The data files by their paths below the folder of the set.
  var dataPaths: [String] {
    (1...fileCount).map { number in
      let padded = String(String(100_000 + number).dropFirst())
      return "inbox/cur/\(span)/\(assembly)/\(Self.report)-\(padded).csv.gz"
    }
  }

  /// Makes the folder of the data files.
  func dataFiles() throws -> [URL] {
    let files = dataPaths.map { root.appendingPathComponent($0) }
    try FileManager.default.createDirectory(
      at: files[0].deletingLastPathComponent(), withIntermediateDirectories: true)
    return files
  }

  func write(_ columns: ExportColumns, _ drafts: [InvoiceDraft]) throws {
    let manifest = ExportDelivery.legacyManifest(
      payer: BenchCompany.payer.id, BenchSettings.period, columns.manifest, Self.report, assembly,
      keys: dataPaths.map { String($0.dropFirst("inbox/".count)) })
    let name = "\(Self.report)-Manifest.json"
    try write("inbox/cur/\(span)/\(assembly)/\(name)", manifest)
    try write("inbox/cur/\(span)/\(name)", manifest)
    for draft in drafts {
      let xml = try draft.seller == .inc ? CXMLInvoice.xml(draft) : UBLDocument.xml(draft)
      try write("inbox/invoices/\(draft.id).xml", xml)
    }
    try write("facts/accounts.csv", Self.accounts)
    try write("facts/contract.yaml", Self.contract)
  }

  /// Written last: a set without it is not complete.
  func write(_ figures: BenchFigures) throws {
    try write("bench.json", figures.json(files: dataPaths))
  }

  private func write(_ path: String, _ text: String) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private static var accounts: String {
    let rows = BenchCompany.payer.accounts.map { account in
      [
        account.id, account.name, account.businessUnit, account.owner, account.environment,
        account.application, account.costCenter, account.criticality,
      ].map(Spelling.field).joined(separator: ",") + "\n"
    }
    return
      "AccountId,AccountName,BusinessUnit,Owner,Environment,Application,CostCenter,Criticality\n"
      + "\(BenchCompany.payer.id),Meridian Bench (payer),Corporate,,shared,,CC-1000,high\n"
      + rows.joined()
  }

  private static var contract: String {
    let sellers = BenchCompany.payer.sellers.map { "\"\($0.legalEntity)\"" }.joined(separator: ", ")
    return """
      payers:
        - {account: "\(BenchCompany.payer.id)", currency: USD}
      taxRates:
        - {legalEntity: "\(Seller.emea.legalEntity)", rate: 0.20}
        - {legalEntity: "\(Seller.inc.legalEntity)", rate: 0}
      billingEntities: ["AWS"]
      invoiceIssuers: [\(sellers)]
      legalEntities: [\(sellers)]

      """
  }
}

/// The figures of a set, as the generator knows them without reading it.
struct BenchFigures {
  var settings: BenchSettings
  var rows: Int
  var groups: Int
  var plainBytes: Int
  var gzipBytes: Int

  private var ratio: String {
    let tenths = plainBytes * 10 / max(gzipBytes, 1)
    return "\(tenths / 10).\(tenths % 10)"
  }

  var line: String {
    "seed \(settings.seed): \(rows) rows, \(plainBytes) bytes in \(settings.files) files, "
      + "\(gzipBytes) as gzip (ratio \(ratio)), \(plainBytes / rows) bytes a row, \(groups) groups"
  }

  func json(files: [String]) -> String {
    """
    {
      "seed": \(settings.seed), "rows": \(rows), "groups": \(groups),
      "columns": \(settings.columns), "tags": \(settings.tags),
      "plainBytes": \(plainBytes), "gzipBytes": \(gzipBytes),
      "files": [\(files.map(Spelling.json).joined(separator: ", "))]
    }

    """
  }
}
