import BillingModel
import ExactNumbers

/// Tells which findings speak of the same money, so that it is counted once.
///
/// A wrong line shows again in every sum above it. A finding about a sum is caused by a finding about
/// a part of it only if both are about the same amount to the last digit, their keys do not
/// contradict each other, and no second finding would fit as well. Nothing is guessed.
enum Causation {
  /// Lower ranks lie nearer to the rows. Rules that are not here, and not among those about documents, neither
  /// cause nor are caused.
  private static let rowRank: [RuleID: Int] = [
    DuplicateLineItem.id: 0, RepeatedUsage.id: 0, CostNotRateTimesUsage.id: 0,
    NegativeCharge.id: 0, PositiveCredit.id: 0, ReservedUsageCharged.id: 0,
    SavingsPlanNegationMismatch.id: 0,
    CommitmentOutsideTerm.id: 0, FreeTierCharged.id: 0, UpfrontFeeTwice.id: 0,
    MarketplaceBilledTwice.id: 0, CommitmentHoursWrong.id: 1, PrivateRateNotApplied.id: 1,
    TaxRateWrong.id: 1, TaxMissing.id: 1, DiscountReadingsDisagree.id: 1, InvoiceArithmetic.id: 1,
    MoreHoursThanPeriod.id: 1, RateAbovePublic.id: 0, RateInconsistent.id: 1,
    ChangedAfterFinalisation.id: 2,
    CurrencyMismatch.id: 0, ExportsDisagree.id: 3, TotalOff.id: 3, ChargesWithoutInvoice.id: 3,
  ]

  /// What is wrong with one document puts its whole amount at stake each time. The lowest rank is what can be
  /// claimed, then what makes paying it most dangerous.
  private static let documentRank: [RuleID: Int] = [
    InvoiceWithoutCharges.id: 0, SellerBankAccountChanged.id: 1, SellerTaxIDWrong.id: 2,
    SellerNameWrong.id: 3, BuyerTaxIDWrong.id: 4, BuyerNameWrong.id: 5, PurchaseOrderUnknown.id: 6,
  ]

  /// How near two rules lie to what they speak of; nil where they do not speak of the same.
  private static func ranks(_ cause: RuleID, _ effect: RuleID) -> (cause: Int, effect: Int)? {
    for ranks in [rowRank, documentRank] {
      if let cause = ranks[cause], let effect = ranks[effect] { return (cause, effect) }
    }
    return nil
  }

  /// A cause that a rule names itself stays, if it is there: the sum of what changed after a
  /// sign-off counts its parts.
  static func linked(
    _ findings: [Finding], _ matches: [Match] = []
  ) throws(AmountOverflow) -> [Finding] {
    let keys = Set(findings.map(\.key))
    let causes = Dictionary(
      grouping: findings.filter { !$0.amountAtStake.isZero }, by: \.amountAtStake)
    let taxes = findings.filter { $0.key.rule == TaxRateWrong.id }
    var linked: [Finding] = []
    for var finding in findings {
      if finding.causedBy.map(keys.contains) != true {
        finding.causedBy = cause(of: finding, among: causes[finding.amountAtStake] ?? [])
      }
      if finding.causedBy == nil, finding.key.rule == InvoiceArithmetic.id {
        finding.causedBy = try tax(behind: finding, among: taxes, matches)
      }
      linked.append(finding)
    }
    return linked
  }

  /// The wrong tax of the charges of a document that states it in whole cents. The number of a fapiao is not
  /// the id of the invoice: the match holds both.
  private static func tax(
    behind finding: Finding, among taxes: [Finding], _ matches: [Match]
  ) throws(AmountOverflow) -> FindingKey? {
    let own = matches.filter { !Set($0.places).isDisjoint(with: finding.evidence) }
    guard own.count == 1, own[0].places.count == 1, !finding.amountAtStake.isZero else {
      return nil
    }
    var fitting: [FindingKey] = []
    for tax in taxes where own[0].invoiceIDs.contains(tax.key.invoiceID) {
      let apart = try tax.amountAtStake - finding.amountAtStake
      if tax.key.billingAccountID == own[0].billingAccountID,
        tax.key.currency == finding.key.currency, apart.magnitude <= .cent
      {
        fitting.append(tax.key)
      }
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static func cause(of finding: Finding, among causes: [Finding]) -> FindingKey? {
    guard !finding.amountAtStake.isZero else { return nil }
    var fitting: [(rank: Int, key: FindingKey)] = []
    for cause in causes where agree(cause.key, finding.key) {
      if let ranks = ranks(cause.key.rule, finding.key.rule), ranks.cause < ranks.effect {
        fitting.append((ranks.cause, cause.key))
      }
    }
    let lowest = fitting.map(\.rank).min()
    let nearest = fitting.filter { $0.rank == lowest }
    return nearest.count == 1 ? nearest[0].key : nil
  }

  /// True if no part that both keys state differs.
  private static func agree(_ a: FindingKey, _ b: FindingKey) -> Bool {
    let pairs = [
      (a.billingAccountID, b.billingAccountID), (a.currency.text, b.currency.text),
      (a.subAccountID, b.subAccountID), (a.serviceName, b.serviceName),
      (a.usageType, b.usageType), (a.operation, b.operation), (a.resourceID, b.resourceID),
      (a.invoiceID, b.invoiceID),
    ]
    return pairs.allSatisfy { $0.isEmpty || $1.isEmpty || $0 == $1 }
  }
}
