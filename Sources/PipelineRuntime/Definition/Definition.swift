package import BillingModel
package import ExactNumbers
package import Ingesting
package import Normalizing
package import Reconciling

/// A pipeline as its definition files describe it: all that may change without compiling.
package struct Definition: Sendable {
  package var name: String
  /// Of explanations and recommendations.
  package var language = Language.english
  package var claim = Claim()
  package var ingest = Ingest()
  package var normalize = Normalize()
  package var reconcile = Reconcile()
  package var detect = Detect()
  package var review = Review()
  package var report = Report()
  package var close = Close()
  /// The date that the definition itself fixes; for samples.
  package var asOf: Day?
  /// The hash of the definition and of all files that it names; absent if it came from no file.
  package var contentHash: Text?

  /// What is taken from the inbox, and how.
  package struct Claim: Sendable, Hashable {
    package enum Mode: String, Sendable, CaseIterable { case drop, mirror }
    package var inbox = Mode.drop
    /// A loose file must lie unchanged this many seconds.
    package var settleSeconds = 2
    /// Name patterns (`*` and `?`) of files that are listed and left alone.
    package var ignore: [String] = []
  }

  package struct Ingest: Sendable {
    /// Which export is booked where several cover the same payer and period.
    package var prefer: [ExportFormat] = ExportFormat.allCases
    /// How each kind of XML invoice is read.
    package var dialects: [Dialect] = []
  }

  package struct Normalize: Sendable {
    package var tags = TagRules()
    package var accounts = AccountDirectory([])
  }

  package struct Reconcile: Sendable, Hashable {
    package var tolerance = Tolerance.standard
    package var toleranceByCurrency: [CurrencyCode: Tolerance] = [:]
    /// The day of the following month by which an invoice must have come.
    package var invoicesExpectedBy = 10
    package var contract = Contract()
  }

  package struct Detect: Sendable, Hashable {
    /// From which amount at stake, weighed by its confidence, a finding is as severe as that.
    package struct SeverityBands: Sendable, Hashable {
      package var critical: Amount
      package var high: Amount
      package var medium: Amount
      package var low: Amount
    }

    /// Rules that are switched off.
    package var without: Set<RuleID> = []
    package var reportsBackfill = false
    /// Holidays, workdays that make up for them, and days on which shops sell more.
    package var calendar = EventCalendar()
    package var severity = SeverityBands(
      critical: .cents(1_000_000), high: .cents(100_000), medium: .cents(10_000), low: .cents(100))
    package var severityByCurrency: [CurrencyCode: SeverityBands] = [:]
  }

  /// When what a reviewer decided no longer holds: the amount at stake moved by more than a share of it,
  /// and by more than a floor in its currency.
  package struct Review: Sendable, Hashable {
    package var share: Amount = .cents(1)
    package var floor: Amount = .cents(100)
  }

  /// When a period may be signed off.
  package struct Close: Sendable, Hashable {
    /// How much of the difference of a discrepant match may stay unexplained, in its currency.
    package var unexplained = Amount.zero
  }

  package struct Report: Sendable, Hashable {
    package var byteOrderMark = true
    /// Superseded versions of a period that stay.
    package var retention = 10
    /// The most rows of `tag-debt.csv` for each currency.
    package var tagDebt = 20
  }
}

extension Amount {
  static func cents(_ count: Int128) -> Amount {
    do {
      return try Amount(units: count * 10_000_000_000_000_000)
    } catch {
      preconditionFailure("a small constant is in range")
    }
  }
}
