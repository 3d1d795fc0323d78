package import ExactNumbers

/// Where the claim for money stands that a reviewer confirmed.
package enum DisputeStatus: String, Sendable, Hashable, CaseIterable, Codable {
  /// Confirmed, and not claimed yet.
  case open
  /// Claimed from AWS.
  case sent
  case creditedInPart = "credited in part"
  case credited
  /// A later version of the bill no longer shows the error; no credit was needed, or none was seen.
  case corrected
  /// The money stands in the export and on no invoice: a correction is asked for, and no credit.
  case notInvoiced = "not invoiced"
  /// The decision that claimed it no longer holds: it must be decided again.
  case reopened
  /// AWS refused, and the reviewer dismissed the finding.
  case refused
}

/// Money that the customer claims back for one finding, and what came back of it.
package struct Dispute: Hashable, Sendable, Codable {
  package var findingID: Text
  package var key: FindingKey
  package var status: DisputeStatus
  /// What was at stake when it was confirmed.
  package var claimed: Amount
  package var recovered: Amount = .zero
  /// The credits by which it came back, sorted.
  package var credits: [Text] = []
  /// Credits that may be meant for this claim, and cannot be told to be: nothing is counted of them.
  package var possibleCredits: [Text] = []
  /// The days on which it was confirmed, and recorded as sent to AWS.
  package var openedOn: Day
  package var sentOn: Day?

  package init(
    findingID: Text, key: FindingKey, status: DisputeStatus, claimed: Amount, openedOn: Day
  ) {
    self.findingID = findingID
    self.key = key
    self.status = status
    self.claimed = claimed
    self.openedOn = openedOn
  }

  /// The claim as a credit note can state it, in minor units of its currency.
  package var asked: Amount { key.currency.payable(claimed) }

  /// True while money may still come.
  package var isOpen: Bool {
    switch status {
    case .open, .sent, .creditedInPart, .reopened: true
    case .refused, .corrected, .credited, .notInvoiced: false
    }
  }

  /// What did not come back; nothing of a claim that is settled.
  package var left: Amount {
    switch status {
    case .corrected, .credited, .notInvoiced: .zero
    case .open, .sent, .creditedInPart, .reopened, .refused:
      // The two have one currency, and neither is negative: the difference is in range.
      (try? claimed - recovered).map { max(.zero, $0) } ?? .zero
    }
  }

  /// What came back beyond what was claimed, or beyond what could be paid of it.
  package var surplus: Amount {
    let owed = max(claimed, asked)
    guard recovered > owed else { return .zero }
    // Neither is negative: the difference is in range.
    return (try? recovered - owed) ?? .zero
  }

  /// What is left first, then by id.
  package static func precedes(_ a: Dispute, _ b: Dispute) -> Bool {
    if a.key.currency != b.key.currency { return a.key.currency < b.key.currency }
    if a.left != b.left { return a.left > b.left }
    return a.findingID < b.findingID
  }
}

extension CurrencyCode {
  /// An amount as it can be paid: half a minor unit is rounded away from zero.
  package func payable(_ amount: Amount) -> Amount {
    amount.rounded(toFractionDigits: minorUnitDigits, .halfAwayFromZero)
  }
}

/// A finding that a reviewer confirmed or disputed, and why nothing is claimed back by it.
package struct UnclaimedFinding: Hashable, Sendable {
  package var findingID: Text
  package var reason: Text

  package init(findingID: Text, reason: Text) {
    self.findingID = findingID
    self.reason = reason
  }
}

extension ReportedFinding {
  /// What changed after a sign-off is a matter of the customer's own books, and counts findings that are
  /// claims.
  private static let signOffRule: RuleID = "ChangedAfterSignOff"
  /// Rules about data that hold no money themselves, so that what they cause is claimed where it stands.
  private static let rulesWithoutMoney: Set<RuleID> = [
    "AccountIDMalformed", "DiscountReadingsDisagree",
  ]

  /// True where a claim for the cause is a claim for this money.
  private var isCountedByCause: Bool {
    guard !causedByID.isEmpty else { return false }
    return finding.causedBy.map {
      $0.rule != Self.signOffRule && !Self.rulesWithoutMoney.contains($0.rule)
    } ?? true
  }

  /// Why its money cannot be claimed back, and what to do; nil where it can.
  package var reasonForNoClaim: String? {
    if finding.kind == .dataQuality {
      return
        "a finding of the kind DataQuality holds no money to claim: confirm it, or dispute the "
        + "error candidate that does"
    }
    if finding.key.rule == Self.signOffRule {
      return
        "your own books were closed on another state, which AWS does not answer for: dispute the "
        + "findings whose money it counts (CausedBy)"
    }
    if finding.kind == .anomaly {
      return
        "an anomaly is a question, and proves no amount that AWS owes: ask the owner or AWS what was "
        + "used, and confirm it, or dismiss it"
    }
    if isCountedByCause {
      return "\(causedByID) counts this money already (CausedBy): dispute that one"
    }
    if finding.impact <= .zero {
      return
        "nothing was charged too much here (Impact \(finding.impact)): there is nothing to claim "
        + "back"
    }
    return nil
  }
}

/// What is sent to AWS with a claim: the finding, and its line items as the export states them.
package struct DisputePack: Hashable, Sendable {
  /// A line item of the bill, verbatim.
  package struct Line: Hashable, Sendable {
    package var place: Place
    /// The name of its file, relative to the inbox.
    package var file: Text
    /// In the order of ``DisputePack/columns``.
    package var cells: [Text]

    package init(place: Place, file: Text, cells: [Text]) {
      self.place = place
      self.file = file
      self.cells = cells
    }
  }

  package var dispute: Dispute
  package var reported: ReportedFinding
  /// Columns of the export that any of the lines fills.
  package var columns: [Text] = []
  /// By file and record.
  package var lines: [Line] = []
  /// Why some lines are not there; absent where all are.
  package var lacking: Words?
  /// The documents that the finding is about, where it is about no line items.
  package var documents: [Invoice] = []

  package init(dispute: Dispute, reported: ReportedFinding) {
    self.dispute = dispute
    self.reported = reported
  }
}

/// Money that came back: a credit document, or the credit and refund rows of an account and service in a
/// month, or both where the rows bear the document's id.
package struct LaterCredit: Hashable, Sendable, Codable {
  /// `<dialect>:<id>` of a document, else `rows:` and what the rows have in common.
  package var name: Text
  /// By which ledgers of earlier programs may know it.
  package var earlierName: Text = ""
  package var billingAccountID: Text
  package var currency: CurrencyCode
  /// Net and gross as far as they are known, without sign.
  package var net: Amount?
  package var gross: Amount?
  /// The invoices that it corrects; empty where it names none.
  package var invoiceIDs: Set<Text> = []
  /// On which its rows stand, or its own.
  package var invoiceID: Text = ""
  package var subAccountID: Text = ""
  package var serviceName: Text = ""
  /// Of its rows.
  package var billingPeriod: BillingPeriod?
  /// Of its rows, where it is no document.
  package var rowType: ChargeType?
  /// The first day on which it was there, in this amount.
  package var seen: Day
  /// What else it says, where a FindingId may stand.
  package var words: [Text] = []

  package init(name: Text, billingAccountID: Text, currency: CurrencyCode, seen: Day) {
    self.name = name
    self.billingAccountID = billingAccountID
    self.currency = currency
    self.seen = seen
  }

  package var amounts: [Amount] { [net, gross].compactMap { $0 } }
}
