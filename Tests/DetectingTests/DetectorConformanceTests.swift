import BillingModel
import ExactNumbers
import Foundation
import TestSupport
import Testing

@testable import Detecting

/// What every rule must keep, whoever writes it.
@Suite struct DetectorConformanceTests {
  @Test func `the folder of rules and the catalog hold the same names`() throws {
    let folder = repositoryRoot().appendingPathComponent("Sources/Detecting/Rules")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { RuleID(Text($0.dropLast(6))) }
    #expect(files.sorted() == DetectorCatalog.ids)
  }

  @Test(arguments: DetectorCatalog.all.indices)
  func `a rule is named like its type`(_ index: Int) {
    let type = type(of: DetectorCatalog.all[index])
    #expect("\(type)" == type.id.description)
  }

  @Test(arguments: DetectorCatalog.all.indices)
  func `a rule has at most one screen, in its own name`(_ index: Int) {
    let detector = DetectorCatalog.all[index]
    #expect(detector.screens.count <= 1)
    #expect(detector.screens.allSatisfy { $0.rule == type(of: detector).id })
  }

  @Test(arguments: DetectorCatalog.all.indices)
  func `a rule groups findings by business keys only`(_ index: Int) {
    let stable: Set<Field> = [
      .subAccountID, .serviceName, .usageType, .operation, .resourceID, .skuID, .savingsPlanARN,
      .lineItemType, .pricingCurrency, .reservationARN, .regionID,
      // Folded again by the rules that ask for them.
      .productCode, .chargeDescription, .invoiceID,
    ]
    for screen in DetectorCatalog.all[index].screens {
      #expect(stable.isSuperset(of: screen.keyedBy))
    }
  }

  @Test(arguments: DetectorCatalog.all.indices)
  func `a rule finds nothing where there is nothing`(_ index: Int) throws {
    let judgement = try DetectorCatalog.all[index].judge(facts(booked: []))
    #expect(judgement.findings.isEmpty && judgement.candidates.isEmpty)
  }

  @Test func `a clean month has no finding, and no rule is unchecked`() throws {
    let judgement = try DetectorCatalog.judge(cleanFacts())
    #expect(judgement.findings.map(\.explanation.english) == [])
    #expect(judgement.unchecked == [])
    #expect(judgement.unjudged == [])
  }

  @Test(arguments: DetectorCatalog.ids)
  func `a rule finds its own planted case once`(_ id: RuleID) throws {
    let planted = try #require(try plantedFacts()[id], "no case is planted for \(id)")
    let found = try DetectorCatalog.judge(planted).findings.filter { $0.key.rule == id }
    #expect(found.count == 1)
  }

  @Test(arguments: DetectorCatalog.ids)
  func `a planted case trips no other rule`(_ id: RuleID) throws {
    let planted = try #require(try plantedFacts()[id])
    let rules = Set(try DetectorCatalog.judge(planted).findings.map(\.key.rule))
    #expect(rules == [id])
  }

  @Test(arguments: DetectorCatalog.ids)
  func `a finding explains itself and its key holds no amount, id or place`(_ id: RuleID) throws {
    let planted = try #require(try plantedFacts()[id])
    for finding in try DetectorCatalog.judge(planted).findings {
      #expect(!finding.amountAtStake.isNegative)
      #expect(finding.confidence > .zero && finding.confidence <= .one)
      for words in [finding.explanation, finding.recommendation] {
        #expect(words.english.string.first?.isLowercase == false)
      }
      #expect(!finding.actual.isEmpty && !finding.expected.isEmpty)
      for part in finding.key.parts {
        let amount = finding.amountAtStake
        #expect(amount.isZero || !part.string.contains(amount.description))
        #expect(!part.string.contains("line-") && part != "x")
      }
    }
  }

  @Test(arguments: DetectorCatalog.ids)
  func `a finding says one sentence each in English and in Chinese, with the same figures`(
    _ id: RuleID
  ) throws {
    let planted = try #require(try plantedFacts()[id])
    let judgement = try DetectorCatalog.judge(planted)
    let said = (judgement.findings + judgement.candidates).filter { $0.key.rule == id }
    #expect(!said.isEmpty)
    for finding in said { expectSameFacts(finding) }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `the order of the facts does not matter`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for (_, planted) in try plantedFacts() {
      let expected = try DetectorCatalog.judge(planted)
      let shuffled = try DetectorCatalog.judge(
        shuffle(planted, &generator), detectors: DetectorCatalog.all.shuffled(using: &generator))
      #expect(shuffled == expected, "seed \(seed)")
    }
  }

