import BillingModel
import TestSupport
import Testing

@testable import Detecting

extension Detector {
  /// The judgement, after a look at whether its findings say the same in both languages.
  func judged(
    _ facts: PeriodFacts, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Judgement {
    let judgement = try judge(facts)
    for finding in judgement.findings + judgement.candidates {
      expectSameFacts(finding, sourceLocation)
    }
    return judgement
  }
}

/// Records what the languages of a finding do not have in common.
func expectSameFacts(_ finding: Finding, _ sourceLocation: SourceLocation = #_sourceLocation) {
  let key = finding.key
  let names = [
    key.billingAccountID, key.subAccountID, key.serviceName, key.usageType, key.operation,
    key.resourceID, key.invoiceID, finding.regionID,
  ]
  for words in [finding.explanation, finding.recommendation] {
    let pair = SentencePair(
      words.english.string, words.chinese.string,
      names: names.map(\.string).filter { !$0.isEmpty })
    for fault in pair.faults {
      Issue.record(
        "\(key.rule): \(fault)\n\(pair.english)\n\(pair.chinese)", sourceLocation: sourceLocation)
    }
  }
}
