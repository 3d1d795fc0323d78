import BillingLedger
import BillingModel
import ByteStreaming
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Two data roots that live through the same nights: one judges what it must, the other everything,
/// every night. Their documents must be the same, version by version, byte by byte.
final class TwinNights {
  let quick = TemporaryFolder()
  let thorough = TemporaryFolder()
  private let pipelines = TemporaryFolder()
  /// Seconds; each file that is dropped is younger than the one before.
  private var fileTime = 1_780_000_000
  private var versions = 0
  /// How many periods each of them judged so far.
  private(set) var judged = (quick: 0, thorough: 0)
  /// What the quick one said it was at, in its last night.
  private(set) var progress: [String] = []

  init() throws {
    let shipped = repositoryRoot().appendingPathComponent("pipelines")
    for name in ["tags/cost-allocation.yaml", "dialects/ubl.yaml"] {
      try define(name, String(contentsOf: shipped.appendingPathComponent(name), encoding: .utf8))
    }
    try define("accounts.csv", "AccountId,AccountName\n200000000001,shop\n")
    try define("contract.yaml", "billingEntities: [AWS]\n")
    try define("nightly.yaml", Self.definition())
  }

  static func definition(cap: String = "1.00") -> String {
    """
    name: nights
    claim: {settle: 0}
    ingest: {dialects: dialects}
    normalize: {tags: tags/cost-allocation.yaml, accounts: accounts.csv}
    reconcile: {contract: contract.yaml, tolerance: {cap: \(cap)}}

    """
  }

  func define(_ name: String, _ text: String) throws { try pipelines.write(name, text.utf8) }

  // MARK: What is dropped

