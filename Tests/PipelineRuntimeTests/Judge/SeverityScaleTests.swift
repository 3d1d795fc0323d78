import BillingModel
import ExactNumbers
import Testing

@testable import PipelineRuntime

@Suite struct SeverityScaleTests {
  private func finding(
    _ amount: String, confidence: String = "1", _ currency: CurrencyCode = "USD",
    least: Severity = .info
  ) throws -> Finding {
    let period = try #require(BillingPeriod("2026-04"))
    var finding = Finding(
      key: FindingKey(rule: "R", billingAccountID: "1", billingPeriod: period, currency: currency),
      kind: .errorCandidate, amountAtStake: try Amount(parsing: amount), impact: .zero, actual: "",
      expected: "", explanation: Words("", zh: ""), recommendation: Words("", zh: ""),
      confidence: try Amount(parsing: confidence), lineCount: 1)
    finding.leastSeverity = least
    return finding
  }

  @Test(arguments: [
    ("10000", Severity.critical), ("9999.99", .high), ("1000", .high), ("999.99", .medium),
    ("100", .medium), ("99.99", .low), ("1", .low), ("0.99", .info), ("0", .info),
  ])
  func `the amount at stake decides, by bands`(_ amount: String, _ severity: Severity) throws {
    #expect(try Definition.Detect().severity(of: finding(amount)) == severity)
  }

  @Test func `confidence weighs the amount`() throws {
    #expect(try Definition.Detect().severity(of: finding("1500", confidence: "0.5")) == .medium)
  }

  @Test func `a currency may have bands of its own`() throws {
    var detect = Definition.Detect()
    detect.severityByCurrency["CNY"] = Definition.Detect.SeverityBands(
      critical: try Amount(70000), high: try Amount(7000), medium: try Amount(700),
      low: try Amount(7))
    #expect(try detect.severity(of: finding("1000", confidence: "1", "CNY")) == .medium)
    #expect(try detect.severity(of: finding("1000")) == .high)
  }

  @Test func `a rule may ask for a least severity`() throws {
    #expect(try Definition.Detect().severity(of: finding("0", least: .medium)) == .medium)
    #expect(try Definition.Detect().severity(of: finding("5000", least: .medium)) == .high)
  }
}