  private func shuffle(
    _ facts: PeriodFacts, _ generator: inout SeededGenerator
  ) -> PeriodFacts {
    var result = facts
    for index in result.bookings.indices {
      result.bookings[index].contents.charges.shuffle(using: &generator)
      result.bookings[index].contents.suspects.shuffle(using: &generator)
      result.bookings[index].contents.rejects.shuffle(using: &generator)
      result.bookings[index].contents.unchecked.shuffle(using: &generator)
    }
    result.bookings.shuffle(using: &generator)
    result.invoices.shuffle(using: &generator)
    result.reconciliation.matches.shuffle(using: &generator)
    result.history.shuffle(using: &generator)
    return result
  }

  @Test(arguments: DetectorCatalog.ids)
  func `nothing is said of a day on which nothing happened`(_ id: RuleID) throws {
    let planted = try #require(try plantedFacts()[id])
    let today = try DetectorCatalog.judge(planted)
    let tomorrow = try DetectorCatalog.judge(
      planted.with { $0.asOf = RunDay(planted.asOf.day.advanced(by: 1)) })
    #expect(tomorrow == today)
  }

  @Test(arguments: [.focus10, .focus12] as [ExportFormat])
  func `a format that lacks a rule's line item type is one reason`(_ format: ExportFormat) throws {
    let month = facts(
      booked: [try booking(cleanRows, without: [.savingsPlanARN, .timeInterval], format: format)])
    for rule in [SavingsPlanNegationMismatch.id, ReservedUsageCharged.id] {
      let reasons = try DetectorCatalog.judge(month).unchecked.filter { $0.rule == rule }
        .map(\.reason.string)
      #expect(reasons.count == 1)
      #expect(reasons.allSatisfy { $0.contains("\(format.rawValue) has no line item type") })
    }
  }

  @Test func `a rule that is switched off says so`() throws {
    let planted = try #require(try plantedFacts()["TotalOff"])
    let judgement = try DetectorCatalog.judge(planted, without: ["TotalOff"])
    #expect(judgement.findings.isEmpty)
    #expect(judgement.unchecked.map(\.rule) == ["TotalOff"])
  }

  @Test func `a rule whose columns are missing is unchecked`() throws {
    for detector in DetectorCatalog.all {
      for screen in detector.screens {
        let needed = ScreenModel(screen: screen, file: "").needed
        for field in needed.subtracting([.unblendedCost, .lineItemType, .billingCurrency]) {
          let judgement = try detector.judge(facts(cleanRows, without: [field]))
          #expect(
            judgement.unchecked.contains { $0.reason.string.contains(field.rawValue) },
            "\(screen.rule) without \(field)")
        }
      }
    }
  }

  /// The planted repetition, with tags in its rows of evidence.
  private func repeated(_ tagged: (inout SuspectGroup) -> Void) throws -> Finding {
    var planted = try #require(try plantedFacts()["RepeatedUsage"])
    for index in planted.bookings[0].contents.suspects.indices {
      tagged(&planted.bookings[0].contents.suspects[index])
    }
    return try #require(try RepeatedUsage().onlyFinding(planted))
  }

  @Test func `a finding carries the tags of its rows, each set once`() throws {
    let tags = ["bo", "ann"].map { TagSet([BillingModel.Tag("user_owner", $0)]) }
    let found = try repeated { group in
      for row in group.first.indices { group.first[row].tags = tags[row % 2] }
    }
    #expect(found.lineCount == 2 && found.tagSets == [tags[1], tags[0]])
    let same = try repeated { group in
      for row in group.first.indices { group.first[row].tags = tags[0] }
    }
    #expect(same.tagSets == [tags[0]])
  }

  @Test func `tags are not known where one row lacks them or is no evidence`() throws {
    let tags = TagSet([BillingModel.Tag("user_owner", "ann")])
    #expect(try repeated { $0.first[0].tags = tags }.tagSets == [])
    let cut = try repeated { group in
      for row in group.first.indices { group.first[row].tags = tags }
      group.rows += 1
    }
    #expect(cut.tagSets == [])
  }

  @Test(arguments: DetectorCatalog.all.indices)
  func `every screen asks for what evidence carries`(_ index: Int) {
    for screen in DetectorCatalog.all[index].screens {
      #expect(Set(screen.captures).isSuperset(of: Field.evidence))
      #expect(screen.captures.contains(.tags))
    }
  }

  @Test func `suspects of an older form of a rule are not read`() throws {
    var planted = try #require(try plantedFacts()["RateAbovePublic"])
    for index in planted.bookings[0].contents.suspects.indices {
      planted.bookings[0].contents.suspects[index].measures = []
    }
    let judgement = try RateAbovePublic().judge(planted)
    #expect(judgement.findings.isEmpty)
    #expect(judgement.unchecked.count == 1)
  }
}
