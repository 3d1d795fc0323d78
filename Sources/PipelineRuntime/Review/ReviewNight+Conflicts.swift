import BillingModel

extension ReviewNight {
  /// Refuses all edits of a finding if one would overwrite a decision that its file does not show.
  mutating func refuseStale(
    _ columns: [ReviewColumn: [Edit]], _ finding: ShownFinding
  ) -> Bool {
    guard columns.values.joined().contains(where: \.isStale) else { return false }
    let said = finding.decision.map { decision in
      let who = decision.reviewer.isEmpty ? "a reviewer" : decision.reviewer.string
      let now = finding.now.cells.status
      let since = now == decision.status ? "" : ", and it is \(now.rawValue) again since"
      return "\(who) made it \(decision.status.rawValue) on \(decision.on)\(since)"
    }
    for (column, edits) in columns {
      for edit in edits {
        refuse(
          edit.file, edit.row, of: finding, column: column, code: "Conflict",
          "\(said ?? "it was decided"), which this file does not show, and it says \(edit.words): "
            + "nothing was overwritten; take the newest anomalies.csv and change it there")
      }
    }
    return true
  }

  /// Refuses all edits of a finding if two rows want a cell otherwise.
  mutating func refuseContradictions(
    _ columns: [ReviewColumn: [Edit]], _ finding: ShownFinding
  ) -> Bool {
    let contradictory = columns.filter { Set($0.value.map(\.cell)).count > 1 }
    guard !contradictory.isEmpty else { return false }
    let names = contradictory.keys.map(\.rawValue).sorted().joined(separator: " and ")
    for (column, edits) in columns {
      let isContradictory = contradictory[column] != nil
      let message =
        isContradictory
        ? "\(column.rawValue): \(Self.sides(edits)): nothing was taken; agree, and drop in one of them"
        : "not taken, since rows contradict each other in \(names): agree, and drop in one of them"
      for edit in edits {
        refuse(
          edit.file, edit.row, of: finding, column: column,
          code: isContradictory ? "Conflict" : "NotTaken", message)
      }
    }
    return true
  }

  /// `a.csv line 2 (Ann) says confirmed, b.csv line 2 (Bo) says dismissed`: each side once.
  private static func sides(_ edits: [Edit]) -> String {
    Dictionary(grouping: edits, by: \.words).map { words, edits in
      let places = Set(edits.map(\.placeAndName)).sorted()
      return "\(places.joined(separator: " and ")) \(places.count == 1 ? "says" : "say") \(words)"
    }.sorted().joined(separator: ", ")
  }
}

extension ReviewNight.Edit {
  /// What the cell says.
  fileprivate var words: String {
    let value = (cell.value ?? "").string
    return value.isEmpty ? "nothing" : String(value.prefix(60))
  }

  /// With whom the row names as its reviewer.
  fileprivate var placeAndName: String {
    let name = ReviewSheet.trimmed(row.cells[.reviewer] ?? "")
    return name.isEmpty ? place : "\(place) (\(name))"
  }
}
