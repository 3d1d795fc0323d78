import Foundation
import TestSupport
import Testing

/// `counterfoil summarize`, run as a program.
@Suite struct SummarizeTests {
  private static let rules = repositoryRoot().appendingPathComponent(
    "pipelines/tags/cost-allocation.yaml"
  ).path

  private func summarize(
    _ files: [String], by columns: String, _ options: [String] = [], tags: String = rules
  ) throws -> Program.Ending {
    try Program.run(["summarize"] + files + ["--by", columns, "--tags", tags] + options)
  }

  // MARK: Tag dimensions

  /// A legacy export whose tag columns are no neighbours; costs and invoices go beside the tags.
  private func export(
    _ header: [String], _ rows: [[String]], in folder: TemporaryFolder
  ) throws -> String {
    let fixed: [(String, String)] = [
      ("identity/LineItemId", "id"), ("bill/InvoiceId", "1"),
      ("bill/PayerAccountId", "100000000001"),
      ("bill/BillingPeriodStartDate", "2026-05-01T00:00:00Z"),
      ("lineItem/UsageAccountId", "200000000001"), ("lineItem/LineItemType", "Usage"),
      ("lineItem/UsageStartDate", "2026-05-01T00:00:00Z"), ("lineItem/ProductCode", "AmazonS3"),
      ("lineItem/CurrencyCode", "USD"), ("lineItem/UsageAmount", "2"), ("pricing/unit", "GB"),
    ]
    let lines =
      [fixed.map(\.0) + header] + rows.map { row in fixed.map(\.1) + row }
    let text = lines.map { line in
      line.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(
        separator: ",")
    }
    return try folder.write("export.csv", (text.joined(separator: "\n") + "\n").utf8)
  }

