import BillingModel
import ExactNumbers
import Reconciling
import Testing

@testable import PipelineRuntime

@Suite struct YAMLNodeTests {
  /// All mistakes of a pipeline text, as they are printed.
  private func mistakes(in text: String) -> [String] {
    let mistakes = Mistakes()
    if let root = YAMLNode.root(of: text, file: "nightly.yaml", mistakes: mistakes) {
      _ = PipelineFile.read(root)
    }
    do {
      try mistakes.throwIfAny()
      return []
    } catch {
      return error.mistakes.map(\.description)
    }
  }

  @Test func `an unknown key names its place and the nearest right word`() {
    let text = """
      name: nightly
      claim:
        inbox: drop
        ingore: ["*.sql"]
      """
    #expect(
      mistakes(in: text) == [
        "nightly.yaml:4:3: unknown key \"ingore\" (did you mean \"ignore\"?)"
      ])
  }

  @Test func `a key that is like no other lists what is allowed`() {
    #expect(
      mistakes(in: "name: n\nreport:\n  colour: blue\n") == [
        "nightly.yaml:3:3: unknown key \"colour\" (allowed: bom, retention, tagDebt)"
      ])
  }

  @Test func `an unknown word is corrected`() {
    #expect(
      mistakes(in: "name: n\nclaim:\n  inbox: miror\n") == [
        "nightly.yaml:3:10: unknown word \"miror\" (did you mean \"mirror\"?)"
      ])
  }

  @Test func `a language that is not spoken lists those that are, and without one it is English`() {
    #expect(
      mistakes(in: "name: n\nlanguage: fr\n") == [
        "nightly.yaml:2:11: unknown word \"fr\" (allowed: en, zh)"
      ])
    #expect(Definition(name: "n").language == .english)
  }

  @Test func `all mistakes of a file come out at once, in the order of the text`() {
    let text = """
      claim:
        settle: soon
      ingest:
        exports:
          prefer: [CUR 2.0, CUR 1.0]
      report:
        bom: perhaps
      reconcile:
        tolerance:
          cap: 1,00
      asOf: 2026-02-30
      """
    #expect(
      mistakes(in: text) == [
        "nightly.yaml:1:1: the key \"name\" is missing",
        "nightly.yaml:2:11: expected a whole number from 0 to 3600, not \"soon\"",
        "nightly.yaml:5:23: unknown word \"CUR 1.0\" (did you mean \"CUR 2.0\"?)",
        "nightly.yaml:7:8: expected true or false, not \"perhaps\"",
        "nightly.yaml:10:10: expected a decimal number, not \"1,00\"",
        "nightly.yaml:11:7: expected a day as YYYY-MM-DD, not \"2026-02-30\"",
      ])
  }

  @Test func `a wrong type is named`() {
    #expect(
      mistakes(in: "name: [a]\nclaim: drop\n") == [
        "nightly.yaml:1:7: expected a text, this is a list",
        "nightly.yaml:2:8: expected a mapping, this is a text",
      ])
  }

  @Test func `a YAML syntax error has a place`() {
    let found = mistakes(in: "name: n\nclaim: {inbox: drop\n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("nightly.yaml:3:1: YAML syntax:"))
  }

  @Test func `an empty file is a mistake`() {
    #expect(mistakes(in: "") == ["nightly.yaml:1:1: the file is empty"])
  }

  @Test func `the keys of the stages are read`() throws {
    let mistakes = Mistakes()
    let root = try #require(
      YAMLNode.root(
        of: """
          name: close
          language: zh
          asOf: 2026-05-06
          claim: {inbox: mirror, settle: 7, ignore: ["*.sql"]}
          ingest: {exports: {prefer: [FOCUS 1.2]}, dialects: d}
          reconcile: {tolerance: {cap: 2.50, currencies: {JPY: {floor: 1}}}, invoices: {expectedBy: 12}}
          detect: {without: [RateAbovePublic], backfill: {report: true}}
          report: {bom: false, retention: 3}
          """, file: "f", mistakes: mistakes))
    let (definition, references) = PipelineFile.read(root)
    try mistakes.throwIfAny()
    #expect(definition.name == "close" && definition.language == .chinese)
    #expect(definition.asOf == Day("2026-05-06"))
    #expect(definition.claim.inbox == .mirror)
    #expect(definition.claim.settleSeconds == 7)
    #expect(definition.claim.ignore == ["*.sql"])
    #expect(definition.ingest.prefer == [.focus12, .cur2, .legacy, .focus10])
    #expect(references.dialects?.scalarText == "d")
    #expect(definition.reconcile.tolerance.cap == (try Amount(parsing: "2.5")))
    #expect(definition.reconcile.tolerance.floor == (try Amount(parsing: "0.01")))
    #expect(definition.reconcile.toleranceByCurrency["JPY"]?.floor == .one)
    #expect(definition.reconcile.toleranceByCurrency["JPY"]?.cap == (try Amount(parsing: "2.5")))
    #expect(definition.reconcile.invoicesExpectedBy == 12)
    #expect(definition.detect.without == ["RateAbovePublic"])
    #expect(definition.detect.reportsBackfill)
    #expect(!definition.report.byteOrderMark)
    #expect(definition.report.retention == 3)
  }

  @Test func `what cannot be meant is a mistake`() {
    let text = """
      name: n
      reconcile:
        tolerance: {floor: 2, cap: 1, currencies: {yuan: {cap: 1}}}
      detect:
        severity: {critical: 10, high: 100}
      """
    #expect(
      mistakes(in: text) == [
        "nightly.yaml:3:30: the floor 2.00 is above the cap 1.00",
        "nightly.yaml:3:46: expected an ISO 4217 code such as USD, not \"yuan\"",
        "nightly.yaml:5:24: the bands must not fall: low, medium, high, critical are "
          + "1.00, 100.00, 100.00, 10.00",
      ])
  }

  @Test func `a payer and a seller stand once in a contract`() {
    let mistakes = Mistakes()
    let text = """
      payers:
        - {account: "111111111111", currency: USD}
        - {account: "111111111111", currency: CNY}
        - {account: "42", currency: USD}
      taxRates:
        - {legalEntity: A, rate: 0.06}
        - {legalEntity: A, productCode: P, rate: 0.13}
        - {legalEntity: A, rate: 0.13}
      """
    if let root = YAMLNode.root(of: text, file: "contract.yaml", mistakes: mistakes) {
      _ = ContractFile.read(root)
    }
    #expect(
      mistakes.found.map(\.description) == [
        "contract.yaml:3:5: an entry above is for the same",
        "contract.yaml:4:15: an account id has 12 digits, not \"42\"",
        "contract.yaml:8:5: an entry above is for the same",
      ])
  }

  @Test func `a tax rate in per cent is refused`() {
    let mistakes = Mistakes()
    let text = "taxRates:\n  - {legalEntity: A, rate: 6}\n  - {legalEntity: B}\n"
    if let root = YAMLNode.root(of: text, file: "contract.yaml", mistakes: mistakes) {
      let contract = ContractFile.read(root)
      #expect(contract.payers == nil)
    }
    #expect(
      mistakes.found.map(\.description) == [
        "contract.yaml:2:28: expected a fraction from 0 to 1, such as 0.06 for 6 %",
        "contract.yaml:3:5: the key \"rate\" is missing",
      ])
  }
}

@Suite struct NearestWordTests {
  @Test(arguments: [
    ("ingore", "ignore"), ("dialect", "dialects"), ("Tolerance", "tolerance"),
    ("retension", "retention"),
  ])
  func `a slip of the finger finds its word`(_ typed: String, _ meant: String) {
    #expect(
      NearestWord.to(typed, among: ["ignore", "dialects", "tolerance", "retention"]) == meant)
  }

  @Test func `nothing near is no suggestion`() {
    #expect(NearestWord.to("zebra", among: ["ignore", "inbox"]) == nil)
  }
}
