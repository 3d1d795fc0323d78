package import BillingModel
package import ExactNumbers

/// Every rule there is. A new rule is one file in `Rules/` and one line here.
package enum DetectorCatalog {
  package static let all: [any Detector] = [
    BuyerNameWrong(),
    BuyerTaxIDWrong(),
    CancellationUnmet(),
    ChangedAfterFinalisation(),
    ChangedAfterSignOff(),
    ChargedOutsidePeriod(),
    ChargesWithoutInvoice(),
    CostNotRateTimesUsage(),
    CurrencyMismatch(),
    DailyCostAnomaly(),
    DiscountReadingsDisagree(),
    DuplicateInvoice(),
    DuplicateLineItem(),
    ExportsDisagree(),
    HalfFinalMonth(),
    InvoiceArithmetic(),
    InvoiceWithoutCharges(),
    InvoicesNeverArrived(),
    MoreHoursThanPeriod(),
    NegativeCharge(),
    PaymentConversionWrong(),
    PositiveCredit(),
    PurchaseOrderUnknown(),
    RateAbovePublic(),
    RateInconsistent(),
    RejectedRows(),
    RepeatedUsage(),
    ReservedUsageCharged(),
    SavingsPlanNegationMismatch(),
    SellerBankAccountChanged(),
    SellerNameWrong(),
    SellerTaxIDWrong(),
    TaxMissing(),
    TaxRateWrong(),
    TotalOff(),
    UnknownAccount(),
    UnknownEntity(),
    UnknownLineItemType(),
  ]

  /// The names of all rules, sorted.
  package static var ids: [RuleID] { all.map { type(of: $0).id }.sorted() }

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
    judgement.findings = Causation.linked(try judgement.findings.withUniqueKeys())
    judgement.candidates = try judgement.candidates.withUniqueKeys()
    return judgement.sorted()
  }
}
