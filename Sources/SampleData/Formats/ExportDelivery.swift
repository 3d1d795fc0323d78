import BillingModel

/// A file of a night, by its path below the inbox.
struct SampleFile {
  var path: String
  var content: [UInt8]

  init(_ path: String, _ content: [UInt8]) {
    self.path = path
    self.content = content
  }

  init(_ path: String, _ text: String) { self.init(path, Array(text.utf8)) }
}

/// One version of a month as an export delivers it: its files, and where each planted row lies.
struct ExportDelivery {
  /// Data files first, then manifests.
  private(set) var files: [SampleFile] = []
  /// Where rows with a mark lie: `<file name> record <n>`, the first after the header being 1.
  private(set) var places: [String: [String]] = [:]

  private mutating func add(
    _ bill: Bill, _ layout: Layout, chunks: Int, path: (Int) -> String
  ) {
    let rows = layout.rows(of: bill)
    let size = (rows.count + chunks - 1) / chunks
    for chunk in 0..<chunks {
      let path = path(chunk + 1)
      let part = rows[min(chunk * size, rows.count)..<min((chunk + 1) * size, rows.count)]
      let name = path.split(separator: "/").last.map(String.init) ?? path
      for (record, row) in part.enumerated() {
        if let mark = row.mark {
          places[mark, default: []].append("`\(name)` record \(record + 1)")
        }
      }
      files.append(SampleFile(path, GzipWriter.member(layout.csv(part, of: bill))))
    }
  }

  /// The place of the only row with a mark, or of all of them.
  func place(_ mark: String) -> String {
    (places[mark] ?? []).joined(separator: ", ")
  }

  // MARK: Legacy reports

  /// A legacy report with its manifest and the copy of it in the folder of the assembly.
  static func legacy(_ bill: Bill, report: String, chunks: Int = 1, version: Int = 1) -> Self {
    let layout = LegacyReport.layout(for: bill)
    var chance = SplitMix64("assembly \(report) \(bill.period) \(version)")
    let assembly = chance.uuid()
    let span =
      Spelling.compact(bill.period.firstDay) + "-" + Spelling.compact(bill.period.end)
    let folder = "\(report)/\(span)"
    var delivery = ExportDelivery()
    delivery.add(bill, layout, chunks: chunks) {
      "\(folder)/\(assembly)/\(report)-0000\($0).csv.gz"
    }
    let manifest = legacyManifest(
      payer: bill.payer.id, bill.period, layout.columns.map { ($0.name, $0.type) }, report,
      assembly,
      keys: delivery.files.map { "cur/" + $0.path })
    delivery.files.append(SampleFile("\(folder)/\(assembly)/\(report)-Manifest.json", manifest))
    delivery.files.append(SampleFile("\(folder)/\(report)-Manifest.json", manifest))
    return delivery
  }

  static func legacyManifest(
    payer: String, _ period: BillingPeriod, _ columns: [(name: String, type: String)],
    _ report: String, _ assembly: String, keys: [String]
  ) -> String {
    let columns = columns.map { column in
      let parts = column.name.split(separator: "/", maxSplits: 1).map(String.init)
      return Spelling.object([("category", parts[0]), ("name", parts[1]), ("type", column.type)])
    }
    let start = Spelling.compact(period.firstDay)
    let end = Spelling.compact(period.end)
    return """
      {
        "assemblyId":\(Spelling.json(assembly)),
        "account":"\(payer)",
        "columns":[\(columns.joined(separator: ","))],
        "charset":"UTF-8",
        "compression":"GZIP",
        "contentType":"text/csv",
        "reportId":"\(Streams.hex(64, "report " + report))",
        "reportName":"\(report)",
        "billingPeriod":{"start":"\(start)T000000.000Z","end":"\(end)T000000.000Z"},
        "bucket":"meridian-billing",
        "reportKeys":[\(keys.map(Spelling.json).joined(separator: ","))],
        "additionalArtifactKeys":[]
      }

      """
  }

  // MARK: Data Exports

  /// A data export that keeps its versions apart by a folder named after the time of the delivery.
  static func dataExport(
    _ bill: Bill, _ layout: Layout, export: String, at time: String, chunks: Int = 1
  ) -> Self {
    var chance = SplitMix64("execution \(export) \(bill.period) \(time)")
    let execution = chance.uuid()
    let version = "BILLING_PERIOD=\(bill.period)/\(time)-\(execution)"
    var delivery = ExportDelivery()
    delivery.add(bill, layout, chunks: chunks) {
      "\(export)/data/\(version)/\(export)-0000\($0).csv.gz"
    }
    let keys = delivery.files.map { "s3://meridian-billing/exports/" + $0.path }
    let columns = layout.columns.map {
      Spelling.object([("name", $0.name), ("type", $0.type)])
    }
    delivery.files.append(
      SampleFile(
        "\(export)/metadata/\(version)/\(export)-Manifest.json",
        """
        {
          "executionId":"\(execution)",
          "exportArn":"arn:aws:bcm-data-exports:us-east-1:\(bill.payer.id):export/\(export)",
          "columns":[\(columns.joined(separator: ","))],
          "dataFiles":[\(keys.map(Spelling.json).joined(separator: ","))]
        }

        """))
    return delivery
  }

  // MARK: Loose files

  /// Files that somebody copied by hand, without a manifest.
  static func loose(_ bill: Bill, _ layout: Layout, name: String, chunks: Int = 1) -> Self {
    var delivery = ExportDelivery()
    delivery.add(bill, layout, chunks: chunks) {
      chunks == 1 ? "\(name).csv.gz" : "\(name)-\($0).csv.gz"
    }
    return delivery
  }
}