  func drop(_ name: String, _ text: String) throws {
    fileTime += 60
    for home in [quick, thorough] {
      let path = try home.write("inbox/" + name, text.utf8)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(fileTime))], ofItemAtPath: path)
    }
  }

  /// Writes other bytes into a file of the quick home's inbox, so that only its content tells.
  func disguise(_ name: String) throws {
    let path = quick.path + "/inbox/" + name
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let size = try #require(attributes[.size] as? Int)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: Data(repeating: UInt8(ascii: "x"), count: size))
    try file.close()
    let time = try #require(attributes[.modificationDate] as? Date)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
  }

  /// A version of a month as AWS delivers it, with its manifest.
  func deliver(_ month: Month) throws {
    versions += 1
    let path = "\(month.export)/v\(versions)/BILLING_PERIOD=\(month.period)/\(month.export).csv"
    try drop(path, month.text)
    try drop(
      "\(month.export)/v\(versions)/\(month.export)-Manifest.json",
      #"{"executionId": "e\#(versions)", "columns": [], "dataFiles": ["s3://b/\#(path)"]}"#)
  }

  /// The same in several files; a nil is named in the manifest and does not come.
  func deliver(_ parts: [Month?], of month: Month) throws {
    versions += 1
    let folder = "\(month.export)/v\(versions)"
    let names = parts.indices.map {
      "\(folder)/BILLING_PERIOD=\(month.period)/\(month.export)-\($0 + 1).csv"
    }
    for (name, part) in zip(names, parts) {
      if let part { try drop(name, part.text) }
    }
    let files = names.map { "\"s3://b/\($0)\"" }.joined(separator: ", ")
    try drop(
      "\(folder)/\(month.export)-Manifest.json",
      #"{"executionId": "e\#(versions)", "columns": [], "dataFiles": [\#(files)]}"#)
  }

  /// A file of the last such version.
  func dropPart(_ number: Int, _ part: Month) throws {
    try drop(
      "\(part.export)/v\(versions)/BILLING_PERIOD=\(part.period)/\(part.export)-\(number).csv",
      part.text)
  }

  /// What the quick home kept of files.
  func keptSummaries() throws -> [URL] {
    let folder = quick.url.appendingPathComponent("state/summaries")
    return try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
  }

  /// A document as the AWS Invoicing API lists it.
  func invoice(
    _ id: String, _ period: String, _ total: String, issuer: String = Month.issuer
  ) throws {
    let parts = period.split(separator: "-").compactMap { Int($0) }
    try drop(
      "invoices/\(id)-\(fileTime).json",
      """
      [{"AccountId": "100000000001", "InvoiceId": "\(id)", "IssuedDate": "\(period)-28",
      "Entity": {"InvoicingEntity": "\(issuer)", "BillingEntity": "AWS"},
      "BillingPeriod": {"Month": \(parts[1]), "Year": \(parts[0])}, "InvoiceType": "INVOICE",
      "BaseCurrencyAmount": {"TotalAmount": "\(total)", "TotalAmountBeforeTax": "\(total)",
      "CurrencyCode": "USD"}}]
      """)
  }

  /// An e-invoice that names no charges: its number is the tax authority's.
  func eInvoice(
    _ last: Int, _ period: String, _ total: String, account: String = ""
  ) throws {
    func amount(_ name: String) -> String {
      #"<cbc:\#(name) currencyID="USD">\#(total)</cbc:\#(name)>"#
    }
    let names = "urn:oasis:names:specification:ubl:schema:xsd:"
    try drop(
      "invoices/\(last)-\(fileTime).xml",
      """
      <Invoice xmlns="\(names)Invoice-2" xmlns:cac="\(names)CommonAggregateComponents-2"
      xmlns:cbc="\(names)CommonBasicComponents-2"><cbc:ID>2611200000000000000\(last)</cbc:ID>
      <cbc:IssueDate>\(period)-28</cbc:IssueDate>
      <cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>
      <cac:InvoicePeriod><cbc:StartDate>\(period)-01</cbc:StartDate></cac:InvoicePeriod>
      <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
      <cbc:RegistrationName>\(Month.issuer)</cbc:RegistrationName>
      </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
      <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>\(account)</cbc:ID>
      </cac:PayeeFinancialAccount></cac:PaymentMeans>
      <cac:LegalMonetaryTotal>\(amount("TaxExclusiveAmount"))\(amount("TaxInclusiveAmount"))
      \(amount("PayableAmount"))</cac:LegalMonetaryTotal></Invoice>
      """)
  }

  // MARK: Nights

  /// Plays a night on both, and says what the quick one did.
  @discardableResult
  func night(_ asOf: String, program: Text? = nil) throws -> RunOutcome {
    progress = []
    let outcome = try run(quick, asOf, program: program) { self.progress.append($0) }
    // The thorough one reads every file that it takes.
    try? FileManager.default.removeItem(atPath: thorough.path + "/state/summaries")
    let other = try run(thorough, asOf, judgingAll: true)
    judged.quick += outcome.judged.count
    judged.thorough += other.judged.count
    #expect(outcome.headline == other.headline)
    #expect(
      outcome.report.replacing(quick.path, with: "")
        == other.report.replacing(thorough.path, with: "")
    )
    let (ours, theirs) = (try published(quick), try published(thorough))
    #expect(Set(ours.keys) == Set(theirs.keys), "as of \(asOf)")
    for (name, bytes) in ours { #expect(bytes == theirs[name], "\(name) as of \(asOf)") }
    return outcome
  }

  private func run(
    _ home: TemporaryFolder, _ asOf: String, judgingAll: Bool = false, program: Text? = nil,
    progress: @escaping (String) -> Void = { _ in }
  ) throws -> RunOutcome {
    let definition = try DefinitionFiles.load(Path(pipelines.path + "/nightly.yaml"))
    var plan = RunPlan(
      definition: definition, home: Home(named: home.path), asOf: try #require(Day(asOf)),
      workers: WorkerPool(count: 2), judgesAll: judgingAll)
    if let program { plan.program = program }
    return try PipelineRunner(plan, progress: progress).run()
  }

  /// Every version of every period, and where its link points.
  private func published(_ home: TemporaryFolder) throws -> [String: Data] {
    let out = home.url.appendingPathComponent("out")
    var found = try filesBelow(out)
    for name in try FileManager.default.contentsOfDirectory(atPath: out.path)
    where !name.hasPrefix(".") {
      let link = out.appendingPathComponent(name).path
      found[name] = Data(try FileManager.default.destinationOfSymbolicLink(atPath: link).utf8)
    }
    return found
  }

  /// A document of the quick home, as people read it.
  func document(_ name: String) throws -> String {
    let path = quick.url.appendingPathComponent("out/" + name).resolvingSymlinksInPath()
    return String(decoding: try Data(contentsOf: path), as: UTF8.self)
  }

  /// A reviewer's word about a finding, in a file that both find in their inboxes.
  ///
  /// - Parameter choose: Which one, of those of all periods in the order of their ids.
  func decide(
    _ status: FindingStatus, until: String = "", choose: ([FindingRecord]) -> FindingRecord?
  ) throws {
    guard let record = choose(try findings()) else { return }
    versions += 1
    try drop(
      "review-\(versions).csv",
      """
      FindingId,Status,Reviewer,ReviewUntil,ReviewNote
      \(record.id),\(status.rawValue),Lin,\(until),review \(versions)

      """)
  }

  /// What the ledger of the quick home knows, in the order of the ids.
  func findings() throws -> [FindingRecord] {
    try Ledger(path: quick.path + "/state/counterfoil.db").findings()
  }
}

/// A month of a legacy CUR: two services, a row a day each.
struct Month {
  static let issuer = "Amazon Web Services, Inc."

  var period: String
  var export = "cur"
  /// Empty while the month is open.
  var invoiceID = ""
  var issuer = Month.issuer
  var cents = 100
  /// The last day with rows.
  var lastDay = 28
  /// A day on which the cost is twenty times as much.
  var spike = 0
  /// Rows beside the daily ones: the day, and the invoice id.
  var extra: [(day: String, invoiceID: String)] = []
  var isCUR2 = false
  /// Of all rows, by their own keys.
  var tags: [(key: String, value: String)] = []

  private static let columns = [
    ("bill/InvoiceId", "bill_invoice_id"), ("bill/InvoicingEntity", "bill_invoicing_entity"),
    ("bill/BillingEntity", "bill_billing_entity"),
    ("bill/PayerAccountId", "bill_payer_account_id"),
    ("bill/BillingPeriodStartDate", "bill_billing_period_start_date"),
    ("lineItem/UsageAccountId", "line_item_usage_account_id"),
    ("lineItem/LineItemType", "line_item_line_item_type"),
    ("lineItem/UsageStartDate", "line_item_usage_start_date"),
    ("lineItem/ProductCode", "line_item_product_code"),
    ("lineItem/CurrencyCode", "line_item_currency_code"),
    ("lineItem/UnblendedCost", "line_item_unblended_cost"),
  ]

  var text: String {
    let columns = Self.columns.map { isCUR2 ? $0.1 : $0.0 }
    var rows = [(columns + tags.map { "resourceTags/user:\($0.key)" }).joined(separator: ",")]
    for day in 1...lastDay {
      for service in ["AmazonS3", "AmazonEC2"] {
        let date = "\(period)-" + (day < 10 ? "0" : "") + String(day)
        rows.append(row(date, service, day == spike ? cents * 20 : cents + day % 3, invoiceID))
      }
    }
    rows += extra.map { row($0.day, "AmazonS3", cents, $0.invoiceID) }
    return rows.joined(separator: "\n") + "\n"
  }

  private func row(_ date: String, _ service: String, _ cents: Int, _ id: String) -> String {
    let cost = "\(cents / 100)." + String(cents % 100 + 100).dropFirst()
    return "\(id),\"\(issuer)\",AWS,100000000001,\(period)-01T00:00:00Z,200000000001,Usage,"
      + "\(date)T00:00:00Z,\(service),USD,\(cost)" + tags.map { ",\($0.value)" }.joined()
  }
}
