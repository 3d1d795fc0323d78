import Foundation
import TestSupport
import Testing

/// The commands beside `run`, on a data root that has worked.
@Suite struct CommandTests {
  @Test func `help and version are printed for every command`() throws {
    let version = try Program.run(["--version"])
    #expect(version.code == 0 && version.text.contains(#/^\d+\.\d+\.\d+ \((zlib|ISA-L)\)\n$/#))
    let commands = ["run", "check", "invoices", "summarize", "explain", "status", "rebuild"]
    let help = try Program.run(["--help"])
    for command in commands {
      #expect(help.text.contains("  \(command) "), "\(command)")
      let own = try Program.run([command, "--help"])
      #expect(own.code == 0 && own.text.contains("USAGE: counterfoil \(command)"), "\(command)")
    }
  }

  @Test(arguments: [
    (["run"], "Missing expected argument '<definition>'"),
    (["frobnicate"], "frobnicate"),
    (["run", "x.yaml", "--as-of", "2026-13-01"], "Missing"),
    (["summarize", "x.csv", "--by", "Day", "--workers", "0"], "--workers takes a number"),
  ])
  func `a mistake in the arguments ends with 64`(words: [String], message: String) throws {
    let ending = try Program.run(words)
    // The definition is looked for before the date is read.
    let code: Int32 = words.contains("x.yaml") ? 66 : 64
    #expect(ending.code == code, "\(ending.error)")
    #expect(code == 66 || ending.error.contains(message), "\(ending.error)")
  }

  @Test func `status shows runs, what is booked and what is open`() throws {
    let root = try DataRoot()
    #expect(try root.command("status").code == 66)
    try root.drop("exports-disagree", "2026-11-05")
    try root.run(asOf: "2026-11-05")
    let status = try root.command("status")
    #expect(status.code == 0)
    let lines = status.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains { $0.contains("sample") && $0.contains("2026-11-05:") })
    #expect(lines.contains { $0.starts(with: ["2026-10", "300000000001", "booked", "ziwu-cur2"]) })
    #expect(lines.contains { $0.starts(with: ["2026-10", "300000000001", "shadow"]) })
    let open = try root.sheet("2026-10/anomalies.csv").rows(["Status": "open"]).count
    #expect(lines.contains { $0 == ["2026-10", "CNY", "\(open)"] })
  }

  private static let export = repositoryRoot().appendingPathComponent(
    "sample-data/broken-rows/nights/2026-07-05/ziwu-2026-06.csv.gz"
  ).path

  @Test func `a summary for people holds the figures of the one for programs`() throws {
    let words = ["summarize", Self.export, "--by", "InvoiceId,LineItemType"]
    let csv = try Program.run(words)
    let table = try Program.run(words + ["--table"])
    #expect(csv.code == 65 && table.code == 65, "seven rows are rejected")
    let cells = table.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(cells.first?.last == "LineItems")
    for row in Sheet(csv.output).rows {
      let wanted = [row["InvoiceId"], row["BilledCost"], row["LineItems"]].compactMap { $0 }
      #expect(cells.contains { Set(wanted).isSubset(of: $0) }, "\(row)")
    }
  }

  @Test func `rejected rows are named on standard error, in the order of the file`() throws {
    let ending = try Program.run(["summarize", Self.export, "--by", "Month"])
    let records = ending.error.matches(of: #/\.csv\.gz:(\d+)/#).compactMap { Int($0.1) }
    #expect(records.count == 7 && records == records.sorted(), "\(records)")
  }

  @Test(arguments: [
    ("InvoiceID", "InvoiceId"), ("Servicename", "ServiceName"),
    ("lineItem/UsageTyp", "lineItem/UsageType"),
  ])
  func `an unknown column is answered with the nearest one`(wrong: String, right: String) throws {
    let ending = try Program.run(["summarize", Self.export, "--by", wrong])
    #expect(ending.code == 64)
    #expect(ending.error.contains("there is no column \(wrong); did you mean \(right)?"))
  }

  @Test func `a file that is not there is named`() throws {
    for words in [["invoices", "no.xml"], ["summarize", "no.csv", "--by", "Day"]] {
      let ending = try Program.run(
        words + (words[0] == "invoices" ? ["--dialects", DataRoot.pipeline("dialects")] : []))
      #expect(ending.code != 0)
      #expect((ending.error + ending.text).contains("No such file or directory"), "\(words)")
    }
  }
}
