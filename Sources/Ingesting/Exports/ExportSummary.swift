package import BillingModel
package import ByteStreaming
import ExactNumbers
package import Tabulating

/// Reads the value of a tag dimension out of the tags of a row.
package typealias DimensionReading = @Sendable (TagSet) -> Text

/// Exact sums over exports by any columns: what `counterfoil summarize` prints.
package struct ExportSummary: Sendable {
  /// What came out, with what was left out.
  package struct Result: Sendable {
    package var rows: SummaryRows
    package var rejects: [Reject] = []
    package var files: [FileTally] = []
  }

  private let columns: [SummaryColumn]
  private let dimensions: [DimensionReading]

  /// - Parameters:
  ///   - columns: Names of our model (``Field``), `Day`, `Month`, names of file columns, or of
  ///     dimensions.
  ///   - dimensions: How to read the tag dimensions, by their names.
  package init(by columns: [Text], dimensions: [Text: DimensionReading] = [:]) {
    var readings: [DimensionReading] = []
    self.columns = columns.map { name in
      guard let reading = dimensions[name] else { return SummaryColumn(name) }
      readings.append(reading)
      return .dimension(readings.count - 1)
    }
    self.dimensions = readings
  }

  /// Beside the fields: the quantity's unit, then the columns that go by their own names.
  private var query: TableQuery {
    let first = Field.allCases.count
    var own = first
    let keys = columns.map { column -> KeyPart in
      switch column {
      case .field(let field): return .text(field.slot)
      case .day: return ExportQuery.day
      case .month: return ExportQuery.period
      case .dimension(let number): return .raw(by: number)
      case .own:
        own += 1
        return .text(own)
      }
    }
    // Behind the columns asked for: what decides BilledCost, and whether quantities can be added.
    let group: [KeyPart] = [
      .text(Field.billingCurrency.slot), .text(first), .text(Field.billingAccountID.slot),
      ExportQuery.period, .text(Field.invoiceID.slot), .text(Field.lineItemType.slot),
    ]
    return ExportQuery.query(
      slots: own + 1, sums: [Field.netUnblendedCost.slot, Field.consumedQuantity.slot],
      groupings: [keys + group],
      rawReadings: dimensions.map { reading in
        { Array(reading(TagRecord.tags($1, $0)).string.utf8) }
      }, screens: [])
  }

  package func makeWorker() -> Worker { Worker(columns, Tabulator(query)) }

  /// Merges the workers; rows are sorted by bytes.
  package func merge(
    _ workers: [Worker], on threads: some ParallelMapping = OneThread()
  ) throws(MergeFault) -> Result {
    let files = workers.flatMap(\.files)
    let table = try Tabulation(query, workers.map(\.tabulator), on: threads)
    let writer = ContentsWriter([], table, files)
    do throws(AmountOverflow) {
      return try Result(
        rows: SummaryRows(columns, table, on: threads), rejects: writer.rejects(),
        files: writer.tallies())
    } catch {
      throw .overflow
    }
  }

  /// Reads files into tables of its own. After a fault it must be thrown away.
  package struct Worker: Sendable {
    private let columns: [SummaryColumn]
    fileprivate let tabulator: Tabulator
    fileprivate private(set) var files: [ReadFile] = []

    fileprivate init(_ columns: [SummaryColumn], _ tabulator: Tabulator) {
      self.columns = columns
      self.tabulator = tabulator
    }

    package mutating func read(
      _ source: inout ByteSource, _ file: ExportFile
    ) throws(ExportFault) {
      var reader = CSVReader()
      let binding = try ColumnBinding(ExportReading.header(&reader, &source, file), file)
      try refuseUnknownColumns(binding, file)
      let further = [ColumnCatalog.quantityUnit(binding.format)] + columns.compactMap(\.ownName)
      let read = try ExportReading.tabulate(
        tabulator, &reader, &source, binding, binding.layout([], further: further), file)
      files.append(read)
    }

    private func refuseUnknownColumns(
      _ binding: ColumnBinding, _ file: ExportFile
    ) throws(ExportFault) {
      for case .own(let name) in columns where binding.source(name) == nil {
        let known =
          Field.allCases.map(\.rawValue) + ["Day", "Month"] + Dimension.allCases.map(\.rawValue)
          + binding.columns
        let hint = NearestName.of(name, among: known).map { "; did you mean \($0)?" } ?? ""
        throw ExportFault(
          code: "UnknownColumn",
          message: "\(file.name): there is no column \(name)\(hint)", column: Text(name))
      }
    }
  }
}

/// A column that rows are summed by.
enum SummaryColumn: Hashable, Sendable {
  case field(Field)
  case day
  case month
  /// A tag dimension, by the number of its reading.
  case dimension(Int)
  case own(String)

  init(_ name: Text) {
    switch name {
    case "Day": self = .day
    case "Month": self = .month
    default:
      if let field = Field(rawValue: name.string), field != .tags {
        self = .field(field)
      } else {
        self = .own(name.string)
      }
    }
  }

  var ownName: String? {
    guard case .own(let name) = self else { return nil }
    return name
  }

  var isNumber: Bool { self == .day || self == .month }
}
