import BillingLedger
import BillingModel
import ExactNumbers

/// Whether a period may be signed off as it was judged, and what it holds.
struct ClosingVerdict {
  /// What stands in the way, in words; none where the period may be closed.
  let obstacles: [Text]
  let state: PeriodState

  /// - Parameters:
  ///   - matches: All that hold a part of the period, also those shown in a later one.
  ///   - unexplained: How much of the difference of a discrepant match may stay unexplained; 0 lets
  ///     none pass, though all of it be explained.
  init(
    _ facts: PeriodFacts, matches: [Match], unexplained: Amount
  ) throws(AmountOverflow) {
    var obstacles = matches.filter { match in
      // A difference is let pass only where the definition allows one.
      let isAllowed = match.result == .discrepant && unexplained > .zero
      return !(match.result.isSettled || isAllowed) || match.unexplained.magnitude > unexplained
    }.sorted { $0.id < $1.id }.map { match in
      Text(
        "\(match.id) is \(match.result.rawValue), \(match.currency) \(match.difference) off, "
          + "\(match.unexplained) of it unexplained")
    }
    obstacles += facts.reconciliation.issuersWithoutInvoices.map {
      Text("no invoice of \($0.issuer) ever came for \($0.currency) \($0.charged)")
    }
    let unreadable = facts.bookings.flatMap(\.contents.files).map(\.rejectedWithoutCost)
      .reduce(0, +)
    if unreadable > 0 { obstacles.append(Text("the cost of \(unreadable) rows cannot be read")) }
    if facts.bookings.isEmpty { obstacles.append("no charges are booked") }
    self.obstacles = obstacles
    state = try PeriodState(facts.bookings, matches: facts.reconciliation.matches)
  }

  /// Obstacles beyond this many say nothing new.
  private static let limit = 5

  /// Why a period of which nothing came cannot be closed, and what to do.
  static func unknown(_ period: BillingPeriod) -> Text {
    Text(
      "\(period) cannot be closed: nothing is known of it. Check the month, or sign off again when its "
        + "charges have come")
  }

  /// Why a period cannot be closed, and what to do.
  static func refusal(_ period: BillingPeriod, _ obstacles: [Text]) -> Text {
    let shown = obstacles.prefix(limit).map(\.string).joined(separator: "; ")
    let more = obstacles.count - limit
    return Text(
      "\(period) cannot be closed: \(shown)\(more > 0 ? "; and \(more) more" : ""). Settle what "
        + "open-items.csv of the period lists, then sign off again")
  }
}

/// What earlier nights say about closed periods and open items.
struct ClosingRecords {
  /// The newest sign-off of each period.
  var signOffs: [BillingPeriod: SignOff] = [:]
  /// What each of these periods held, for those that are judged.
  var states: [BillingPeriod: PeriodState] = [:]
  /// What was not settled when its period was judged last.
  var openItems: [BillingPeriod: [OpenItem]] = [:]
}

extension ClosingRecords {
  /// The newest sign-off of each period, with those of tonight.
  static func signOffs(of night: NightWork) -> [BillingPeriod: SignOff] {
    Dictionary(
      (night.memory.signOffs.map(\.signOff) + night.signOffs.map(\.signOff)).map {
        ($0.billingPeriod, $0)
      }, uniquingKeysWith: { _, last in last })
  }

  /// - Parameter judged: The periods whose signed state is looked at.
  init(
    _ night: NightWork, judged: Set<BillingPeriod>, openItems: [OpenItem], _ ledger: Ledger
  ) throws(LedgerFault) {
    signOffs = Self.signOffs(of: night)
    self.openItems = Dictionary(grouping: openItems, by: \.billingPeriod)
    for period in judged where signOffs[period] != nil {
      if let new = night.signOffs.last(where: { $0.signOff.billingPeriod == period }) {
        states[period] = new.state
      } else if let record = night.memory.signOffs.last(
        where: { $0.signOff.billingPeriod == period })
      {
        states[period] = try ledger.signedState(record.id)
      }
    }
  }
}
