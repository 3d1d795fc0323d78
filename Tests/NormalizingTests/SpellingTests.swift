import BillingModel
import Testing

@testable import Normalizing

@Suite struct SpellingTests {
  @Test(arguments: [
    "CostCenter", "costcenter", "COST_CENTER", "cost-center", "Cost Center", "cost.center",
    "ＣｏｓｔＣｅｎｔｅｒ", "cost＿center", "cost　center", "cost/center", "cost：center",
  ])
  func `one key in many spellings folds to one`(_ key: String) {
    #expect(Spelling.foldedKey(key) == "costcenter")
  }

  @Test func `Chinese keys fold only in width and separators`() {
    #expect(Spelling.foldedKey("成本 中心") == "成本中心")
    #expect(Spelling.foldedKey("成本中心（元）") == "成本中心(元)")
    #expect(Spelling.foldedKey("成本中心") != Spelling.foldedKey("成本中央"))
  }

  @Test func `values fold in case, width and outer space, and in nothing else`() {
    #expect(Spelling.foldedValue(" ＰＲＯＤ　") == "prod")
    #expect(Spelling.foldedValue("\u{FEFF}Prod\u{200B}\u{A0}") == "prod")
    #expect(Spelling.foldedValue("pre-prod") != Spelling.foldedValue("preprod"))
    #expect(Spelling.foldedValue("a b") == "a b")
  }

  @Test func `a tidied value keeps its case`() {
    #expect(Spelling.tidy("　Ｔｅａｍ－Ａ ") == "Team-A")
    #expect(Spelling.tidy("！Ａ～") == "!A~")
    #expect(Spelling.tidy("\t ") == "")
  }

  @Test func `composed and decomposed characters stay two`() {
    #expect(Spelling.foldedKey("caf\u{E9}") != Spelling.foldedKey("cafe\u{301}"))
    #expect(Spelling.foldedValue("caf\u{E9}") != Spelling.foldedValue("cafe\u{301}"))
  }

  @Test func `case follows Unicode's table, in no locale`() {
    #expect(Spelling.foldedValue("ÄÖÜ") == "äöü")
    #expect(Spelling.foldedValue("TITLE") == "title")
  }
}
