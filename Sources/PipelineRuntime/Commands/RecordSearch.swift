import BillingModel
import ByteStreaming
import Detecting
import ExactNumbers
import Ingesting
import Tabulating

/// Finds the line items that findings are about in the files of their booked versions.
struct RecordSearch {
  /// The line items of one finding.
  struct Found {
    var rows = 0
    /// Σ unblended cost.
    var cost = Amount.zero
    /// The first by file and record.
    var places: [Place] = []
  }

  private let finding: Finding
  private let name: Text
  private let limit: Int

  /// - Parameters:
  ///   - name: tells findings of one search apart.
  ///   - limit: how many places are wanted.
  init(_ finding: Finding, named name: Text, limit: Int) {
    self.finding = finding
    self.name = name
    self.limit = limit
  }

  /// The billing periods that hold its line items.
  var periods: Set<BillingPeriod> {
    Set([finding.key.billingPeriod] + (finding.selection?.otherPeriods ?? []))
  }

  /// One for each alternative; none where no columns tell the line items, or there are none.
  private var parts: [(screen: Screen, values: [Field: [Text]])] {
    guard let selection = finding.selection, finding.lineCount > 0 else { return [] }
    let own =
      selection.isScreened
      ? DetectorCatalog.screens.first { $0.rule == finding.key.rule } : nil
    return selection.alternatives.enumerated().map { index, values in
      let rule = RuleID(Text("\(name)#\(index)"))
      return (own.map { screen($0, rule, values) } ?? screen(rule, values), values)
    }
  }

  var screens: [Screen] { parts.map(\.screen) }

  /// What a rule's screen finds by the same columns. What a group is made of must not change: only what its
  /// rows have in common may be asked for first.
  private func screen(_ own: Screen, _ rule: RuleID, _ values: [Field: [Text]]) -> Screen {
    let common = own.trip == .row ? own.keyedBy : own.keyedBy.filter(own.groupedBy.contains)
    var screen = Screen(
      rule: rule,
      rows: own.rows + common.map { Self.condition($0, values[$0] ?? [""]) },
      groupedBy: own.groupedBy, trip: own.trip, keyedBy: own.keyedBy,
      measures: [.sum(.unblendedCost)], captures: [])
    screen.evidenceLimit = limit
    return screen
  }

  private func screen(_ rule: RuleID, _ values: [Field: [Text]]) -> Screen {
    // A number may be spelled in several ways: its rows are told apart and compared by value.
    let numbers = values.keys.filter { $0 == .unblendedRate }
    var screen = Screen(
      rule: rule,
      rows: Field.allCases.filter { values[$0] != nil && !numbers.contains($0) }.map {
        Self.condition($0, values[$0] ?? [])
      },
      keyedBy: numbers, measures: [.sum(.unblendedCost)], captures: [])
    screen.evidenceLimit = limit
    return screen
  }

  private static func condition(_ field: Field, _ values: [Text]) -> Condition {
    let texts = values.filter { !$0.isEmpty }
    if texts.isEmpty { return .isAbsent(field) }
    let isOne: Condition =
      field == .chargePeriodStart
      ? .containsOneOf(field, texts + texts.map { Text($0.string.filter { $0 != "-" }) })
      : .isOneOf(field, texts)
    return texts.count == values.count ? isOne : .anyOf([.isAbsent(field), isOne])
  }

  // MARK: What a pass found

  func found(in groups: [SuspectGroup]) throws(AmountOverflow) -> Found {
    var found = Found()
    let periods = periods
    for (screen, values) in parts {
      for group in groups
      where group.rule == screen.rule && group.currency == finding.key.currency
        && group.billingAccountID == finding.key.billingAccountID
        && periods.contains(group.billingPeriod) && Self.fits(group.key, screen.keyedBy, values)
      {
        found.rows += group.rows
        try found.cost += group.measures[0]
        found.places += group.first.map(\.place)
      }
    }
    found.places = Array(Set(found.places).sorted().prefix(limit))
    return found
  }

  private static func fits(
    _ key: [Field: Text], _ fields: [Field], _ values: [Field: [Text]]
  ) -> Bool {
    fields.allSatisfy { field in
      let text = key[field] ?? ""
      let wanted = values[field] ?? [""]
      guard field == .unblendedRate, let number = try? Amount(parsing: text.string) else {
        return wanted.contains(text)
      }
      return wanted.contains { (try? Amount(parsing: $0.string)) == number }
    }
  }

  /// Reads the files, twice where a screen over groups asks for it.
  static func groups(
    _ screens: [Screen], in files: [(path: Path, file: ExportFile)]
  ) throws(ExportFault) -> [SuspectGroup] {
    func read(_ worker: ExportWorker) throws(ExportFault) -> ExportWorker {
      var worker = worker
      for (path, file) in files {
        var source = try ByteSource(export: path, name: file.name)
        try worker.read(&source, file)
      }
      return worker
    }
    func merged<Value>(_ body: () throws(MergeFault) -> Value) throws(ExportFault) -> Value {
      do throws(MergeFault) {
        return try body()
      } catch {
        throw ExportFault(code: "NotMerged", message: "\(error)")
      }
    }
    guard !screens.isEmpty, !files.isEmpty else { return [] }
    let pass = ExportPass(screens: screens)
    let worker = try read(pass.makeWorker())
    let first = try merged { () throws(MergeFault) in try pass.merge([worker]) }
    guard first.needsSecondLook else { return first.contents.suspects }
    let second = try read(first.makeWorker())
    return try merged { () throws(MergeFault) in try first.finish([second]).suspects }
  }
}
