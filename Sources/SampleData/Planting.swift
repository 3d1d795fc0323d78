import BillingModel
import ExactNumbers

/// Small changes to a bill that a story plants: each names the row that it touches, and marks it.
extension Bill {
  /// The row of an account's usage type on one day of the month.
  private func index(_ account: String, _ usageType: String, _ day: Int) -> Int {
    let wanted = period.firstDay.advanced(by: day - 1)
    guard
      let index = rows.firstIndex(where: {
        $0.account == account && $0.usageType == usageType && $0.interval.lowerBound == wanted
          && !$0.isTax && $0.type != "SavingsPlanNegation"
      })
    else { preconditionFailure("no row of \(usageType) in \(account) on day \(day)") }
    return index
  }

  /// Changes one row; returns it as it is after the change.
  @discardableResult
  mutating func change(
    _ mark: String, _ account: String, _ usageType: String, on day: Int,
    _ change: (inout LineItem) throws -> Void
  ) rethrows -> LineItem {
    let index = index(account, usageType, day)
    try change(&rows[index])
    rows[index].mark = mark
    return rows[index]
  }

  /// Writes one row a second time, right behind the first; returns the copy.
  @discardableResult
  mutating func repeatRow(
    _ mark: String, _ account: String, _ usageType: String, on day: Int,
    _ change: (inout LineItem) throws -> Void = { _ in }
  ) throws -> LineItem {
    let index = index(account, usageType, day)
    var copy = rows[index]
    try change(&copy)
    copy.mark = mark
    rows.insert(copy, at: index + 1)
    return copy
  }

  /// Multiplies an account's usage of one kind by a factor on some days; returns what that adds to
  /// (or, negative, takes off) the cost.
  mutating func scale(
    _ mark: String, _ account: String, _ usageType: String, on days: ClosedRange<Int>,
    by factor: Amount
  ) throws(AmountOverflow) -> Amount {
    var added = Amount.zero
    for day in days {
      let index = index(account, usageType, day)
      let before = rows[index].cost
      try rows[index].use(
        try rows[index].usage.multiplied(by: factor)
          .rounded(toFractionDigits: 6, .halfAwayFromZero))
      rows[index].mark = mark
      try added += rows[index].cost - before
    }
    return added
  }

  /// Σ cost of the marked rows.
  func cost(of mark: String) throws(AmountOverflow) -> Amount {
    try Amount.sum(rows.filter { $0.mark == mark }.map(\.cost))
  }

  /// Usage that no stream of the payer has, at its public rate, from a day of the month on.
  func usage(
    _ stream: String, _ seller: Seller, _ account: String, _ product: Product, usageType: String,
    on day: Int, in region: String, _ quantity: Amount, _ unit: String, at rate: Amount,
    _ description: String
  ) throws(AmountOverflow) -> LineItem {
    var row = blank(
      stream, seller, account, product, usageType: usageType,
      on: period.firstDay.advanced(by: day - 1))
    row.region = region
    row.unit = unit
    row.description = description
    row.rate = rate
    row.publicRate = rate
    try row.use(quantity)
    return row
  }

  /// A reservation of NWCD, 1500.00 CNY net, paid in full on one day, on an invoice of its own.
  func reservationBought(on day: Day, invoiceID: String) -> LineItem {
    var row = blank(
      "reservation bought", .nwcd, "400000000002", .ec2, usageType: "CNW1-HeavyUsage:m5.large",
      on: day)
    row.type = "Fee"
    row.billType = "Purchase"
    row.invoiceID = invoiceID
    row.operation = "RunInstances"
    row.description = "Sign up charge for reservation, 1 year, all upfront"
    // Each purchase is another reservation.
    let date = day.description.filter { $0 != "-" }
    row.reservationARN = "\(payer.commitments.reservation.arn.dropLast(8))\(date)"
    row.usage = .one
    row.cost = "1500"
    return row
  }
}
