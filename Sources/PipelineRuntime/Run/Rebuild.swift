import BillingLedger
import BillingModel
import ByteStreaming

/// What `counterfoil rebuild` does: it plays every night again from the archive, in order.
package enum Rebuild {
  package static func run(
    definition path: String, home name: String?, workers: Int?,
    progress: @escaping (String) -> Void
  ) throws(Stop) -> String {
    let definition = try DefinitionFiles.load(Path(path))
    let home = Home(named: name)
    try home.requireLedger()
    let lock = try home.open()
    let pool = try PipelineRunner.pool(workers)
    let ledger = try Stop.onLedger { () throws(LedgerFault) in
      try Ledger(path: home.ledger.description)
    }
    try Filing(home, ledger).finishMoves()
    try Stop.onFiles { () throws(FileError) in try AtomicFile.write([], to: home.rebuilding) }
    let (inputs, runs) = try Stop.onLedger { () throws(LedgerFault) in
      let found = (try ledger.inputs(), try ledger.runs(limit: Int.max))
      try ledger.removeDerived()
      return found
    }
    // Versions are numbered from 1 again; those that lie there would be taken for newer ones.
    try Stop.onFiles { () throws(FileError) in try Folder.remove(home.versions) }
    let nights = Dictionary(grouping: inputs, by: \.receivedDay)
    // A night without inputs counts too: what its date changed was published with that date.
    let days = Set(nights.keys).union(runs.map(\.asOf)).sorted()
    for day in days {
      progress("playing \(day) again")
      let plan = RunPlan(definition: definition, home: home, asOf: day, workers: pool)
      _ = try PipelineRunner(plan, from: .archive(nights[day] ?? []), progress: progress)
        .night(ledger)
    }
    try Stop.onFiles { () throws(FileError) in try Folder.remove(home.rebuilding) }
    lock.release()
    return "rebuilt \(days.count) nights from \(home.archive)"
  }
}
