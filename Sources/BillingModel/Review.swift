package import ExactNumbers

/// A column of `anomalies.csv` in which a reviewer writes.
package enum ReviewColumn: String, Sendable, Hashable, CaseIterable, Codable {
  case status = "Status"
  case owner = "Owner"
  case reviewer = "Reviewer"
  case reviewUntil = "ReviewUntil"
  case reviewNote = "ReviewNote"
}

/// What the cells of one finding say in which a reviewer writes.
package struct ReviewCells: Hashable, Sendable, Codable {
  package var status: FindingStatus
  package var reviewer: Text = ""
  /// The last day on which the decision holds; absent where it holds for good.
  package var until: Day?
  package var note: Text = ""
  package var owner: Text = ""

  package init(status: FindingStatus) { self.status = status }

  /// As a document shows them.
  package init(_ reported: ReportedFinding) {
    status = reported.status
    reviewer = reported.reviewer
    until = reported.reviewUntil
    note = reported.reviewNote
    owner = reported.attribution[.owner].value
  }

  /// The text of a cell, before it is made safe for spreadsheets.
  package subscript(column: ReviewColumn) -> Text {
    switch column {
    case .status: Text(status.rawValue)
    case .owner: owner
    case .reviewer: reviewer
    case .reviewUntil: Text(until?.description ?? "")
    case .reviewNote: note
    }
  }
}

/// What a reviewer decided about a finding. The newest one counts; none is ever changed or removed.
package struct ReviewDecision: Hashable, Sendable {
  package var findingID: Text
  package var key: FindingKey
  package var kind: FindingKind
  package var status: FindingStatus
  package var reviewer: Text = ""
  /// The last day on which it holds; absent where it holds for good.
  package var until: Day?
  package var note: Text = ""
  /// The owner that the reviewer named; absent where none was named.
  package var owner: Text?
  /// The amount at stake that the reviewer saw: when it moves, the finding opens again.
  package var amount: Amount
  /// What the customer claims back by it; zero where nothing is claimed.
  package var claim = Amount.zero
  /// The as-of day of the night that took it.
  package var on: Day
  /// The content of the file that said so.
  package var sha256: Text

  package init(
    findingID: Text, key: FindingKey, kind: FindingKind, status: FindingStatus, amount: Amount,
    on: Day, sha256: Text
  ) {
    self.findingID = findingID
    self.key = key
    self.kind = kind
    self.status = status
    self.amount = amount
    self.on = on
    self.sha256 = sha256
  }
}

/// A cell, a row or a whole file of a review that was not taken.
package struct ReviewRefusal: Hashable, Sendable {
  /// Relative to the inbox.
  package var file: Text
  package var sha256: Text
  /// The CSV record, 1 for the first after the header; 0 where the fault is not in one record.
  package var record: Int
  /// The line on which the record begins; 0 where the fault is not in one record.
  package var line: Int
  /// Empty where the fault is not in one column.
  package var column: Text = ""
  /// A stable word, such as `UnknownStatus`.
  package var code: Text
  /// What is wrong and what to do.
  package var message: Text
  package var raw: Text = ""
  /// Empty where the row names no finding that is known.
  package var findingID: Text = ""
  /// Of the finding.
  package var billingPeriod: BillingPeriod?
  /// The as-of day of the night that refused it; absent until that is recorded.
  package var on: Day?

  package init(
    file: Text, sha256: Text, record: Int, line: Int, code: Text, message: Text
  ) {
    self.file = file
    self.sha256 = sha256
    self.record = record
    self.line = line
    self.code = code
    self.message = message
  }
}

extension ReviewRefusal {
  /// As `rejects.csv` lists it.
  package var reject: Reject {
    Reject(
      file: file, record: record, column: column, code: code, message: message, raw: raw,
      cost: nil, currency: nil)
  }
}

extension FindingKey {
  /// What the same cause has in common in other periods: all but the period, and the day on which an
  /// anomaly began.
  package var cause: [Text] {
    var key = self
    let words = detail.string.split(separator: " ").filter { Day($0) == nil }
    key.detail = Text(words.joined(separator: " "))
    return [
      key.rule.text, key.billingAccountID, key.currency.text, key.subAccountID, key.serviceName,
      key.usageType, key.operation, key.resourceID, key.invoiceID, key.detail,
    ]
  }
}
