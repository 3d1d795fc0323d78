package import BillingModel
package import ExactNumbers

/// Every rule there is. A new rule is one file in `Rules/` and one line here.
package enum DetectorCatalog {
  package static let all: [any Detector] = [
    AccountIDMalformed(),
    BuyerNameWrong(),
    BuyerTaxIDWrong(),
    CancellationUnmet(),
    ChangedAfterFinalisation(),
    ChangedAfterSignOff(),
    ChargeableAtZeroRate(),
    ChargedOutsidePeriod(),
    ChargesWithoutInvoice(),
    CommitmentHoursWrong(),
    CommitmentOutsideTerm(),
    CostNotRateTimesUsage(),
    CreditMissing(),
    CreditNotAsGranted(),
    CurrencyMismatch(),
    DailyCostAnomaly(),
    DiscountMissing(),
    DiscountRateWrong(),
    DiscountReadingsDisagree(),
    DuplicateInvoice(),
    DuplicateLineItem(),
    ExportsDisagree(),
    FreeTierCharged(),
    HalfFinalMonth(),
    IntervalImpossible(),
    IntervalOffGrain(),
    InvoiceArithmetic(),
    InvoiceWithoutCharges(),
    InvoicesNeverArrived(),
    MarketplaceBilledTwice(),
    MoreHoursThanPeriod(),
    NegativeCharge(),
    NetCostMismatch(),
    PaymentConversionWrong(),
    PositiveCredit(),
    PrivateRateNotApplied(),
    PublicCostMismatch(),
    PurchaseOrderUnknown(),
    RateAbovePublic(),
    RateChanged(),
    RateInconsistent(),
    RefundWithoutOriginal(),
    RegionMismatch(),
    RegionNotAllowed(),
    RejectedRows(),
    RepeatedUsage(),
    ReservationIdle(),
    ReservedUsageCharged(),
    RowsDropped(),
    SavingsPlanNegationMismatch(),
    SavingsPlanOverused(),
    SellerBankAccountChanged(),
    SellerNameWrong(),
    SellerTaxIDWrong(),
    SplitCostCounted(),
    SplitCostMismatch(),
    SupportFeeWrong(),
    TagChangedMidMonth(),
    TagMissing(),
    TagSpellingsDiffer(),
    TagValueUnknown(),
    TaxBeforeCredits(),
    TaxMissing(),
    TaxRateWrong(),
    TotalOff(),
    UnitMismatch(),
    UnknownAccount(),
    UnknownEntity(),
    UnknownLineItemType(),
    UpfrontFeeTwice(),
  ]

  /// The names of all rules, sorted.
  package static var ids: [RuleID] { all.map { type(of: $0).id }.sorted() }

  /// The rules that read what their screens found in earlier months.
  package static var lookingBack: Set<RuleID> {
    Set(all.filter { type(of: $0).looksBack }.map { type(of: $0).id })
  }

  /// What the pass over the rows must carry for all rules.
  package static var screens: [Screen] { all.flatMap(\.screens) }

  /// The judgement of all rules but those switched off, sorted by key, each key once, with
  /// ``Finding/causedBy`` filled in. A rule that is switched off is listed as unchecked.
  package static func judge(
    _ facts: PeriodFacts, without disabled: Set<RuleID> = [], detectors: [any Detector] = all
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for detector in detectors {
      let id = type(of: detector).id
      if disabled.contains(id) {
        judgement.unchecked.append(
          UncheckedRule(rule: id, reason: "switched off in the definition"))
      } else {
        judgement.add(try detector.judge(facts))
      }
    }
    judgement.findings = try Causation.linked(
      judgement.findings.withUniqueKeys(), facts.reconciliation.matches)
    judgement.candidates = try judgement.candidates.withUniqueKeys()
    return judgement.sorted()
  }
}
