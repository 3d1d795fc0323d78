import BillingLedger
import BillingModel
import ByteStreaming

/// What `counterfoil sign-off` does: it puts a file into the inbox, which the next run takes or
/// refuses.
package enum SigningOff {
  package static func run(
    period text: String, by: String, note: String, home name: String?
  ) throws(Stop) -> String {
    guard let period = BillingPeriod(text) else {
      throw .usage("a period is YYYY-MM, not \"\(text)\"")
    }
    guard !by.isEmpty else { throw .usage("--by names nobody: say who signs") }
    let home = Home(named: name)
    try home.requireLedger()
    let bytes = SignOffFile.bytes(
      SignOffRequest(billingPeriod: period, by: Text(by), note: Text(note)))
    let hash = ContentHash.of(bytes)
    let (signOffs, published) = try Stop.onLedger { () throws(LedgerFault) in
      let ledger = try Ledger(path: home.ledger.description, isQuick: true)
      return (try ledger.signOffs(), try ledger.publications(listing: false))
    }
    guard let publication = published.first(where: { $0.billingPeriod == period }) else {
      throw .missing("nothing is published of \(period): no run has judged it yet")
    }
    if let earlier = signOffs.first(where: { $0.signOff.sha256 == hash }) {
      throw .usage(
        "\(by) signed \(period) off in these very words on \(earlier.signOff.on): "
          + "say what is new with --note")
    }
    let path = home.inbox.appending("sign-off-\(period).csv")
    try Stop.onFiles { () throws(FileError) in
      try Folder.make(home.inbox)
      try AtomicFile.write(bytes, to: path)
    }
    return """
      \(path): the next run takes it, or says in quarantine/ why \(period) cannot be closed. \
      Published now: version \(publication.version)
      """
  }
}
