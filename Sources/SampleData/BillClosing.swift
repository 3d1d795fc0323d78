import BillingModel
import ExactNumbers

/// What happens to a bill when its month is final.
extension Bill {
  /// Adds support and tax, and gives every row its invoice.
  ///
  /// Real invoices differ from their line items by rounding. Here they do not: each service's sum on an
  /// invoice is brought down to whole cents by the last row of its cheapest unit, and support is raised
  /// until the net is a multiple of 0.50, so that tax comes out in whole cents as well.
  mutating func close() throws(AmountOverflow) {
    for index in rows.indices where rows[index].invoiceID.isEmpty {
      rows[index].invoiceID = rows[index].seller.invoiceID(period)
    }
    try settleServices()
    for seller in payer.sellers { rows.append(try support(from: seller)) }
    rows += try taxes()
    sort()
  }

  /// By account, then by day: rows that resemble each other lie together.
  mutating func sort() {
    rows = rows.enumerated().sorted { a, b in
      (a.element.account, a.element.interval.lowerBound, a.offset)
        < (b.element.account, b.element.interval.lowerBound, b.offset)
    }.map(\.element)
  }

  /// The net of one invoice in the payer's currency.
  func net(_ invoiceID: String) throws(AmountOverflow) -> Amount {
    try Amount.sum(
      rows.filter { $0.invoiceID == invoiceID && !$0.isTax && $0.currency == payer.currency }
        .map(\.cost))
  }

  // MARK: Whole cents

  private struct ServiceOnInvoice: Hashable {
    var invoiceID: String
    var service: String
  }

  private mutating func settleServices() throws(AmountOverflow) {
    var members: [ServiceOnInvoice: [Int]] = [:]
    for (index, row) in rows.enumerated() where row.currency == payer.currency {
      members[
        ServiceOnInvoice(invoiceID: row.invoiceID, service: row.documentService), default: []
      ].append(index)
    }
    for group in members.values { try settle(group) }
  }

  /// Takes what exceeds whole cents off the last row of the cheapest unit; the rate stays true.
  private mutating func settle(_ group: [Int]) throws(AmountOverflow) {
    let total = try Amount.sum(group.map { rows[$0].cost })
    let cents = total.rounded(toFractionDigits: 2, .halfAwayFromZero)
    let floor = cents > total ? try cents - "0.01" : cents
    let excess = try total - floor
    let adjustable = group.filter {
      rows[$0].type == "Usage" && rows[$0].mark == nil && rows[$0].cost > "0.02"
    }
    guard !excess.isZero, let lowest = adjustable.compactMap({ rows[$0].rate }).min(),
      let last = adjustable.last(where: { rows[$0].rate == lowest })
    else { return }
    rows[last].cost = try rows[last].cost - excess
    rows[last].usage = try rows[last].cost.divided(by: lowest)
      .rounded(toFractionDigits: 10, .halfAwayFromZero)
  }

  // MARK: Support and tax

  /// Ten per cent of the net, at least 29.00, raised until the invoice's net is a multiple of 0.50.
  private func support(from seller: Seller) throws(AmountOverflow) -> LineItem {
    let net = try net(seller.invoiceID(period))
    let share = max(
      try net.multiplied(by: "0.1").rounded(toFractionDigits: 2, .halfAwayFromZero), "29")
    let halves = try (try net + share).multiplied(by: "2")
      .rounded(toFractionDigits: 0, .halfAwayFromZero)
    let raised = try (try halves + .one).multiplied(by: "0.5")
    let isChina = payer.currency == "CNY"
    let prefix = seller == .sinnet ? "CNN1-" : "CNW1-"
    var row = monthly(
      "Fee", "support \(seller.legalEntity)", seller, payer.supportAccounts[seller] ?? "",
      isChina ? .chinaSupport : .support,
      usageType: isChina ? prefix + "OCB-OCBPremiumSupport-Units" : "Dollar", try raised - net,
      "AWS Support for month of \(period)")
    row.operation = isChina ? prefix + "OCB" : ""
    row.usage = .one
    row.invoiceID = seller.invoiceID(period)
    return row
  }

  private struct TaxedUsage: Hashable {
    var invoiceID: String
    var account: String
    var product: Product
    var usageType: String
  }

  /// One row for each invoice, account and product, in China also for each usage type; dated in the
  /// first interval and as long as the month. The base is all that is not tax.
  private func taxes() throws(AmountOverflow) -> [LineItem] {
    var order: [TaxedUsage] = []
    var bases: [TaxedUsage: (seller: Seller, base: Amount)] = [:]
    for row in rows where row.seller.vatRate != nil && row.currency == payer.currency {
      let key = TaxedUsage(
        invoiceID: row.invoiceID, account: row.account, product: row.product,
        usageType: payer.currency == "CNY" ? row.usageType : "")
      if bases[key] == nil { order.append(key) }
      bases[key] = (row.seller, try (bases[key]?.base ?? .zero) + row.cost)
    }
    var taxes: [LineItem] = []
    for key in order {
      guard let (seller, base) = bases[key], let rate = seller.vatRate, !base.isZero else {
        continue
      }
      taxes.append(try tax(on: key, seller, base.multiplied(by: rate)))
    }
    return taxes
  }

  private func tax(on key: TaxedUsage, _ seller: Seller, _ amount: Amount) -> LineItem {
    let usageType = key.usageType.isEmpty ? "" : " usage type \(key.usageType)"
    var row = monthly(
      "Tax", "tax \(key.invoiceID) \(key.account) \(key.product.code) \(key.usageType)", seller,
      key.account, key.product, usageType: key.usageType, amount,
      "Tax for product code \(key.product.code)\(usageType)")
    row.taxType = "VAT"
    row.invoiceID = key.invoiceID
    row.billType = rows.first { $0.invoiceID == key.invoiceID }?.billType ?? row.billType
    row.usage = .one
    return row
  }
}
