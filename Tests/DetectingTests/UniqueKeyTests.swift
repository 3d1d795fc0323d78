import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Whatever rules do, a judgement names each finding once.
@Suite struct UniqueKeyTests {
  /// A rule that forgot to tell its findings apart.
  private struct Careless: Detector {
    static let id: RuleID = "Careless"
    var stakes: [Amount]
    /// The owner that the rows of each finding name, if their tags are known.
    var owners: [Text?] = []

    func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
      var judgement = Judgement()
      for (index, stake) in stakes.enumerated() {
        var finding = Claim(
          impact: -stake, actual: "\(stake)", expected: "0.00",
          explanation: Words("Off by \(stake).", zh: "相差 \(stake)。"),
          recommendation: Words("Look.", zh: "请查看。"), confidence: .likely
        )
        .finding(Self.key("1", facts.billingPeriod, "USD"), lines: index + 1)
        if index < owners.count, let owner = owners[index] {
          finding.tagSets = [TagSet([BillingModel.Tag("Owner", owner)])]
        }
        finding.evidence = [Place(file: "f", record: 9 - index)]
        judgement.findings.append(finding)
        judgement.candidates.append(finding)
      }
      return judgement
    }
  }

  private func judged(_ stakes: [Amount]) throws -> Judgement {
    try DetectorCatalog.judge(facts(booked: []), detectors: [Careless(stakes: stakes)])
  }

  @Test func `findings of one key become one that holds the money and the words of all`() throws {
    let found = try judged(["2.00", "5.00"])
    #expect(found.findings.count == 1 && found.candidates.count == 1)
    let finding = try #require(found.findings.first)
    #expect(finding.amountAtStake == "7.00" && finding.impact == "-7.00")
    #expect(finding.lineCount == 3 && finding.actual == "5.00; 2.00")
    #expect(finding.explanation == Words("Off by 5.00. Off by 2.00.", zh: "相差 5.00。相差 2.00。"))
    #expect(finding.recommendation == Words("Look.", zh: "请查看。"))
    #expect(finding.evidence.map(\.record) == [8, 9])
  }

  @Test func `the tags of a united finding are those of all, if all are known`() throws {
    func owners(_ owners: Text?...) throws -> [Text]? {
      let careless = Careless(stakes: ["2.00", "5.00"], owners: owners)
      return try DetectorCatalog.judge(facts(booked: []), detectors: [careless]).findings.first?
        .tagSets.flatMap(\.tags).map(\.value)
    }
    #expect(try owners("bo", "ann") == ["ann", "bo"])
    #expect(try owners("ann", "ann") == ["ann"])
    #expect(try owners(nil, "ann") == [])
  }

  @Test func `the order in which they were found does not show`() throws {
    // Each amount goes with one number of lines, so only the sums are compared.
    let (first, second) = (try judged(["2.00", "5.00"]), try judged(["5.00", "2.00"]))
    #expect(first.findings.map(\.explanation) == second.findings.map(\.explanation))
    #expect(first.findings.map(\.amountAtStake) == second.findings.map(\.amountAtStake))
  }

  @Test(arguments: DetectorCatalog.ids)
  func `no rule gives one key twice, though every fact came twice`(_ id: RuleID) throws {
    let planted = try #require(try plantedFacts()[id])
    let twice = planted.with { facts in
      facts.reconciliation.matches += facts.reconciliation.matches
      facts.reconciliation.issuersWithoutInvoices += facts.reconciliation.issuersWithoutInvoices
      facts.bookings += facts.bookings
      facts.shadows += facts.shadows
      facts.history += facts.history
    }
    let keys = try DetectorCatalog.judge(twice).findings.map(\.key)
    #expect(!keys.isEmpty && Set(keys).count == keys.count)
  }
}
