import Foundation
import TestSupport
import Testing

/// Closing a month from the command line.
@Suite struct SignOffTests {
  /// July as `restated-month` delivers it first: final, and matched to the cent.
  private func closedMonth() throws -> DataRoot {
    let root = try DataRoot()
    try root.drop("restated-month", "2026-08-05")
    try root.run(asOf: "2026-08-05")
    return root
  }

  private func sign(_ root: DataRoot, _ words: String...) throws -> Program.Ending {
    try Program.run(["sign-off"] + words + ["--home", root.path])
  }

  @Test func `it puts a file into the inbox, which the next run takes`() throws {
    let root = try closedMonth()
    let ending = try sign(root, "2026-07", "--by", "An, \"CFO\"", "--note", "checked")
    #expect(ending.code == 0)
    #expect(ending.text.contains("the next run takes it") && ending.text.contains("version 1"))
    let file = root.inbox.appendingPathComponent("sign-off-2026-07.csv")
    #expect(
      try String(contentsOf: file, encoding: .utf8)
        == "BillingPeriod,SignedBy,Note\n\"2026-07\",\"An, \"\"CFO\"\"\",\"checked\"\n")
    let run = try root.run(asOf: "2026-08-06")
    #expect(run.code == 0 && run.text.contains("signed off 2026-07 by An, \"CFO\": version 2"))
    #expect(!FileManager.default.fileExists(atPath: file.path))
    let status = try root.command("status").text
    #expect(status.contains("2026-07  2026-08-06  An, \"CFO\"        2  checked"), "\(status)")
  }

  @Test func `a month with open matches goes to quarantine, with what to do`() throws {
    let root = try DataRoot()
    try root.drop("missing-invoice", "2026-06-05")
    let run = try root.run(asOf: "2026-06-12")
    #expect(run.code == 0, "\(run.text)\(run.error)")
    #expect(try sign(root, "2026-05", "--by", "An").code == 0)
    let ending = try root.run(asOf: "2026-06-13")
    #expect(ending.code == 65)
    let quarantine = root.inbox.deletingLastPathComponent().appendingPathComponent("quarantine")
    let reasons = try filesBelow(quarantine).filter { $0.key.hasSuffix("reason.json") }
    let reason = String(decoding: try #require(reasons.values.first), as: UTF8.self)
    #expect(reason.contains("\"code\" : \"NotClosable\""))
    #expect(reason.contains("MissingInvoice") && reason.contains("open-items.csv"), "\(reason)")
    let status = try root.command("status").text
    #expect(status.contains("2026-05  MissingInvoice"), "\(status)")
  }

  @Test(arguments: [
    (["2026-7", "--by", "An"], 64, "a period is YYYY-MM, not \"2026-7\""),
    (["2026-07", "--by", ""], 64, "--by names nobody: say who signs"),
    (["2025-01", "--by", "An"], 66, "nothing is published of 2025-01: no run has judged it yet"),
  ]) func `what cannot be signed is said at once`(
    _ words: [String], _ code: Int32, _ message: String
  ) throws {
    let root = try closedMonth()
    let ending = try Program.run(["sign-off"] + words + ["--home", root.path])
    #expect(ending.code == code)
    #expect(ending.error.contains(message), "\(ending.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.inbox.path) == [])
  }

  @Test func `the same words again are refused, with the day on which they were taken`() throws {
    let root = try closedMonth()
    _ = try sign(root, "2026-07", "--by", "An")
    try root.run(asOf: "2026-08-06")
    let ending = try sign(root, "2026-07", "--by", "An")
    #expect(ending.code == 64)
    #expect(
      ending.error.contains(
        "An signed 2026-07 off in these very words on 2026-08-06: say what is new with --note"))
  }

  @Test(arguments: [false, true])
  func `rebuild plays sign-offs again, whatever was refused before`(_ isRefusedFirst: Bool) throws {
    let root = try DataRoot()
    try root.drop("restated-month", "2026-08-05")
    if isRefusedFirst {
      // Nothing is known of the month in the night that sees the file first.
      try root.drop("sign-off-2026-07.csv", "BillingPeriod,SignedBy,Note\n2026-07,An,\n".utf8)
      try FileManager.default.moveItem(
        at: root.inbox.appendingPathComponent("restated-month"),
        to: root.folder.url.appendingPathComponent("later"))
      #expect(try root.run(asOf: "2026-08-04").code == 65)
      try FileManager.default.moveItem(
        at: root.folder.url.appendingPathComponent("later"),
        to: root.inbox.appendingPathComponent("restated-month"))
    }
    try root.run(asOf: "2026-08-05")
    try root.drop("sign-off-2026-07.csv", "BillingPeriod,SignedBy,Note\n2026-07,An,\n".utf8)
    #expect(try root.run(asOf: "2026-08-06").code == 0)
    try root.drop("restated-month", "2026-08-14")
    try root.run(asOf: "2026-08-14")
    let months = { try root.documents().filter { $0.key.hasPrefix("2026") } }
    let before = try months()
    #expect(
      String(decoding: try #require(before["2026-07/restatement.csv"]), as: UTF8.self)
        .contains("sign-off,repriced"))
    let ending = try root.rebuild()
    #expect(ending.code == 0 && ending.text.contains("rebuilt"), "\(ending.error)")
    #expect(try months() == before)
    // The versions between may come out otherwise where a file was refused first: then they get new numbers.
    let versions = try root.versions("2026-07")
    #expect(versions == (isRefusedFirst ? ["1", "4", "5"] : ["1", "2", "3"]))
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `a sign-off in a mirrored inbox is taken once`() throws {
    let pipelines = TemporaryFolder()
    try pipelines.write("mirror.yaml", "name: mirror\nclaim: {inbox: mirror, settle: 0}\n".utf8)
    let root = try DataRoot(definition: pipelines.path + "/mirror.yaml")
    try root.drop("restated-month", "2026-08-05")
    try root.run(asOf: "2026-08-05")
    try root.drop("sign-off-2026-07.csv", "BillingPeriod,SignedBy,Note\n2026-07,An,\n".utf8)
    #expect(try root.run(asOf: "2026-08-06").code == 0)
    let signed = try root.documents()
    #expect(try root.run(asOf: "2026-08-07").code == 0)
    #expect(try root.documents() == signed)
    #expect(try root.versions("2026-07") == ["1", "2"])
  }
}
