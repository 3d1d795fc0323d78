import BillingModel
import ExactNumbers

/// Puts an incident into words.
struct AnomalyClaim {
  private let incident: AnomalyIncident
  private let figures: AnomalyFigures
  private let currency: CurrencyCode
  private let actual: Amount
  private let expected: Amount

  /// Actual and expected are of all days of the event.
  init(
    _ incident: AnomalyIncident, _ figures: AnomalyFigures, actual: Amount, expected: Amount,
    _ currency: CurrencyCode
  ) {
    self.incident = incident
    self.figures = figures
    self.actual = actual
    self.expected = expected
    self.currency = currency
  }

  func claim() throws(AmountOverflow) -> Claim {
    let impact = try actual - expected
    return Claim(
      kind: .anomaly, impact: impact, actual: "\(actual)", expected: "\(expected)",
      explanation: explanation(impact), recommendation: recommendation,
      confidence: .score(Int128(incident.score)))
  }

  private func money(_ amount: Amount) -> String { Phrase.money(amount, currency) }

  // MARK: Explanation

  private func explanation(_ impact: Amount) -> Words {
    let scope = incident.scope.phrase
    let days = figures.daysSinceStart
    let isUp = incident.direction == .up
    var words = Words(
      "\(scope.english) cost \(money(figures.actual)) on \(figures.peakDay), where "
        + "\(money(figures.expected)) was expected (between \(money(figures.low)) and "
        + "\(money(figures.high)))",
      zh: "\(scope.chinese)在 \(figures.peakDay) 的费用为 \(money(figures.actual))，预期为 "
        + "\(money(figures.expected))（区间 \(money(figures.low)) 至 \(money(figures.high))）")
    words = words + shape
    if days > 1 {
      words =
        words
        + Words(
          "; \(days) days to \(figures.lastDay) come to \(money(impact.magnitude)) "
            + "\(isUp ? "more" : "less") than expected",
          zh: "；截至 \(figures.lastDay) 共 \(days) 天，比预期\(isUp ? "多" : "少") "
            + "\(money(impact.magnitude))")
    }
    return words + accepted + effects + risk + offset + Words(".", zh: "。")
  }

  private var accepted: Words {
    guard incident.event.isAccepted else { return Words("", zh: "") }
    return Words(
      ", and the new level is taken for normal from then on", zh: "，此后视新水平为正常")
  }

  private var shape: Words {
    switch AnomalyShape(rawValue: figures.shape.string) {
    case .levelUp, .levelDown:
      Words(
        ", a new level since \(figures.onset)", zh: "，自 \(figures.onset) 起为新的水平")
    case .leakUp:
      Words(
        ", a slow leak that has grown day by day since \(figures.onset)",
        zh: "，自 \(figures.onset) 起逐日缓慢上升")
    case .leakDown:
      Words(
        ", a slow decline since \(figures.onset)", zh: "，自 \(figures.onset) 起逐日缓慢下降")
    case .stopped: Words(", stopped since \(figures.onset)", zh: "，自 \(figures.onset) 起已停止")
    case .new: Words(", new since \(figures.onset)", zh: "，自 \(figures.onset) 起新出现")
    case .spike, .drop, nil: Words("", zh: "")
    }
  }

  private var effects: Words {
    // The usage is flat while the cost moves: worth a sentence, since nobody has used more or less.
    guard let price = figures.priceEffect, let quantity = figures.quantityEffect,
      price.isNegative == (incident.direction == .down),
      price.magnitude.units / 4 > quantity.magnitude.units
    else { return Words("", zh: "") }
    return Words(
      "; \(money(price)) of the change is price and \(money(quantity)) is quantity",
      zh: "；变化中价格因素 \(money(price))，用量因素 \(money(quantity))")
  }

  private var risk: Words {
    guard !figures.atRisk.isZero else { return Words("", zh: "") }
    return Words(
      "; if it goes on, the rest of the month adds \(money(figures.atRisk))",
      zh: "；若持续，本月剩余天数将再增加 \(money(figures.atRisk))")
  }

  private var offset: Words {
    guard let offset = incident.offset else { return Words("", zh: "") }
    return Words(
      "; an opposite move in \(offset.phrase.english) hides it in the total",
      zh: "；\(offset.phrase.chinese)的反向变动在合计中将其抵消")
  }

  // MARK: Recommendation

  private var recommendation: Words {
    let onset = figures.onset
    switch (AnomalyShape(rawValue: figures.shape.string), incident.direction) {
    case (.new, _):
      return Words(
        "Ask the owner whether what began on \(onset) is wanted, and set a budget for it or stop it.",
        zh: "请向负责人确认 \(onset) 新出现的用量是否需要，并为其设定预算或将其停用。")
    case (.leakUp, _):
      return Words(
        "Ask the owner what has been accumulating since \(onset), such as logs, snapshots or retries, "
          + "and stop it.",
        zh: "请向负责人查明自 \(onset) 起持续累积的内容（如日志、快照或重试），并加以制止。")
    case (_, .up):
      return Words(
        "Ask the owner what was started on \(onset), and stop what is not wanted.",
        zh: "请向负责人确认 \(onset) 启动了什么，并停用不需要的部分。")
    case (_, .down):
      return Words(
        "Ask the owner whether something stopped on \(onset) that should run, or whether the saving "
          + "was planned.",
        zh: "请向负责人确认 \(onset) 是否有本应运行的服务停止，或该节省是否在计划之内。")
    }
  }
}

extension AnomalyScope {
  /// `BoxUsage of Amazon EC2 in eu-west-3 of account 2…`
  var phrase: Words { Words(english, zh: chinese) }

  private var english: String {
    var parts: [String] = []
    if !self[.usageType].isEmpty { parts.append("\(self[.usageType])") }
    if !self[.service].isEmpty { parts.append("\(self[.service])") }
    var text = parts.isEmpty ? "All services" : parts.joined(separator: " of ")
    if !self[.region].isEmpty { text += " in \(self[.region])" }
    if !self[.subAccount].isEmpty {
      text += " of account \(self[.subAccount])"
    } else if self[.owner].isEmpty {
      text += " of all accounts"
    }
    if !self[.owner].isEmpty { text += " of \(self[.owner])" }
    return text
  }

  private var chinese: ChineseText {
    var parts: [ChineseText] = []
    if !self[.owner].isEmpty { parts.append("\(self[.owner])的") }
    if !self[.subAccount].isEmpty {
      parts.append("账号 \(self[.subAccount])的")
    } else if self[.owner].isEmpty {
      parts.append("全部账号的")
    }
    if !self[.region].isEmpty { parts.append("\(self[.region])区域") }
    parts.append(self[.service].isEmpty ? "全部服务" : "\(self[.service])")
    if !self[.usageType].isEmpty { parts.append("（\(self[.usageType])）") }
    return parts.dropFirst().reduce(parts[0], +)
  }
}
