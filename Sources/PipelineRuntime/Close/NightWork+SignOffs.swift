import BillingLedger
import BillingModel

extension NightWork {
  /// A file that asks to close a period.
  struct ClosingFile {
    var file: InboxFile
    var request: SignOffRequest
  }

  /// Periods that a file of this night asks to close: they are judged, whatever touched them.
  var asked: Set<BillingPeriod> { Set(closingFiles.map(\.request.billingPeriod)) }

  /// Takes note of the files that ask to close a period. The same words were taken once, and once
  /// only.
  mutating func ask(_ files: [InboxFile]) {
    let taken = Set(memory.signOffs.map(\.signOff.sha256))
    var periods: Set<BillingPeriod> = []
    for file in files.sorted(by: { $0.name < $1.name }) {
      guard case .signOff(let request) = file.content else { continue }
      if taken.contains(file.sha256) {
        archive(
          file, kind: SignOffFile.kind, outcome: "duplicate",
          reason: "this very sign-off was taken before; say what is new in its note")
      } else if isMirroredFault(file) {
        continue
      } else if !periods.insert(request.billingPeriod).inserted {
        archive(
          file, kind: SignOffFile.kind, outcome: "duplicate",
          reason: Text("another sign-off of \(request.billingPeriod) lay beside it"))
      } else {
        closingFiles.append(ClosingFile(file: file, request: request))
      }
    }
  }

  /// Closes the periods that are proved, and sets the other requests aside. True if one was closed.
  ///
  /// A night that is played again closes what it closed: a person's decision is not taken back
  /// because a definition has changed since.
  mutating func close(_ verdicts: [BillingPeriod: ClosingVerdict]) -> Bool {
    for closing in closingFiles {
      let period = closing.request.billingPeriod
      let verdict = verdicts[period]
      guard let verdict, verdict.obstacles.isEmpty || replayed != nil else {
        quarantine(
          closing.file, kind: SignOffFile.kind, code: "NotClosable",
          reason: verdict.map { ClosingVerdict.refusal(period, $0.obstacles) }
            ?? ClosingVerdict.unknown(period))
        continue
      }
      archive(closing.file, kind: SignOffFile.kind, outcome: "signed")
      signOffs.append(
        NewSignOff(
          signOff: SignOff(
            billingPeriod: period, on: plan.asOf, by: closing.request.by,
            note: closing.request.note, sha256: closing.file.sha256,
            version: (memory.publication(of: period)?.version ?? 0) + 1),
          state: verdict.state))
    }
    closingFiles = []
    return !signOffs.isEmpty
  }

  /// For the ledger: with the hash of the documents that were published with them.
  func signOffs(with publications: Publications) -> [NewSignOff] {
    signOffs.map { new in
      var signed = new
      let published = publications.records.last {
        $0.billingPeriod == new.signOff.billingPeriod
      }
      signed.signOff.documentsHash = published?.documentsHash ?? ""
      return signed
    }
  }

  /// The signed versions of a period's documents, which stay.
  func signedVersions(of period: Text) -> Set<Int> {
    let all = memory.signOffs.map(\.signOff) + signOffs.map(\.signOff)
    return Set(all.filter { $0.billingPeriod.description == period.string }.map(\.version))
  }
}
