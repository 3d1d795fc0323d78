package import BillingModel
package import ExactNumbers

/// Finds the credits by which claims came back. A credit belongs to a claim if
/// 1. it names the claim's FindingId; else
/// 2. it is of the very amount or of that in minor units of the currency, net or with tax, also at an agreed
///    rate, does not contradict the claim, and no other claim and no other credit fits as well; else
/// 3. it is of less, names the claim's invoice, and no other claim does.
///
/// Where more than one fits, nothing is counted, and each claim lists what may be meant.
package struct DisputeMatching {
  private var disputes: [Dispute]
  private let credits: [LaterCredit]
  private let taxRates: Set<Amount>
  private var taken: Set<Text> = []

  /// - Parameter known: The credits that an earlier night counted, by FindingId; they stay with their
  ///   claims while they are there.
  /// - Parameter taxRates: Those of the contract, as fractions: a credit may have tax on top.
  package init(
    _ disputes: [Dispute], _ credits: [LaterCredit], known: [Text: Set<Text>] = [:],
    taxRates: Set<Amount> = []
  ) throws(AmountOverflow) {
    self.taxRates = taxRates
    self.disputes = disputes.sorted { $0.findingID < $1.findingID }
    self.credits = credits.sorted { $0.name < $1.name }
    try countKnown(known)
    try countNamed()
    try countEqual()
    try countParts()
    for index in self.disputes.indices { settle(index) }
  }

  /// Sorted by FindingId.
  package var result: [Dispute] { disputes }

  // MARK: What was counted

  private mutating func countKnown(_ known: [Text: Set<Text>]) throws(AmountOverflow) {
    for index in disputes.indices {
      let names = known[disputes[index].findingID] ?? []
      for credit in credits where names.contains(credit.name) { try count(credit, for: index) }
    }
    for index in disputes.indices {
      for name in (known[disputes[index].findingID] ?? []).sorted() {
        guard let credit = earlier(name, of: disputes[index]) else { continue }
        try count(credit, for: index)
      }
    }
  }

  /// The credit that an earlier program named so: such a name tells neither payer nor currency, which are the
  /// claim's, and where several credits fit it tells none.
  private func earlier(_ name: Text, of dispute: Dispute) -> LaterCredit? {
    let fitting = credits.filter {
      $0.earlierNames.contains(name) && !taken.contains($0.name)
        && $0.currency == dispute.key.currency
        && $0.billingAccountID == dispute.key.billingAccountID
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  // MARK: The three ways

  private mutating func countNamed() throws(AmountOverflow) {
    for credit in open {
      let named = disputes.indices.filter { index in
        meets(credit, disputes[index])
          && credit.words.contains { $0.string.contains(disputes[index].findingID.string) }
      }
      if named.count == 1 { try count(credit, for: named[0]) } else { list(credit, for: named) }
    }
  }

  private mutating func countEqual() throws(AmountOverflow) {
    var fitting: [(LaterCredit, [Int])] = []
    for credit in open {
      let amounts = Set(credit.amounts)
      let claims = try preferred(credit) { (claim) throws(AmountOverflow) in
        let spellings = try spellings(of: claim)
        return !claim.left.isZero && !amounts.isDisjoint(with: spellings)
      }
      fitting.append((credit, claims))
    }
    for (credit, claims) in fitting where !claims.isEmpty {
      let rivals = fitting.filter {
        $0.0.name != credit.name && $0.1.contains { claims.contains($0) }
      }
      if claims.count == 1, rivals.isEmpty {
        try count(credit, for: claims[0])
      } else {
        list(credit, for: claims)
      }
    }
  }

  private mutating func countParts() throws(AmountOverflow) {
    for credit in open {
      guard let amount = credit.net ?? credit.gross else { continue }
      let claims = disputes.indices.filter { index in
        let dispute = disputes[index]
        return meets(credit, dispute) && names(credit, dispute) && amount < dispute.left
      }
      if claims.count == 1 { try count(credit, for: claims[0]) } else { list(credit, for: claims) }
    }
  }

  /// Credits that nothing was decided about.
  private var open: [LaterCredit] {
    credits.filter { credit in
      !taken.contains(credit.name)
        && !disputes.contains { $0.possibleCredits.contains(credit.name) }
    }
  }

  /// The claims of a condition that a credit meets: where it names the invoice of some, those alone.
  private func preferred(
    _ credit: LaterCredit, _ fits: (Dispute) throws(AmountOverflow) -> Bool
  ) throws(AmountOverflow) -> [Int] {
    var fitting: [Int] = []
    for index in disputes.indices where meets(credit, disputes[index]) {
      if try fits(disputes[index]) { fitting.append(index) }
    }
    let named = fitting.filter { names(credit, disputes[$0]) }
    return named.isEmpty ? fitting : named
  }

  // MARK: One credit and one claim

  /// What is left of a claim, exactly and as it can be paid, without and with tax on top.
  private func spellings(of claim: Dispute) throws(AmountOverflow) -> Set<Amount> {
    try withTax(claim).union([claim.left, claim.key.currency.payable(claim.left)])
      .subtracting([.zero])
  }

  private func withTax(_ claim: Dispute) throws(AmountOverflow) -> Set<Amount> {
    var amounts: Set<Amount> = []
    for rate in taxRates where rate > .zero {
      let gross = try claim.left.multiplied(by: try .one + rate)
      amounts.formUnion([gross, claim.key.currency.payable(gross)])
    }
    return amounts
  }

  private func names(_ credit: LaterCredit, _ dispute: Dispute) -> Bool {
    !dispute.key.invoiceID.isEmpty
      && dispute.key.invoiceID.string.split(separator: ";").contains {
        credit.invoiceIDs.contains(Text($0)) || credit.invoiceID == Text($0)
      }
  }

  /// True if the credit came after the claim and nothing that both state contradicts.
  private func meets(_ credit: LaterCredit, _ dispute: Dispute) -> Bool {
    let key = dispute.key
    guard credit.currency == key.currency, credit.seen > dispute.openedOn,
      [key.billingAccountID, ""].contains(credit.billingAccountID),
      credit.billingPeriod.map({ $0 >= key.billingPeriod }) ?? true
    else { return false }
    let isOfAccount =
      key.subAccountID.isEmpty
      || ["", key.subAccountID, key.billingAccountID].contains(credit.subAccountID)
    let isOfService = key.serviceName.isEmpty || ["", key.serviceName].contains(credit.serviceName)
    let isOfInvoice =
      key.invoiceID.isEmpty || credit.invoiceIDs.isEmpty || names(credit, dispute)
    return isOfAccount && isOfService && isOfInvoice
  }

  // MARK: Counting

  private mutating func count(_ credit: LaterCredit, for index: Int) throws(AmountOverflow) {
    let left = disputes[index].left
    let isExact = credit.amounts.contains(left)
    // Tax that came back on top was not claimed.
    let isWithTax = try !withTax(disputes[index]).isDisjoint(with: credit.amounts)
    let amount = isExact || isWithTax ? left : credit.net ?? credit.gross ?? .zero
    try disputes[index].recovered += amount
    disputes[index].credits = (disputes[index].credits + [credit.name]).sorted()
    taken.insert(credit.name)
  }

  private mutating func list(_ credit: LaterCredit, for claims: [Int]) {
    for index in claims { disputes[index].possibleCredits.append(credit.name) }
  }

  private mutating func settle(_ index: Int) {
    let dispute = disputes[index]
    let isPaid = dispute.recovered > .zero && dispute.recovered >= dispute.asked
    if dispute.recovered >= dispute.claimed || isPaid {
      disputes[index].status = .credited
    } else if dispute.recovered > .zero, dispute.status != .refused {
      disputes[index].status = .creditedInPart
    }
    disputes[index].possibleCredits = Set(dispute.possibleCredits).sorted()
  }
}