  /// The values are those of the examples in the tag rules.
  @Test func `rows are summed by what their tags mean`() throws {
    let folder = TemporaryFolder()
    let path = try export(
      [
        "resourceTags/user:CostCenter", "lineItem/UnblendedCost", "resourceTags/user:Cost Centre",
        "resourceTags/user:环境", "lineItem/Operation", "resourceTags/user:Owner",
        "resourceTags/user:BU",
      ],
      [
        ["CC-1001", "1.5", "", "生产", "Put", " Li.Wei@Meridian.example", "Logistics"],
        ["", "2", "cc-1001", "生产", "Get", "li.wei@meridian.example", "物流"],
        ["CC-1001", "4", "CC-2002", "预发", "Get", "未知", ""],
        ["n/a", "8", "", "-", "Get", "", ""],
        ["B,\"7", "16", "", "blue", "Get", "", ""],
      ], in: folder)
    let ending = try summarize([path], by: "CostCenter,Environment,Owner,BusinessUnit")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      ending.text == """
        CostCenter,Environment,Owner,BusinessUnit,BillingCurrency,BilledCost,ConsumedQuantity,LineItems
        ,,,,USD,8.00,2.00,1
        "B,""7",blue,,,USD,16.00,2.00,1
        CC-1001,prod,li.wei@meridian.example,Logistics,USD,3.50,4.00,2
        CC-1001,staging,,,USD,4.00,2.00,1

        """)
  }

  /// Each dimension reads the raw tags of its own accord; they are long, and lie apart.
  @Test func `all dimensions may be asked for at once, of rows with long tags`() throws {
    let folder = TemporaryFolder()
    let names = [
      "BusinessUnit", "Owner", "Environment", "Application", "CostCenter", "Criticality",
    ]
    let header = names.flatMap { ["resourceTags/user:\($0)", "lineItem/x\($0)"] }
    let values = names.map { String(repeating: $0.last!.lowercased(), count: 500) }
    let rows = (0..<40).map { _ in values.flatMap { [$0, ""] } + ["0.25"] }
    let path = try export(header + ["lineItem/UnblendedCost"], rows, in: folder)
    let ending = try summarize([path], by: names.joined(separator: ","))
    #expect(ending.code == 0, "\(ending.error)")
    let cells = Sheet(ending.output).rows
    #expect(cells.count == 1 && cells[0]["BilledCost"] == "10.00" && cells[0]["LineItems"] == "40")
    for (name, value) in zip(names, values) {
      #expect(cells.first?[name] == (name == "CostCenter" ? value.uppercased() : value), "\(name)")
    }
  }

  private func chunks(of story: String) throws -> [String] {
    let root = repositoryRoot().appendingPathComponent("sample-data/\(story)/nights")
    return try filesBelow(root).keys.filter { $0.hasSuffix(".csv.gz") }.sorted()
      .map { root.appendingPathComponent($0).path }
  }

  @Test(arguments: ["tag-chaos", "china-focus", "clean-month"])
  func `stories are summed by tag dimensions as in Python, by any number of workers`(
    story: String
  ) throws {
    let files = Array(try chunks(of: story).prefix(3))
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ConformanceTests/Oracle/dimensions.py")
    for columns in ["CostCenter", "Environment,CostCenter"] {
      let expected = try oracle(script, [columns] + files)
      for workers in ["1", "2", "7"] {
        let ending = try summarize(files, by: columns, ["--workers", workers])
        #expect(ending.code == 0, "\(ending.error)")
        #expect(ending.text == String(decoding: expected, as: UTF8.self), "\(columns), \(workers)")
      }
    }
  }

  // MARK: Mistakes

  @Test func `tag rules are read for a tag dimension only`() throws {
    let file = try #require(try chunks(of: "china-focus").first)
    let without = try summarize([file], by: "Month", tags: "no-rules.yaml")
    #expect(without.code == 0 && without.text.contains("2026-08"), "\(without.error)")
    let with = try summarize([file], by: "Month,Owner", tags: "no-rules.yaml")
    #expect(with.code == 66 && with.text.isEmpty, "\(with.code)")
    #expect(
      with.error.contains("no-rules.yaml") && with.error.contains("No such file"), "\(with.error)")
  }

  @Test(arguments: [
    ("CostCentr", "CostCenter"), ("Enviroment", "Environment"), ("Months", "Month"),
  ])
  func `a tag dimension is among the nearest names`(wrong: String, right: String) throws {
    let file = try #require(try chunks(of: "china-focus").first)
    let ending = try summarize([file], by: wrong)
    #expect(ending.code == 64 && ending.text.isEmpty)
    #expect(
      ending.error.contains("there is no column \(wrong); did you mean \(right)?"),
      "\(ending.error)")
  }

  @Test func `an input that cannot be used ends with 65, one that is not there with 66`() throws {
    let file = try #require(try chunks(of: "china-focus").first)
    let folder = TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    let cut = try folder.write("cut.csv.gz", whole.prefix(whole.count / 2))
    let ending = try summarize([file, cut], by: "Month")
    #expect(ending.code == 65 && ending.text.isEmpty)
    #expect(ending.error.contains("cut.csv.gz"), "\(ending.error)")
    #expect(try summarize([file, cut + "x"], by: "Month").code == 66)
  }

  // MARK: Size

  /// More rows than are printed in one piece, and in one go of all threads.
  @Test func `a long summary is whole and in order, whoever writes it`() throws {
    let folder = TemporaryFolder()
    let count = 30_011
    let numbers = (0..<count).map { $0 * 7919 % count }
    let path = try export(
      ["lineItem/ResourceId", "lineItem/UnblendedCost"],
      numbers.map { ["r\($0)" + ($0 % 5 == 0 ? ",é\"" : ""), "\($0).5"] }, in: folder)
    let names = (0..<count).map { (name: "r\($0)" + ($0 % 5 == 0 ? ",é\"" : ""), number: $0) }
    let sorted = names.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let lines = sorted.map { name, number in
      let cell =
        number % 5 == 0 ? "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : name
      return "2026-05-01,\(cell),USD,\(number).50,2.00,1\n"
    }
    let expected =
      "Day,ResourceId,BillingCurrency,BilledCost,ConsumedQuantity,LineItems\n" + lines.joined()
    for workers in ["1", "2", "7"] {
      let ending = try summarize([path], by: "Day,ResourceId", ["--workers", workers])
      #expect(ending.code == 0 && ending.text == expected, "\(workers) workers: \(ending.error)")
    }
    let table = try summarize([path], by: "Day,ResourceId", ["--table", "--workers", "2"])
    let rows = table.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.first?.last == "LineItems")
    for (row, item) in zip(rows.suffix(count), sorted) {
      guard row.starts(with: ["2026-05-01", item.name]), row.contains("\(item.number).50") else {
        Issue.record("\(row) is not the row of \(item.name)")
        return
      }
    }
  }
}
