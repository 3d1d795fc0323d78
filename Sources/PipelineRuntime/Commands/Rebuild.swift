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
    let (inputs, runs, signOffs, published) = try Stop.onLedger { () throws(LedgerFault) in
      let found = (
        try ledger.inputs(), try ledger.runs(limit: Int.max), try ledger.signOffs(),
        try ledger.publishedHashes()
      )
      try ledger.removeDerived()
      return found
    }
    try removePublished(home)
    var missing: [String] = []
    // A run without inputs counts too: what its date changed was published with that date.
    for run in runs.sorted(by: { $0.id < $1.id }) {
      progress("playing \(run.asOf) again")
      var plan = RunPlan(
        definition: definition, home: home, asOf: run.asOf, workers: pool,
        accepted: Set(run.accepted.map(\.string)), readsHistory: run.readsHistory,
        judgesAll: true)
      plan.numbering = VersionNumbering(published: published)
      let taken = taken(in: run, of: inputs, signOffs)
      let outcome = try PipelineRunner(
        plan, from: .archive(taken, run), progress: progress
      ).night(ledger)
      missing += outcome.unreadable
    }
    try Stop.onFiles { () throws(FileError) in try Folder.remove(home.rebuilding) }
    lock.release()
    return (["rebuilt \(runs.count) nights from \(home.archive)"] + missing)
      .joined(separator: "\n")
  }

  /// Versions are published again from the first (``VersionNumbering``); those that lie there would be taken for
  /// newer ones. What is not published again must not be named either.
  private static func removePublished(_ home: Home) throws(Stop) {
    try Stop.onFiles { () throws(FileError) in
      try Folder.remove(home.versions)
      for name in try Folder.names(in: home.out) {
        let link = home.out.appending(bytes: name)
        if AtomicFile.target(of: link) != nil { try Folder.remove(link) }
      }
    }
  }

  /// What a run took. A sign-off belongs to the run that accepted it, which need not be the one
  /// that saw its file first.
  private static func taken(
    in run: RunRecord, of inputs: [KnownInput], _ signOffs: [SignOffRecord]
  ) -> [KnownInput] {
    let signed = Set(signOffs.filter { $0.run == run.id }.map(\.signOff.sha256))
    let later = Set(signOffs.filter { $0.run != run.id }.map(\.signOff.sha256))
    return inputs.filter {
      signed.contains($0.sha256) || ($0.run == run.id && !later.contains($0.sha256))
    }
  }
}
