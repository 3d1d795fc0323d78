import BillingModel
import ExactNumbers

/// How much of what was decided still holds, finding by finding.
///
/// A decision is about an amount: it holds while the amount at stake stays within a tolerance of it, and
/// until its `ReviewUntil`. One that has such a day, and says `planned` or `dismissed`, also speaks for the
/// same cause in later periods, as long as that costs no more.
struct DecisionBook {
  /// How a finding stands in review.
  struct Standing: Equatable {
    var status: FindingStatus
    /// The decision that counts, whether it still holds or not.
    var decision: ReviewDecision?
    /// How it came to stand so, for the explanation; absent where nobody decided.
    var remark: Words?
  }

  private let tolerance: Definition.Review
  private var own: [Text: ReviewDecision] = [:]
  /// The newest of each cause that speaks for later periods too.
  private var byCause: [[Text]: ReviewDecision] = [:]

  /// - Parameter decisions: Oldest first.
  init(_ decisions: [ReviewDecision], _ tolerance: Definition.Review) {
    self.tolerance = tolerance
    for decision in decisions { own[decision.findingID] = decision }
    for decision in decisions {
      // Whatever was decided about that finding since takes the place of what spoke for its cause.
      guard let newest = own[decision.findingID], newest == decision else { continue }
      byCause[decision.key.cause] = decision.suppressesCause ? decision : nil
    }
  }

  func standing(
    of id: Text, _ finding: Finding, asOf: RunDay
  ) throws(AmountOverflow) -> Standing {
    if let decision = own[id] { return try standing(decision, finding, asOf) }
    guard let decision = byCause[finding.key.cause],
      decision.key.billingPeriod <= finding.key.billingPeriod, let until = decision.until,
      !asOf.isOnOrAfter(until.advanced(by: 1))
    else { return Standing(status: .open) }
    let hasMoved = try hasMoved(finding, from: decision.amount)
    let isDearer = hasMoved && finding.amountAtStake > decision.amount
    return Standing(
      status: isDearer ? .open : decision.status, decision: isDearer ? nil : decision,
      remark: isDearer
        ? .dearerCause(decision, finding, until: until) : .sameCause(decision, until: until))
  }

  private func standing(
    _ decision: ReviewDecision, _ finding: Finding, _ asOf: RunDay
  ) throws(AmountOverflow) -> Standing {
    if decision.status == .open {
      return Standing(status: .open, decision: decision, remark: .decided(decision))
    }
    if try hasMoved(finding, from: decision.amount) {
      return Standing(
        status: .open, decision: decision, remark: .amountMoved(decision, finding))
    }
    if let until = decision.until, asOf.isOnOrAfter(until.advanced(by: 1)) {
      return Standing(status: .open, decision: decision, remark: .dayIsOver(decision, until))
    }
    return Standing(status: decision.status, decision: decision, remark: .decided(decision))
  }

  /// Whether an amount at stake has left the tolerance around the one that was decided about.
  private func hasMoved(
    _ finding: Finding, from decided: Amount
  ) throws(AmountOverflow) -> Bool {
    let moved = try (finding.amountAtStake - decided).magnitude
    return moved > max(tolerance.floor, try decided.multiplied(by: tolerance.share))
  }
}

extension ReviewDecision {
  var suppressesCause: Bool { until != nil && (status == .planned || status == .dismissed) }
}

extension Words {
  private static func who(_ decision: ReviewDecision) -> (english: String, chinese: String) {
    decision.reviewer.isEmpty
      ? ("a reviewer", "审核人") : (decision.reviewer.string, decision.reviewer.string)
  }

  private static func money(_ decision: ReviewDecision) -> String {
    "\(decision.key.currency) \(decision.amount)"
  }

  private static func now(_ finding: Finding) -> String {
    "\(finding.key.currency) \(finding.amountAtStake)"
  }

  fileprivate static func decided(_ decision: ReviewDecision) -> Words {
    let who = who(decision)
    if decision.status == .open {
      return Words(
        "Left open on \(decision.on) by \(who.english) at \(money(decision)).",
        zh: "\(who.chinese)于 \(decision.on) 按 \(money(decision)) 审核后仍为待审。")
    }
    return Words(
      "Set to \(decision.status.rawValue) on \(decision.on) by \(who.english) at \(money(decision)).",
      zh:
        "\(who.chinese)于 \(decision.on) 按 \(money(decision)) 审核为 \(decision.status.rawValue)。")
  }

  fileprivate static func amountMoved(_ decision: ReviewDecision, _ finding: Finding) -> Words {
    let who = who(decision)
    return Words(
      "Open again: \(who.english) set it to \(decision.status.rawValue) on \(decision.on) at "
        + "\(money(decision)), and \(now(finding)) is at stake now.",
      zh:
        "重新待审：\(who.chinese)于 \(decision.on) 按 \(money(decision)) 审核为 "
        + "\(decision.status.rawValue)，现在涉及金额为 \(now(finding))。")
  }

  fileprivate static func dayIsOver(_ decision: ReviewDecision, _ until: Day) -> Words {
    let who = who(decision)
    return Words(
      "Open again: \(who.english) set it to \(decision.status.rawValue) on \(decision.on) at "
        + "\(money(decision)) until \(until), which is over.",
      zh:
        "重新待审：\(who.chinese)于 \(decision.on) 按 \(money(decision)) 审核为 "
        + "\(decision.status.rawValue)，有效期至 \(until)，现已过期。")
  }

  fileprivate static func sameCause(_ decision: ReviewDecision, until: Day) -> Words {
    let who = who(decision)
    return Words(
      "\(who.english) set the same cause in \(decision.key.billingPeriod) (\(decision.findingID)) to "
        + "\(decision.status.rawValue) on \(decision.on) at \(money(decision)) until \(until).",
      zh:
        "同一原因在 \(decision.key.billingPeriod)（\(decision.findingID)）已由\(who.chinese)于 "
        + "\(decision.on) 按 \(money(decision)) 审核为 \(decision.status.rawValue)，有效期至 \(until)。")
  }

  fileprivate static func dearerCause(
    _ decision: ReviewDecision, _ finding: Finding, until: Day
  ) -> Words {
    let who = who(decision)
    return Words(
      "Open although \(who.english) set the same cause in \(decision.key.billingPeriod) "
        + "(\(decision.findingID)) to \(decision.status.rawValue) on \(decision.on) until \(until): "
        + "that was \(money(decision)), and this is \(now(finding)).",
      zh:
        "同一原因在 \(decision.key.billingPeriod)（\(decision.findingID)）曾由\(who.chinese)于 "
        + "\(decision.on) 审核为 \(decision.status.rawValue)，有效期至 \(until)，但当时金额为 "
        + "\(money(decision))，本次为 \(now(finding))，故仍为待审。")
  }
}
