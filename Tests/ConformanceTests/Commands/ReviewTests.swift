import Foundation
import TestSupport
import Testing

/// Reviewed files as spreadsheets gave them back, through the program itself.
///
/// The files in `Fixtures/` are the `anomalies.csv` of the story `duplicate-lines` with three decisions,
/// opened and saved again by LibreOffice 7.4 (`soffice --headless --convert-to csv`, special numbers
/// detected) in these languages and encodings.
@Suite struct ReviewTests {
  private static let duplicate = "F-cdcc13db889e8d31"
  private static let repeated = "F-f9444f3ec8cfc62a"
  private static let notInvoiced = "F-260bce3d36c7a8b2"

  private func root() throws -> DataRoot {
    let root = try DataRoot()
    try root.drop("duplicate-lines", "2026-07-05")
    #expect(try root.run(asOf: "2026-07-05").code == 0)
    return root
  }

  private func fixture(_ name: String) throws -> Data {
    try Data(
      contentsOf: repositoryRoot().appendingPathComponent("Tests/ConformanceTests/Fixtures/\(name)")
    )
  }

  private func review(_ root: DataRoot, _ id: String) throws -> [String] {
    let row = try #require(try root.sheet("2026-06/anomalies.csv").rows(["FindingId": id]).first)
    return ["Status", "Reviewer", "ReviewUntil", "ReviewNote", "Owner"].map { row[$0] ?? "?" }
  }

