package import BillingModel
package import ExactNumbers

/// Finds the credits by which claims came back. A credit belongs to a claim if
/// 1. it names the claim's FindingId and the claim is not yet back; of a document and rows of the same amount
///    one counts, since they may be one credit; else
/// 2. it is of the very amount or of that in minor units of the currency, net or with tax, also at an agreed
///    rate, does not contradict the claim, and no other claim and no other credit fits as well; else
/// 3. it is of what equal claims of one account and service come to together, and of no others: the rows
///    of one account, service, type and invoice are one sum; else
/// 4. it is of less, names the claim's invoice, and no other claim does.
///
/// Where more than one fits, nothing is counted, and each claim lists what may be meant; so it lists rows of
/// its account and service that hold its amount and more, and refunds of less.
package struct DisputeMatching {
  private var disputes: [Dispute]
  private let credits: [LaterCredit]
  private let amounts: ClaimAmounts
  private var taken: Set<Text> = []

  /// - Parameter known: The credits that an earlier night counted, by FindingId; they stay with their
  ///   claims while they are there.
  /// - Parameter taxRates: Those of the contract, as fractions: a credit may have tax on top.
  package init(
    _ disputes: [Dispute], _ credits: [LaterCredit], known: [Text: Set<Text>] = [:],
    taxRates: Set<Amount> = []
  ) throws(AmountOverflow) {
    amounts = ClaimAmounts(taxRates: taxRates)
    self.disputes = disputes.sorted { $0.findingID < $1.findingID }
    self.credits = credits.sorted { $0.name < $1.name }
    try countKnown(known)
    try countNamed()
    try countEqual()
    try countSums()
    try countParts()
    listContained()
    for index in self.disputes.indices { settle(index) }
  }

  /// Sorted by FindingId.
  package var result: [Dispute] { disputes }

  // MARK: What was counted

  private mutating func countKnown(_ known: [Text: Set<Text>]) throws(AmountOverflow) {
    for credit in credits {
      let claims = disputes.indices.filter {
        known[disputes[$0].findingID]?.contains(credit.name) ?? false
          && !isSameMoney(credit, disputes[$0])
      }
      if claims.count == 1 { try count(credit, for: claims[0]) } else { try share(credit, claims) }
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
      $0.earlierName == name && !taken.contains($0.name)
        && $0.currency == dispute.key.currency
        && $0.billingAccountID == dispute.key.billingAccountID
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  // MARK: The ways

  private mutating func countNamed() throws(AmountOverflow) {
    let naming = open.map { credit in
      (
        credit,
        disputes.indices.filter { index in
          meets(credit, disputes[index])
            && credit.words.contains { $0.string.contains(disputes[index].findingID.string) }
        }
      )
    }
    // One of the very amount first: what comes beside it may be more than was claimed.
    var (exact, others): ([(LaterCredit, [Int])], [(LaterCredit, [Int])]) = ([], [])
    for (credit, claims) in naming {
      let isFirst = claims.count == 1 ? try isExact(credit, disputes[claims[0]]) : false
      if isFirst { exact.append((credit, claims)) } else { others.append((credit, claims)) }
    }
    for (credit, claims) in exact + others {
      if claims.count == 1, !isBack(disputes[claims[0]]), !isSameMoney(credit, disputes[claims[0]])
      {
        try count(credit, for: claims[0])
      } else {
        list(credit, for: claims)
      }
    }
  }

  private mutating func countEqual() throws(AmountOverflow) {
    var fitting: [(LaterCredit, [Int])] = []
    for credit in open {
      let claims = try preferred(credit) { (claim) throws(AmountOverflow) in
        !claim.left.isZero ? try isExact(credit, claim) : false
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

  private mutating func countSums() throws(AmountOverflow) {
    var fitting: [(name: Text, credit: LaterCredit, groups: [[Int]])] = []
    for credit in open {
      var groups: [[Int]] = []
      for claims in equalClaims(credit) {
        let sums = try amounts.spellings(ofSum: claims.count, of: disputes[claims[0]])
        if !sums.isDisjoint(with: credit.amounts) { groups.append(claims) }
      }
      if !groups.isEmpty { fitting.append((credit.name, credit, groups)) }
    }
    for (name, credit, groups) in fitting {
      let claims = groups.flatMap { $0 }
      let hasRivals = fitting.contains {
        $0.name != name && !Set($0.groups.joined()).isDisjoint(with: claims)
      }
      if groups.count == 1, !hasRivals {
        try share(credit, claims)
      } else {
        list(credit, for: claims)
      }
    }
  }

  /// Claims for the same amount in the same account and service, two or more, that a credit meets.
  private func equalClaims(_ credit: LaterCredit) -> [[Int]] {
    let claims = disputes.indices.filter {
      let key = disputes[$0].key
      return !disputes[$0].left.isZero && !key.subAccountID.isEmpty && !key.serviceName.isEmpty
        && meets(credit, disputes[$0])
    }
    let groups = Dictionary(grouping: claims) { index in
      let claim = disputes[index]
      return [
        claim.key.billingAccountID, claim.key.subAccountID, claim.key.serviceName,
        Text(claim.left.description),
      ]
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
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

  /// Rows of a claim's account and service that hold what is left of it and more, or refund less.
  private mutating func listContained() {
    for credit in open {
      guard let type = credit.rowType, let amount = credit.net else { continue }
      let claims = disputes.indices.filter { index in
        let claim = disputes[index]
        return !claim.left.isZero && meets(credit, claim) && isOfSameUse(credit, claim.key)
          && (type.chargeClass == .refund || amount >= claim.key.currency.payable(claim.left))
      }
      list(credit, for: claims)
    }
  }

  private func isOfSameUse(_ credit: LaterCredit, _ key: FindingKey) -> Bool {
    !credit.subAccountID.isEmpty && !key.subAccountID.isEmpty && !key.serviceName.isEmpty
      && credit.serviceName == key.serviceName
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

  private func isExact(_ credit: LaterCredit, _ claim: Dispute) throws(AmountOverflow) -> Bool {
    try !amounts.spellings(of: claim.left, claim.key.currency).isDisjoint(with: credit.amounts)
  }

  private func isBack(_ claim: Dispute) -> Bool { claim.recovered > .zero && claim.left.isZero }

  /// True where a document and rows of the same amount were both found for a claim: the rows may be how the
  /// export states that document.
  private func isSameMoney(_ credit: LaterCredit, _ claim: Dispute) -> Bool {
    let isOfRows = credit.rowType != nil
    return credits.contains { other in
      claim.credits.contains(other.name) && (other.rowType != nil) != isOfRows
        && !Set(other.amounts).isDisjoint(with: credit.amounts)
    }
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
    let isWithTax = try !amounts.withTax(left, disputes[index].key.currency)
      .isDisjoint(with: credit.amounts)
    let amount = isExact || isWithTax ? left : credit.net ?? credit.gross ?? .zero
    try disputes[index].recovered += amount
    disputes[index].credits = (disputes[index].credits + [credit.name]).sorted()
    taken.insert(credit.name)
  }

  /// Counts a credit of several equal claims: what is left of each came back.
  private mutating func share(_ credit: LaterCredit, _ claims: [Int]) throws(AmountOverflow) {
    for index in claims {
      try disputes[index].recovered += disputes[index].left
      disputes[index].credits = (disputes[index].credits + [credit.name]).sorted()
      taken.insert(credit.name)
    }
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
