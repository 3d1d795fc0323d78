package import BillingModel
package import ByteStreaming
package import ExactNumbers
import Tabulating

/// Exact sums over exports by any columns: what `counterfoil summarize` prints.
package struct ExportSummary: Sendable {
  /// One group of rows.
  package struct Row: Hashable, Sendable {
    /// The values of the columns asked for; empty where absent.
    package var keys: [Text]
    package var currency: CurrencyCode
    package var billedCost: Amount
    /// Nil where the rows count in different units, or a quantity is unreadable.
    package var consumedQuantity: Amount?
    package var lineItems: Int
  }

  /// What came out, with what was left out.
  package struct Result: Sendable {
    package var rows: [Row] = []
    package var rejects: [Reject] = []
    package var files: [FileTally] = []
  }

  private let columns: [SummaryColumn]

  /// - Parameter columns: Names of our model (``Field``), `Day`, `Month`, or names of file columns.
  package init(by columns: [Text]) { self.columns = columns.map { SummaryColumn($0) } }

  /// Beside the fields: the quantity's unit, then the columns that go by their own names.
  private var query: TableQuery {
    let first = Field.allCases.count
    var own = first
    let keys = columns.map { column -> KeyPart in
      switch column {
      case .field(let field): return .text(field.slot)
      case .day: return ExportQuery.day
      case .month: return ExportQuery.period
      case .own:
        own += 1
        return .text(own)
      }
    }
    let group: [KeyPart] = [
      .text(Field.billingCurrency.slot), .text(first), .text(Field.billingAccountID.slot),
      ExportQuery.period, .text(Field.invoiceID.slot), .text(Field.lineItemType.slot),
    ]
    return ExportQuery.query(
      slots: own + 1, sums: [Field.netUnblendedCost.slot, Field.consumedQuantity.slot],
      groupings: [keys + group], screens: [])
  }

  package func makeWorker() -> Worker { Worker(columns, Tabulator(query)) }

  /// Merges the workers; rows are sorted by bytes.
  package func merge(_ workers: [Worker]) throws(AmountOverflow) -> Result {
    let files = workers.flatMap(\.files)
    let table = try Tabulation(query, workers.map(\.tabulator))
    let writer = ContentsWriter([], table, files)
    return try Result(
      rows: SummaryFold(columns, table.groups[0]).rows(), rejects: writer.rejects(),
      files: writer.tallies())
  }

  /// Reads files into tables of its own. After a fault it must be thrown away.
  package struct Worker: Sendable {
    private let columns: [SummaryColumn]
    fileprivate private(set) var tabulator: Tabulator
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
        &tabulator, &reader, &source, binding, binding.layout([], further: further), file)
      files.append(read)
    }

    private func refuseUnknownColumns(
      _ binding: ColumnBinding, _ file: ExportFile
    ) throws(ExportFault) {
      for case .own(let name) in columns where binding.source(name) == nil {
        let known = Field.allCases.map(\.rawValue) + ["Day", "Month"] + binding.columns
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

  func text(_ value: KeyValue) -> Text {
    switch self {
    case .field, .own: value.text
    case .day: value.number.map { Text(Day(number: $0).description) } ?? .empty
    case .month: value.period.map { Text($0.description) } ?? .empty
    }
  }
}

/// Folds the fine groups of a summary, which carry what decides BilledCost and units, to its rows.
private struct SummaryFold {
  private struct Key: Hashable {
    var keys: [Text]
    var currency: CurrencyCode
  }

  private struct Sum {
    var cost = Amount.zero
    var quantity = Amount.zero
    var unit: Text?
    var hasOneUnit = true
    var lineItems = 0
  }

  private let columns: [SummaryColumn]
  private let groups: [[KeyValue]: GroupSums]

  init(_ columns: [SummaryColumn], _ groups: [[KeyValue]: GroupSums]) {
    self.columns = columns
    self.groups = groups
  }

  func rows() throws(AmountOverflow) -> [ExportSummary.Row] {
    let book = try ChargeBook(groups.map { charge($0.key, $0.value) })
    var sums: [Key: Sum] = [:]
    for (values, group) in groups {
      let charge = charge(values, group)
      let key = Key(
        keys: zip(columns, values).map { $0.text($1) }, currency: charge.key.currency)
      var sum = sums[key] ?? Sum()
      try sum.cost += book.billedCost(charge.sums, in: ChargeBook.Group(charge.key))
      try sum.quantity += group.sums[2]
      let unit = values[columns.count + 1].text
      if group.stated[2] > 0 {
        sum.hasOneUnit = sum.hasOneUnit && (sum.unit ?? unit) == unit
        sum.unit = unit
      }
      sum.lineItems += group.rows
      sums[key] = sum
    }
    return sums.map { key, sum in
      ExportSummary.Row(
        keys: key.keys, currency: key.currency, billedCost: sum.cost,
        consumedQuantity: sum.hasOneUnit && sum.unit != nil ? sum.quantity : nil,
        lineItems: sum.lineItems)
    }
    .sorted {
      ($0.keys + [$0.currency.text]).lexicographicallyPrecedes($1.keys + [$1.currency.text])
    }
  }

  /// As much of a charge as decides between its two costs.
  private func charge(_ values: [KeyValue], _ sums: GroupSums) -> ChargeSummary {
    let rest = Array(values[columns.count...])
    let key = ChargeKey(
      billingAccountID: rest[2].text, billingPeriod: BillingPeriod(rest[3]),
      invoiceID: rest[4].text, invoiceIssuer: "", billingEntity: "", legalEntity: "",
      billType: "", chargeType: ChargeType(rest[5].text), currency: CurrencyCode(rest[0].text),
      subAccountID: "", subAccountName: "", serviceName: "", productCode: "",
      isDataTransfer: false, day: nil)
    return ChargeSummary(key: key, sums: CostSums(sums), billedCost: .zero)
  }
}
