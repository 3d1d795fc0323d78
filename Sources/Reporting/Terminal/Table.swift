package import BillingModel

/// A table for people: columns aligned by width on the screen, numbers to the right.
package struct Table: Sendable {
  private let header: [Text]
  private var rows: [[Cell]] = []
  private let widest: Int?

  /// - Parameter widest: the columns that a text cell may take before it is cut; nil for no limit.
  ///   Numbers are never cut.
  package init(columns: [Text], widest: Int? = nil) {
    self.header = columns
    self.widest = widest
  }

  package mutating func append(_ cells: [Cell]) {
    precondition(cells.count == header.count, "a row has one cell for each column")
    rows.append(cells)
  }

  /// The lines, each with its line end and without spaces at its end.
  package var text: String {
    let lines = [header.map(TerminalText.escaped)] + rows.map { $0.map(spelling) }
    let widths = header.indices.map { column in
      lines.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    return lines.map { line($0, widths) + "\n" }.joined()
  }

  private func spelling(of cell: Cell) -> String {
    let text = TerminalText.escaped(cell.plain)
    guard let widest, !cell.isNumber else { return text }
    return TerminalText.cut(text, to: widest)
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      if column > 0 { line += "  " }
      let padding = String(
        repeating: " ", count: widths[column] - TerminalText.width(cell))
      line += isNumeric(column) ? padding + cell : cell + padding
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private func isNumeric(_ column: Int) -> Bool { rows.first?[column].isNumber ?? false }
}
