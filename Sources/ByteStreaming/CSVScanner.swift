import CProcessor

/// How plain records are found. All find the same ones; they differ in speed only.
///
/// Measured over an export of 190 columns with 14 wanted: see Tests/Benchmarks/Micro.
package enum CSVScanner: String, CaseIterable, Sendable {
  /// No record is taken for plain: each is read byte by byte.
  case bytewise
  /// 64 bytes at a time, in words.
  case portable
  /// With what every processor of the architecture has: SSE2 or NEON.
  case baseline
  case avx2

  /// Those that this processor can run.
  package static let available = allCases.filter {
    $0 != .avx2 || counterfoil_csv_has_avx2() != 0
  }

  /// The fastest of them.
  package static let fastest: CSVScanner = available.contains(.avx2) ? .avx2 : .baseline
}

extension CSVScan {
  enum Outcome { case needsMore, odd, full }

  /// Finds records as long as they are plain, in one call for all of them.
  mutating func plainRecords(_ selection: CSVSelection, into rows: inout CSVRows) -> Outcome {
    guard scanner != .bytewise, selection.columns > 0 else { return .odd }
    return unsafe selection.steps.withUnsafeBufferPointer { steps in
      var csv = unsafe counterfoil_csv(
        bytes: bytes, count: count, cursor: cursor, steps: steps.baseAddress,
        stopCount: rows.stopCount, stops: rows.stops, begins: rows.begins, ends: rows.ends,
        faults: rows.faults, fields: rows.fields, rows: rows.count, rowLimit: CSVRows.limit)
      let outcome = unsafe scanner.run(&csv)
      cursor = unsafe csv.cursor
      rows.count = unsafe csv.rows
      return outcome
    }
  }
}

extension CSVScanner {
  fileprivate func run(_ csv: inout counterfoil_csv) -> CSVScan.Outcome {
    let outcome =
      switch self {
      case .bytewise, .portable: unsafe counterfoil_csv_portable(&csv)
      case .baseline: unsafe counterfoil_csv_baseline(&csv)
      case .avx2: unsafe counterfoil_csv_avx2(&csv)
      }
    return switch Int(outcome) {
    case counterfoil_csv_open: .needsMore
    case counterfoil_csv_full: .full
    default: .odd
    }
  }
}
