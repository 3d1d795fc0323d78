import BillingLedger
import BillingModel
package import ByteStreaming

/// The data root and the folders in it.
package struct Home: Sendable, Hashable {
  package let root: Path

  package init(_ root: Path) { self.root = root }

  /// The folder that was named, else `COUNTERFOIL_HOME`, else the working folder.
  package init(named name: String?) {
    root = Path(name ?? Surroundings.variable("COUNTERFOIL_HOME") ?? ".")
  }

  package var inbox: Path { root.appending("inbox") }
  package var archive: Path { root.appending("archive") }
  package var quarantine: Path { root.appending("quarantine") }
  package var out: Path { root.appending("out") }
  package var versions: Path { out.appending(".versions") }
  package var state: Path { root.appending("state") }
  package var ledger: Path { state.appending("counterfoil.db") }
  /// What was read from the newest files, by content.
  var summaries: Path { state.appending("summaries") }
  package var lock: Path { state.appending("lock") }
  package var runs: Path { state.appending("runs") }
  /// Lies there while a rebuild is at work, and after one that died.
  var rebuilding: Path { state.appending("rebuilding") }

  /// A path below the root, without it: what the ledger keeps must hold wherever a run is started.
  func relative(_ path: Path) -> [UInt8] {
    Array(path.bytes.dropFirst(root.appending("x").bytes.count - 1))
  }

  /// Where the bytes of an input lie now.
  func file(of input: KnownInput) throws(FileError) -> Path {
    let folder = root.appending(input.archivedPath.string)
    let name = try Folder.names(in: folder).first { $0 != Array("reason.json".utf8) }
    return folder.appending(bytes: name ?? Array(input.name.string.utf8))
  }

  /// Makes the folders and takes the one lock of the data root.
  func open() throws(Stop) -> FolderLock {
    do throws(FileError) {
      for folder in [inbox, archive, quarantine, versions] { try Folder.make(folder) }
      // The ledger holds account ids, tags and amounts of the whole company.
      try Folder.makePrivate(state)
      try Folder.make(runs)
      if let lock = try FolderLock.take(lock) { return lock }
    } catch {
      throw Stop(error)
    }
    throw .lockHeld("another run is at work in \(root): try again when it has ended")
  }

  /// After a rebuild that died the ledger and `out/` hold less than the archive; a run would build on that.
  func requireWholeLedger() throws(Stop) {
    let kind = try Stop.onFiles { () throws(FileError) in try rebuilding.kind() }
    guard kind == nil else {
      throw .ledger("a rebuild of \(root) did not end: run counterfoil rebuild again")
    }
  }

  /// For commands that only read: the data root must be one.
  func requireLedger() throws(Stop) {
    let kind = try Stop.onFiles { () throws(FileError) in try ledger.kind() }
    guard kind != nil else {
      throw .missing("\(ledger) is not there: no run has worked in this data root yet")
    }
  }
}
