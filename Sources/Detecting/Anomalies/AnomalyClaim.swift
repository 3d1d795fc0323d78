import BillingModel
import ExactNumbers

/// Puts an event into words.
struct AnomalyClaim {
  private let event: AnomalyEvent
  private let series: DailySeries.Key
  private let settings: AnomalySettings

  init(_ event: AnomalyEvent, _ series: DailySeries.Key, _ settings: AnomalySettings) {
    self.event = event
    self.series = series
    self.settings = settings
  }

  func claim() throws(AmountOverflow) -> Claim {
    let impact = try MicroSeries.amount(event.actual - event.expected)
    return Claim(
      kind: .anomaly, impact: impact, actual: "\(try MicroSeries.amount(event.actual))",
      expected: "\(try MicroSeries.amount(event.expected))",
      explanation: "\(try explanation(impact))", recommendation: "\(recommendation)",
      confidence: .score(event.score))
  }

  private func money(_ micros: Int128) throws(AmountOverflow) -> String {
    Phrase.money(try MicroSeries.amount(micros), series.currency)
  }

  private func explanation(_ impact: Amount) throws(AmountOverflow) -> String {
    let peak = event.peak
    let length = event.days.count
    let rest =
      length == 1
      ? ""
      : "; \(length) days to \(event.last) come to \(Phrase.money(impact.magnitude, series.currency))"
        + " \(event.kind == .spike ? "more" : "less") than expected"
    let sustained =
      peak.ratio < RobustStatistics.million
      ? ", the third day in a row more than half way out of that band" : ""
    let accepted = event.isAccepted ? ", and the new level is taken for normal from then on" : ""
    return "\(series.serviceName) of account \(series.subAccountID) cost \(try money(peak.actual)) "
      + "on \(peak.day), where \(try money(peak.expected)) was expected (between "
      + "\(try money(peak.expected - peak.band)) and \(try money(peak.expected + peak.band)))"
      + "\(sustained)\(rest)\(accepted)."
  }

  private var recommendation: String {
    switch event.kind {
    case .spike:
      "Ask the owner what was started on \(event.onset), and stop what is not wanted."
    case .drop:
      "Ask the owner whether something stopped on \(event.onset) that should run, or whether the "
        + "saving was planned."
    }
  }
}
