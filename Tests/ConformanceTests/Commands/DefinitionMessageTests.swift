import Foundation
import TestSupport
import Testing

/// What `check` says of a mistake in a definition: its place, what is wrong, and the word that was meant.
@Suite struct DefinitionMessageTests {
  /// One mistake: a text of a file replaced by another.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let file: String
    let good: String
    let bad: String
    /// Where the message points: at this text, from the mistake on.
    let at: String
    let message: String
    var testDescription: String { "\(file): \(bad)" }

    init(_ file: String, _ good: String, _ bad: String, at: String? = nil, _ message: String) {
      self.file = file
      self.good = good
      self.bad = bad
      self.at = at ?? bad
      self.message = message
    }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "nightly.yaml", "reconcile:\n", "reconcil:\n",
      "unknown key \"reconcil\" (did you mean \"reconcile\"?)"),
    Mistake(
      "nightly.yaml", "inbox: drop", "inbox: dorp", at: "dorp",
      "(did you mean \"drop\"?)"),
    Mistake(
      "nightly.yaml", "prefer: [CUR 2.0, CUR legacy", "prefer: [CUR 2.0, CUR legcy",
      at: "CUR legcy", "(did you mean \"CUR legacy\"?)"),
    Mistake("nightly.yaml", "language: en", "language: zn", at: "zn", "(did you mean \"en\"?)"),
    Mistake("nightly.yaml", "settle: 2 ", "settle: two ", at: "two", "two"),
    Mistake("nightly.yaml", "expectedBy: 10", "expectedBy: 31", at: "31", "1 to 28"),
    Mistake("nightly.yaml", "cap: 1.00", "cap: 1,00", at: "1,00", "1,00"),
    Mistake("nightly.yaml", "bom: true", "bom: yes please", at: "yes please", "true or false"),
    Mistake(
      "nightly.yaml", "without: []", "without: [TaxRateWorng]", at: "TaxRateWorng",
      "(did you mean \"TaxRateWrong\"?)"),
    Mistake(
      "nightly.yaml", "tags: tags/cost-allocation.yaml", "tags: tags/cost-alocation.yaml",
      at: "tags/cost-alocation.yaml", "is not there"),
    Mistake(
      "month-close.yaml", "unexplained: 0.00", "unexplained: -0.01", at: "-0.01",
      "an amount of 0 or more, not -0.01"),
    Mistake("nightly.yaml", "inbox: drop", "inbox: [drop", at: "settle", "YAML syntax"),
    Mistake(
      "sample/contract.yaml", "currency: CNY", "currency: yuan", at: "yuan",
      "expected an ISO 4217 code such as USD, not \"yuan\""),
    Mistake(
      "sample/contract.yaml", "currency: CNY", "currency: RMB", at: "RMB",
      "the ISO 4217 code of the renminbi is CNY"),
    Mistake(
      "nightly.yaml", "dialects: dialects", "dialects: calendars", at: "calendars",
      "holds no dialect table"),
    Mistake(
      "sample/contract.yaml", "rate: 0.20", "rate: 20", at: "20}",
      "expected a fraction from 0 to 1, such as 0.06 for 6 %"),
    Mistake(
      "sample/contract.yaml", "\ntaxRates:", "\ntaxRate:", at: "taxRate",
      "unknown key \"taxRate\" (did you mean \"taxRates\"?)"),
    Mistake(
      "sample/accounts.csv", "CostCenter", "CostCentre",
      "unknown column \"CostCentre\" (did you mean \"CostCenter\"?)"),
    Mistake(
      "sample/accounts.csv", "\n100000000001,", "\n0000001,", at: "0000001",
      "an account id has 12 digits, not \"0000001\""),
    Mistake(
      "dialects/ubl.yaml", "\nroots:", "\nroot:", at: "root",
      "unknown key \"root\" (did you mean \"roots\"?)"),
    Mistake(
      "dialects/ubl.yaml", "  number: cbc:ID", "  numbr: cbc:ID", at: "numbr",
      "(did you mean \"number\"?)"),
    Mistake(
      "tags/cost-allocation.yaml", "\nplaceholders:", "\nplacholders:", at: "placholders",
      "unknown key \"placholders\" (did you mean \"placeholders\"?)"),
    Mistake(
      "tags/cost-allocation.yaml", "  CostCenter:\n", "  CostCentre:\n", at: "CostCentre",
      "(did you mean \"CostCenter\"?)"),
    Mistake(
      "tags/cost-allocation.yaml", "{tags: {\"user:BusinessUnit\": Retail}, value: Retail",
      "{tags: {\"user:BusinessUnit\": Retail}, value: Retial", at: "{tags",
      "the example gives BusinessUnit \"Retail\" (tier tag"),
  ]

  /// The pipelines of the repository with one mistake, and what `check` says of them.
  private func check(_ mistake: Mistake) throws -> (Program.Ending, text: String, path: String) {
    let folder = TemporaryFolder()
    for (name, bytes) in try filesBelow(repositoryRoot().appendingPathComponent("pipelines")) {
      try folder.write(name, bytes)
    }
    let path = folder.url.appendingPathComponent(mistake.file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let range = try #require(text.range(of: mistake.good), "\(mistake.good)")
    let changed = text.replacingCharacters(in: range, with: mistake.bad)
    try Data(changed.utf8).write(to: path)
    // The nightly batch has no accounts and no contract before a company enters its own.
    let pipeline = mistake.file.contains("/") ? "sample.yaml" : mistake.file
    let ending = try Program.run(["check", folder.url.appendingPathComponent(pipeline).path])
    return (ending, changed, path.path)
  }

  @Test(arguments: mistakes)
  func `a mistake is named by file, line and column`(_ mistake: Mistake) throws {
    let (ending, text, path) = try check(mistake)
    #expect(ending.code == 78)
    let place = try #require(text.range(of: mistake.bad))
    let start = try #require(text.range(of: mistake.at, range: place.lowerBound..<text.endIndex))
    let before = text[..<start.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    let column = (before.last?.unicodeScalars.count ?? 0) + 1
    let lines = ending.error.split(separator: "\n").filter { $0.contains(mistake.message) }
    #expect(
      lines.contains { $0.contains("\(path):\(before.count):\(column): ") }, "\(ending.error)")
  }

  @Test(arguments: ["nightly.yaml", "month-close.yaml", "sample.yaml"])
  func `the pipelines of the repository are good`(_ name: String) throws {
    let ending = try Program.run(["check", DataRoot.pipeline(name)])
    #expect(ending.code == 0 && ending.text.contains("good"), "\(ending.error)")
  }

  @Test func `all mistakes come out at once, in the order of the text`() throws {
    let folder = TemporaryFolder()
    let text = "name: x\nclaim:\n  inbx: drop\n  settle: -1\nreport:\n  bomb: true\n"
    let path = try folder.write("p.yaml", Array(text.utf8))
    let ending = try Program.run(["check", path])
    let lines = ending.error.split(separator: "\n")
    #expect(lines.count == 3, "\(ending.error)")
    #expect(
      zip(lines, ["p.yaml:3:3: ", "p.yaml:4:11: ", "p.yaml:6:3: "]).allSatisfy { $0.contains($1) })
  }

  @Test func `a run with a mistake in its definition does nothing and ends with 78`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("p.yaml", Array("name: x\nclaims: {}\n".utf8))
    let root = try DataRoot(definition: path)
    try root.drop("invoice-before-charges", "2026-08-03")
    let before = try root.inputs()
    #expect(try root.run(asOf: "2026-08-03").code == 78)
    #expect(try root.inputs() == before)
  }
}
