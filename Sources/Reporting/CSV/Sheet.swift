import BillingModel
import ExactNumbers

/// A column of a document: its name beside what stands in it, so that the two cannot drift apart.
struct Column<Row>: Sendable {
  let name: Text
  let cell: @Sendable (Row) throws(AmountOverflow) -> Cell

  init(_ name: Text, _ cell: @escaping @Sendable (Row) throws(AmountOverflow) -> Cell) {
    self.name = name
    self.cell = cell
  }
}

/// A CSV document as its columns, and the column whose sum seals it.
struct Sheet<Row>: Sendable {
  /// The money that a reader of the document can add up again.
  struct Sum: Sendable {
    let column: Text
    let amount: @Sendable (Row) -> Money?
  }

  let name: Text
  let columns: [Column<Row>]
  var sum: Sum?

  func document(_ rows: [Row], _ options: ReportOptions) throws(AmountOverflow) -> Document {
    var writer = CSVWriter(
      columns: columns.map(\.name), for: .spreadsheet, byteOrderMark: options.byteOrderMark)
    var totals = CurrencyTotals()
    for row in rows {
      writer.append(try cells(row))
      if let money = sum?.amount(row) { try totals.add(money.amount, money.currency) }
    }
    return Document(
      name: name, bytes: writer.bytes, rows: writer.rows,
      controlTotal: sum.map { ControlTotal(column: $0.column, amounts: totals) })
  }

  func cells(_ row: Row) throws(AmountOverflow) -> [Cell] {
    var cells: [Cell] = []
    for column in columns { cells.append(try column.cell(row)) }
    return cells
  }
}
