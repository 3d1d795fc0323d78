import BillingModel
import ExactNumbers
import Foundation
import Normalizing
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct TagRulesFileTests {
  private func mistakes(in text: String) -> [String] {
    let mistakes = Mistakes()
    if let root = YAMLNode.root(of: text, file: "tags.yaml", mistakes: mistakes) {
      TagRulesFile(root).runExamples()
    }
    do {
      try mistakes.throwIfAny()
      return []
    } catch {
      return error.mistakes.map(\.description)
    }
  }

  /// The rules that the repository ships.
  private static func shipped(_ mistakes: Mistakes) throws -> YAMLNode {
    let file = repositoryRoot().appendingPathComponent("pipelines/tags/cost-allocation.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try #require(YAMLNode.root(of: text, file: "cost-allocation.yaml", mistakes: mistakes))
  }

  @Test func `the shipped rules have no mistake, and their examples come out`() throws {
    let mistakes = Mistakes()
    TagRulesFile(try Self.shipped(mistakes)).runExamples()
    #expect(mistakes.found.map(\.description) == [])
  }

  @Test func `each shipped rule fires in one of its examples, and each dimension has rules`() throws
  {
    let file = TagRulesFile(try Self.shipped(Mistakes()))
    let fired = Set(file.examples.map(\.rule))
    for dimension in Dimension.allCases {
      let rules = file.rules.dimensions[dimension]?.rules ?? []
      #expect(!rules.isEmpty, "\(dimension.rawValue)")
      #expect(rules.filter { !fired.contains($0.name) }.map(\.name) == [])
    }
  }

  @Test func `all of a rules file is read`() throws {
    let mistakes = Mistakes()
    let root = try #require(
      YAMLNode.root(
        of: """
          exports: {prefixes: ["user:"], snakePrefixes: [user_], reserved: ["aws:"]}
          attachedBy: ["aws:stack", Rack]
          placeholders: [n/a, null]
          resourceNames: [Name]
          names:
            - {pattern: "*-prod", of: account, dimension: Environment, value: prod}
            - {pattern: "db-*", dimension: Owner, value: anna}
          dimensions:
            Environment:
              case: lower
              values: {prod: [prd, 生产]}
              rules:
                - {name: env, key: Environment, aliases: [Env, 环境]}
                - {name: stage, key: Stage, listedOnly: true}
          """, file: "f", mistakes: mistakes))
    var environment = DimensionRules()
    environment.letterCase = .lower
    environment.values = [.init("prod", spellings: ["prd", "生产"])]
    environment.rules = [
      TagRule(name: "env", key: "Environment", aliases: ["Env", "环境"]),
      TagRule(name: "stage", key: "Stage", listedOnly: true),
    ]
    var expected = TagRules()
    expected.keyPrefixes = ["user:"]
    expected.snakePrefixes = ["user_"]
    expected.reservedPrefixes = ["aws:"]
    expected.placeholders = ["n/a", "null"]
    expected.attachedBy = ["aws:stack", "Rack"]
    expected.resourceNames = ["Name"]
    expected.names = [
      NameRule("*-prod", of: [.account], .environment, "prod"), NameRule("db-*", .owner, "anna"),
    ]
    expected.dimensions = [.environment: environment]
    #expect(TagRulesFile.read(root) == expected)
    #expect(mistakes.found.isEmpty)
  }

  @Test func `an example that comes out otherwise is reported at its place`() {
    let text = """
      exports: {prefixes: ["user:"]}
      dimensions:
        Environment:
          values: {prod: [prd]}
          rules:
            - name: environment
              key: Environment
              aliases: [env]
              examples:
                - {tags: {"user:env": prod}, value: prod, tier: alias}
                - {tags: {"user:env": prd}, value: prd, tier: alias}
                - {tags: {"user:other": prd}, value: prod, tier: value}
                - {tags: {"user:Environment": prod}, tier: unknown}
      """
    #expect(
      mistakes(in: text) == [
        "tags.yaml:11:13: the example gives Environment \"prod\" (tier value, rule \"environment\"), "
          + "not \"prd\" (tier alias, rule \"environment\")",
        "tags.yaml:12:13: the example gives Environment unknown, "
          + "not \"prod\" (tier value, rule \"environment\")",
        "tags.yaml:13:13: the example gives Environment \"prod\" (tier tag, rule \"environment\"), "
          + "not unknown",
      ])
  }

  @Test func `an example of a name that comes out otherwise is reported at its place`() {
    let text = """
      placeholders: [none]
      dimensions: {Environment: {case: lower, values: {prod: [live]}, rules: []}}
      names:
        - pattern: "*-prod"
          of: account
          dimension: Environment
          value: Live
          examples:
            - {account: shop-prod, value: prod}
            - {account: shop-prod, value: live}
            - {resource: shop-prod, value: prod}
            - {account: shop-PROD}
            - {value: prod}
        - {pattern: "**", of: both, dimension: Env, value: none}
        - {pattern: "*", dimension: Owner, value: none}
      """
    #expect(
      mistakes(in: text) == [
        "tags.yaml:10:9: the example gives Environment \"prod\" (pattern \"*-prod\"), "
          + "not \"live\" (pattern \"*-prod\")",
        "tags.yaml:11:9: the example gives Environment unknown, "
          + "not \"prod\" (pattern \"*-prod\")",
        "tags.yaml:12:9: the example gives Environment \"prod\" (pattern \"*-prod\"), not unknown",
        "tags.yaml:13:9: the key \"account\" or \"resource\" is missing",
        "tags.yaml:13:9: the example gives Environment unknown, "
          + "not \"prod\" (pattern \"*-prod\")",
        "tags.yaml:14:42: unknown word \"Env\" (allowed: BusinessUnit, Owner, Environment, "
          + "Application, CostCenter, Criticality)",
        "tags.yaml:15:15: \"*\" fits every name",
        "tags.yaml:15:45: \"none\" is a placeholder, it can be no value",
      ])
  }

  @Test func `keys of groups and names stand once, without an export's prefix`() {
    let text = """
      exports: {prefixes: ["user:"], reserved: ["aws:"]}
      attachedBy: ["aws:stack-name", "aws:stackName", "user:Rack"]
      resourceNames: [Name, name]
      dimensions: {}
      """
    #expect(
      mistakes(in: text) == [
        "tags.yaml:2:32: the tag key \"aws:stackName\" is the same as \"aws:stack-name\" in line 2",
        "tags.yaml:2:49: leave off \"user:\": keys stand here as the tag has them",
        "tags.yaml:3:23: the tag key \"name\" is the same as \"Name\" in line 3",
      ])
  }

  @Test func `unknown words are corrected`() {
    let text = """
      dimensions:
        Enviroment:
          rules: []
        Owner:
          case: lowr
          rules:
            - {name: owner, key: Owner, aliase: [Team]}
            - {name: team, key: Team, examples: [{tags: {a: b}, tier: aliases}]}
      """
    #expect(
      mistakes(in: text) == [
        "tags.yaml:2:3: unknown key \"Enviroment\" (did you mean \"Environment\"?)",
        "tags.yaml:5:11: unknown word \"lowr\" (did you mean \"lower\"?)",
        "tags.yaml:7:35: unknown key \"aliase\" (did you mean \"aliases\"?)",
        "tags.yaml:8:65: unknown word \"aliases\" (did you mean \"alias\"?)",
      ])
  }

  @Test func `spellings that could never be used are refused`() {
    let text = """
      exports: {prefixes: ["user:"]}
      placeholders: [unknown]
      dimensions:
        Owner:
          values: {Ops: [ops, operations], Dev: [Unknown, OPS]}
          rules:
            - {name: owner, key: Owner, aliases: ["user:Boss", owner_]}
            - {name: team, key: Team, aliases: [OWNER]}
        Application:
          rules:
            - {name: team, key: Owner}
      """
    #expect(
      mistakes(in: text) == [
        "tags.yaml:5:44: \"Unknown\" is a placeholder, it can be no value",
        "tags.yaml:5:53: the value \"OPS\" is the same as \"Ops\" in line 5",
        "tags.yaml:7:45: leave off \"user:\": keys stand here as the tag has them",
        "tags.yaml:7:58: the tag key \"owner_\" is the same as \"Owner\" in line 7",
        "tags.yaml:8:43: the tag key \"OWNER\" is the same as \"Owner\" in line 7",
        "tags.yaml:11:9: the rule name \"team\" stands already in line 8",
      ])
  }

  @Test func `composed and decomposed spellings may both be listed`() {
    #expect(
      mistakes(
        in: """
          dimensions:
            Application:
              values: {cafe: ["caf\u{E9}", "cafe\u{301}"]}
              rules:
                - name: app
                  key: App
                  examples:
                    - {tags: {App: "caf\u{E9}"}, value: cafe, tier: value}
                    - {tags: {App: "cafe\u{301}"}, value: cafe, tier: value}
          """) == [])
  }
}

@Suite struct ShippedContractTests {
  @Test func `the shipped contract has no mistake and names China's two operators`() throws {
    let mistakes = Mistakes()
    let file = repositoryRoot().appendingPathComponent("pipelines/sample/contract.yaml")
    let root = try #require(
      YAMLNode.root(
        of: try String(contentsOf: file, encoding: .utf8), file: "contract.yaml",
        mistakes: mistakes))
    let contract = ContractFile.read(root)
    #expect(mistakes.found.map(\.description) == [])
    #expect(contract.payers?.map(\.currency) == ["USD", "CNY"])
    let china = (contract.taxRates ?? []).filter { $0.rate.description == "0.06" }
    #expect(
      china.map(\.legalEntity) == [
        "Beijing Sinnet Technology Co., Ltd.", "Ningxia Western Cloud Data Technology Co., Ltd.",
      ])
    for entity in contract.taxRates?.map(\.legalEntity) ?? [] {
      #expect(contract.legalEntities?.contains(entity) == true, "\(entity)")
      #expect(contract.invoiceIssuers?.contains(entity) == true, "\(entity)")
    }
  }
}