  @Test(arguments: [
    "libreoffice-utf8-semicolon.csv", "libreoffice-gb18030-tab.csv", "libreoffice-utf16-tab.csv",
  ]) func `what LibreOffice saved goes back in, under any name`(_ name: String) throws {
    let root = try root()
    try root.drop("from/the reviewer \(name.utf8.count).txt", fixture(name))
    let ending = try root.run(asOf: "2026-07-06")
    #expect(ending.code == 0, "\(ending.text)\(ending.error)")
    #expect(ending.text.contains("3 decisions taken, 0 refused"))
    #expect(
      try review(root, Self.duplicate) == [
        "disputed", "李伟", "2026-12-31", "'=已向 AWS 申请退款, 见邮件",
        "julie.roux@meridian.example",
      ])
    #expect(
      try review(root, Self.repeated)
        == ["confirmed", "李伟", "", "", "boutique-ops@meridian.example"])
    #expect(
      try review(root, Self.notInvoiced)[0...3] == ["dismissed", "李伟", "2027-01-31", "发票上没有这些行"])
    let disputes = try root.sheet("2026-06/disputes.csv")
    #expect(disputes.column("Claimed") == ["4.2477344", "3.35984"])
    #expect(disputes.column("DisputeStatus") == ["sent", "open"])
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `names that a code page lost are refused, the rest is taken`() throws {
    let root = try root()
    try root.drop("review.csv", fixture("libreoffice-windows1252-semicolon.csv"))
    let ending = try root.run(asOf: "2026-07-06")
    #expect(
      ending.code == 65 && ending.text.contains("3 decisions taken, 5 refused"), "\(ending.text)")
    #expect(try review(root, Self.duplicate)[0...3] == ["disputed", "", "2026-12-31", ""])
    let refused = try root.sheet("2026-06/rejects.csv")
    #expect(Set(refused.column("Code")) == ["LostCharacters"])
    #expect(
      refused.rows.map { "\($0["Record"] ?? "") \($0["Column"] ?? "")" }.sorted() == [
        "1 Reviewer", "2 ReviewNote", "2 Reviewer", "4 ReviewNote", "4 Reviewer",
      ])
    let status = try root.command("status").text
    #expect(status.contains("review.csv row 1 (line 2), column Reviewer"), "\(status)")
  }

  /// As Excel saves in Europe: a mark, `;`, CRLF, account ids as numbers, days in its own way, and a
  /// damaged cell.
  @Test func `what Excel saved goes back in but for the damaged cell`() throws {
    let root = try root()
    let sheet = try root.sheet("2026-06/anomalies.csv")
    let rows = sheet.rows.map { row in
      var row = row
      row["BillingAccountId"] = "1E+11"
      row["SubAccountId"] = "2E+11"
      row["ChargePeriodStart"] = "08.06.2026"
      row["LastSeen"] = "05.07.2026"
      row["AmountAtStake"] = row["AmountAtStake"]?.replacing(".", with: ",")
      if row["FindingId"] == Self.duplicate {
        row["Status"] = "Disputed"
        row["Reviewer"] = "Ann; Bo"
        row["ReviewUntil"] = "31.12.2026"
        row["Owner"] = "1,2E+05"
      }
      return sheet.columns.reversed().map { column in
        let cell = row[column] ?? ""
        return cell.contains(";") || cell.contains("\"")
          ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }
    }
    let text = ([Array(sheet.columns.reversed())] + rows).map { $0.joined(separator: ";") + "\r\n" }
    try root.drop("anomalies (1).csv", [0xEF, 0xBB, 0xBF] + Array(text.joined().utf8))
    let ending = try root.run(asOf: "2026-07-06")
    #expect(
      ending.code == 65 && ending.text.contains("1 decision taken, 1 refused"), "\(ending.text)")
    #expect(
      try review(root, Self.duplicate)
        == ["disputed", "Ann; Bo", "2026-12-31", "", "julie.roux@meridian.example"])
    let refused = try root.sheet("2026-06/rejects.csv").rows
    #expect(refused.map { $0["Code"] } == ["ShortenedNumber"])
    #expect(refused.first?["Message"]?.contains("format text") == true)
  }

  @Test func `decisions survive a rebuild, and the documents are the same`() throws {
    let root = try root()
    try root.drop("a.csv", fixture("libreoffice-utf8-semicolon.csv"))
    try root.run(asOf: "2026-07-06")
    try root.drop(
      "b.csv",
      "FindingId,Status,ReviewNote\n\(Self.repeated),dismissed,stale\nF-0000000000000000,open,\n"
        .utf8)
    #expect(try root.run(asOf: "2026-07-07").code == 65)
    try root.drop("restated-month", "2026-08-05")
    try root.run(asOf: "2026-08-05")
    let before = try root.documents()
    let ending = try root.rebuild()
    #expect(ending.code == 0, "\(ending.error)")
    #expect(Set(try root.documents().keys) == Set(before.keys))
    for (name, bytes) in try root.documents() where !name.hasPrefix("unassigned") {
      #expect(bytes == before[name], "\(name)")
    }
    #expect(try review(root, Self.repeated)[0] == "confirmed")
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `explain shows the decision, the claim and the records`() throws {
    let root = try root()
    try root.drop("a.csv", fixture("libreoffice-utf8-semicolon.csv"))
    try root.run(asOf: "2026-07-06")
    let text = try root.command("explain", Self.duplicate).text
    #expect(text.contains("reviewed 2026-07-06: disputed by 李伟 at USD 4.2477344; until 2026-12-31"))
    #expect(text.contains("dispute sent: claimed USD 4.2477344; recovered 0.00; left 4.2477344"))
    #expect(text.contains("letters and evidence in out/2026-06/disputes/\(Self.duplicate)/"))
    // The records that explain prints are those of the evidence.
    let evidence = try root.sheet("2026-06/disputes/\(Self.duplicate)/evidence.csv")
    #expect(evidence.column("Record") == ["41", "42", "47", "48"])
    for row in evidence.rows {
      #expect(text.contains("  record \(row["Record"] ?? "?")\n"))
      #expect(text.contains("lineItem/UnblendedCost = \(row["lineItem/UnblendedCost"] ?? "?")"))
    }
  }

  @Test func `the evidence is what Python finds in the export, and so is the claim`() throws {
    let root = try root()
    try root.drop("a.csv", fixture("libreoffice-utf8-semicolon.csv"))
    try root.run(asOf: "2026-07-06")
    let archive = root.folder.url.appendingPathComponent("archive")
    let exports = try filesBelow(archive).keys.filter { $0.hasSuffix(".csv.gz") }.sorted()
    let found = String(
      decoding: try oracle(
        repositoryRoot().appendingPathComponent("Tests/ConformanceTests/Oracle/repeated.py"),
        ["200000000001", "EUW3-EBS:VolumeUsage.gp3"]
          + exports.map { archive.appendingPathComponent($0).path }), as: UTF8.self
    ).split(separator: "\n").map { String($0) }
    let evidence = try root.sheet("2026-06/disputes/\(Self.duplicate)/evidence.csv")
    let lines = evidence.rows.map { "\($0["Record"] ?? "") \($0["lineItem/UnblendedCost"] ?? "")" }
    #expect(lines == Array(found.dropLast()))
    #expect(
      try root.sheet("2026-06/disputes.csv").rows(["FindingId": Self.duplicate]).first?["Claimed"]
        == found.last)
  }

  @Test func `what stands on no invoice is not claimed, and a corrected export is asked for`()
    throws
  {
    let root = try root()
    try root.drop("a.csv", "FindingId,Status,Reviewer\n\(Self.notInvoiced),confirmed,Li\n".utf8)
    #expect(try root.run(asOf: "2026-07-06").code == 0)
    let row = try #require(try root.sheet("2026-06/disputes.csv").rows.first)
    #expect(row["DisputeStatus"] == "not invoiced" && row["Claimed"] == "0.00")
    let letter = try #require(
      try root.documents()["2026-06/disputes/\(Self.notInvoiced)/letter-en.txt"])
    let words = String(decoding: letter, as: UTF8.self)
    #expect(words.contains("we ask for no credit") && words.contains("USD 11.4463755"))
  }

  @Test func `the evidence of a fee that is charged twice holds both, of two months`() throws {
    let root = try DataRoot()
    try root.drop("commitment-faults", "2025-02-05", as: "night-0")
    try root.run(asOf: "2025-02-05")
    try root.drop("commitment-faults", "2025-03-05", as: "night-1")
    try root.run(asOf: "2025-03-05")
    let id = "F-fcf106835d82e2f0"
    try root.drop("a.csv", "FindingId,Status,Reviewer\n\(id),confirmed,Li\n".utf8)
    #expect(try root.run(asOf: "2025-03-20").code == 0)
    let evidence = try root.sheet("2025-02/disputes/\(id)/evidence.csv")
    #expect(
      Set(evidence.column("bill/BillingPeriodStartDate").map { String($0.prefix(7)) })
        == ["2025-01", "2025-02"])
    #expect(evidence.rows.count == 2)
    let sums = try root.sheet("2025-02/disputes/\(id)/arithmetic.csv")
    #expect(sums.rows(["Item": "sum of lines"]).first?["Cost"] == "3000.00")
  }

  @Test func `why a confirmed finding claims nothing is said`() throws {
    let root = try root()
    let total = try #require(
      try root.sheet("2026-06/anomalies.csv").rows(["Rule": "TotalOff"]).first?["FindingId"])
    try root.drop("a.csv", "FindingId,Status,Reviewer\n\(total),confirmed,Li\n".utf8)
    #expect(try root.run(asOf: "2026-07-06").code == 0)
    let summary = String(
      decoding: try #require(try root.documents()["2026-06/run-summary.json"]), as: UTF8.self)
    let reason = "\(Self.notInvoiced) counts this money already (CausedBy)"
    #expect(summary.contains(reason))
    #expect(try root.command("status").text.contains(reason))
    let text = try root.command("explain", total).text
    #expect(text.contains("caused by: \(Self.notInvoiced)") && text.contains(reason))
  }

  @Test func `a letter goes out although the archive has lost the export`() throws {
    let root = try root()
    let archive = root.folder.url.appendingPathComponent("archive")
    for path in try filesBelow(archive).keys where path.hasSuffix(".csv.gz") {
      try FileManager.default.removeItem(at: archive.appendingPathComponent(path))
    }
    try root.drop("a.csv", fixture("libreoffice-utf8-semicolon.csv"))
    #expect(try root.run(asOf: "2026-07-06").code == 0)
    let folder = "2026-06/disputes/\(Self.duplicate)"
    #expect(try root.sheet("\(folder)/evidence.csv").rows.isEmpty)
    let documents = try root.documents()
    for (name, words) in [
      ("letter-en.txt", "files that can no longer be read"), ("letter-zh.txt", "已无法读取的文件"),
    ] {
      let letter = String(
        decoding: try #require(documents["\(folder)/\(name)"]), as: UTF8.self)
      #expect(letter.contains(words) && letter.contains("USD 4.2477344"), "\(letter)")
    }
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `a review in a mirrored inbox is taken once`() throws {
    let pipelines = TemporaryFolder()
    try pipelines.write("mirror.yaml", "name: mirror\nclaim: {inbox: mirror, settle: 0}\n".utf8)
    let root = try DataRoot(definition: pipelines.path + "/mirror.yaml")
    try root.drop("duplicate-lines", "2026-07-05")
    try root.run(asOf: "2026-07-05")
    try root.drop("a.csv", fixture("libreoffice-utf8-semicolon.csv"))
    #expect(try root.run(asOf: "2026-07-06").code == 0)
    let reviewed = try root.documents()
    #expect(try root.run(asOf: "2026-07-07").code == 0)
    #expect(try root.documents() == reviewed)
  }
}
