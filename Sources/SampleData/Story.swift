import BillingModel
import ExactNumbers

/// A run of nights that shows one thing: what arrives, what is planted, what must be found.
struct Story {
  /// What lies in the inbox when the run of that day begins.
  struct Night {
    var asOf: String
    var files: [SampleFile]

    init(_ asOf: String, _ files: [SampleFile]) {
      self.asOf = asOf
      self.files = files
    }
  }

  /// The folder's name.
  var name: String
  var readme: String
  var nights: [Night]

  init(_ name: String, readme: String, nights: [Night]) {
    self.name = name
    self.readme = readme
    self.nights = nights
  }
}

/// Every story. No two share a payer and billing period, so that all of them can be played in one home.
enum StoryCatalog {
  static let all: [@Sendable () throws -> Story] = [
    CleanMonth.story, ChinaTwoOperators.story, TaxMismatch.story, MissingInvoice.story,
    DuplicateLines.story, BrokenRows.story, RestatedMonth.story, InvoiceBeforeCharges.story,
    TagChaos.story, ChinaFocus.story, SpendSpike.story, QuietChanges.story, LineFaults.story,
    ExportFaults.story, CreditNote.story,
    ExportsDisagree.story, ChangedBankAccount.story, FapiaoByAmount.story,
    CreditAcrossMonths.story, ThreeCurrencies.story, InvoiceTakenBack.story,
    SignedOffMonth.story, ContractFaults.story, CommitmentFaults.story,
    DisputeCredited.story, StrayDocuments.story, UnfinishedMonth.story, IntervalsAndSplits.story,
  ]
}

extension Story {
  /// The files of a story below its folder, in the order of nights.
  var files: [SampleFile] {
    [SampleFile("README.md", readme + "\n")]
      + nights.flatMap { night in
        night.files.map { SampleFile("nights/\(night.asOf)/\($0.path)", $0.content) }
      }
  }
}
