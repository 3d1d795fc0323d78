package import BillingModel
package import ExactNumbers

/// A pipeline as its definition files describe it: all that may change without compiling.
package struct Definition: Sendable {
  package var name: String
  package var claim = Claim()
  package var ingest = Ingest()
  package var reconcile = Reconcile()
  package var detect = Detect()
  package var report = Report()
  /// The date that the definition itself fixes; for samples.
  package var asOf: Day?

  /// What is taken from the inbox, and how.
  package struct Claim: Sendable, Hashable {
    package enum Mode: String, Sendable, CaseIterable { case drop, mirror }
    package var inbox = Mode.drop
    /// A loose file must lie unchanged this many seconds.
    package var settleSeconds = 2
    /// Name patterns (`*` and `?`) of files that are listed and left alone.
    package var ignore: [String] = []
  }

  package struct Ingest: Sendable, Hashable {
    /// Which export is booked where several cover the same payer and period.
    package var prefer: [ExportFormat] = ExportFormat.allCases
  }

  package struct Reconcile: Sendable, Hashable {
    /// How far two totals may be apart and still count as rounding.
    package struct Tolerance: Sendable, Hashable {
      package var perLine: Amount
      package var floor: Amount
      package var cap: Amount

      package init(perLine: Amount, floor: Amount, cap: Amount) {
        self.perLine = perLine
        self.floor = floor
        self.cap = cap
      }
    }

    package var tolerance = Tolerance(
      perLine: Amount.cents(1), floor: Amount.cents(1), cap: Amount.cents(100))
    package var toleranceByCurrency: [CurrencyCode: Tolerance] = [:]
    /// The day of the following month by which an invoice must have come.
    package var invoicesExpectedBy = 10
  }

  package struct Detect: Sendable, Hashable {
    /// Rules that are switched off.
    package var without: Set<RuleID> = []
    package var reportsBackfill = false
  }

  package struct Report: Sendable, Hashable {
    package var byteOrderMark = true
    /// Superseded versions of a period that stay.
    package var retention = 10
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
