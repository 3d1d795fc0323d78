import BillingModel
import ExactNumbers
import Tabulating

/// Names what comes back from a pass: table groups become charges, suspect rows become evidence.
struct ContentsWriter {
  private let screens: [Screen]
  private let table: Tabulation
  private let read: [[UInt8]: ReadFile]

  init(_ screens: [Screen], _ table: Tabulation, _ files: [ReadFile]) {
    self.screens = screens
    self.table = table
    read = Dictionary(
      files.map { ($0.file.identity, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func contents() throws(AmountOverflow) -> ExportContents {
    var contents = ExportContents()
    contents.files = try tallies()
    var texts = TableTexts(table.texts)
    let charges = try charges(&texts)
    let book = try ChargeBook(charges)
    contents.charges = charges.map { charge in
      var charge = charge
      charge.billedCost = book.billedCost(charge.sums, in: ChargeBook.Group(charge.key))
      return charge
    }
    contents.usage = try UsageReading(table.groups[0], book).summaries(&texts)
    contents.allocations = allocations(book, &texts)
    contents.prices = try PriceFolding.prices(table.groups[2], &texts)
    contents.suspects = suspects()
    contents.rejects = rejects()
    contents.unchecked = unchecked()
    contents.screens = CarriedScreen.all(screens)
    return contents
  }

  // MARK: Sums

  /// Adds up the usage types of each charge, which lie side by side.
  private func charges(_ texts: inout TableTexts) throws(AmountOverflow) -> [ChargeSummary] {
    let groups = table.groups[0]
    let parts = ExportQuery.chargeKey.count
    var result: [ChargeSummary] = []
    for index in 0..<groups.count {
      groups.prefetch(index + 8)
      let group = groups[index]
      if index > 0, group.hasSameParts(groups[index - 1], first: parts) {
        try result[result.count - 1].sums.add(group.costs)
      } else {
        result.append(
          ChargeSummary(key: ChargeKey(group, &texts), sums: group.costs, billedCost: .zero))
      }
    }
    return result
  }

  private func allocations(
    _ book: ChargeBook, _ texts: inout TableTexts
  ) -> [AllocationSummary] {
    let groups = table.groups[1]
    var result: [AllocationSummary] = []
    result.reserveCapacity(groups.count)
    for index in 0..<groups.count {
      var summary = AllocationSummary(groups[index], &texts)
      summary.billedCost = book.billedCost(summary.sums, in: ChargeBook.Group(summary))
      result.append(summary)
    }
    return result
  }

  // MARK: Files

  func tallies() throws(AmountOverflow) -> [FileTally] {
    var result: [FileTally] = []
    for totals in table.files {
      guard let file = read[totals.file.identity] else { continue }
      result.append(try FileTally(totals, file))
    }
    return result.sorted { ($0.file, $0.sha256) < ($1.file, $1.sha256) }
  }

  func rejects() -> [Reject] {
    table.files.flatMap { totals in
      read[totals.file.identity].map { file in totals.rejectedRows.map { $0.reject(in: file) } }
        ?? []
    }
    .sorted { ($0.file, $0.record) < ($1.file, $1.record) }
  }

  /// Screens that some file could not answer.
  private func unchecked() -> [UncheckedScreen] {
    let files = read.values.sorted { $0.file.name < $1.file.name }
    var result: Set<UncheckedScreen> = []
    for screen in screens {
      let lacking = files.map { ($0, $0.binding.missingFields(screen)) }.filter { !$0.1.isEmpty }
      guard let (first, fields) = lacking.first else { continue }
      let names = fields.map(\.rawValue).joined(separator: ", ")
      let what =
        lacking.count == files.count
        ? "no column for \(names)"
        : "\(lacking.count) of \(files.count) files have no column for \(names), first \(first.file.name)"
      result.insert(UncheckedScreen(rule: screen.rule, reason: Text(what)))
    }
    return result.sorted { ($0.rule.text, $0.reason) < ($1.rule.text, $1.reason) }
  }

  // MARK: Suspects

  func suspects() -> [SuspectGroup] {
    var result: [SuspectGroup] = []
    for (index, found) in table.suspects.enumerated() {
      result += found.sorted { $0.key < $1.key }.map { key, suspect in
        SuspectGroup(screens[index], key, suspect) { read[$0]?.binding }
      }
    }
    return result.enumerated().sorted {
      $0.element.rule != $1.element.rule
        ? $0.element.rule < $1.element.rule : $0.offset < $1.offset
    }
    .map(\.element)
  }
}
