package import ByteStreaming

/// The data root and the folders in it.
package struct Home: Sendable, Hashable {
  package let root: Path

  package init(_ root: Path) { self.root = root }

  package var inbox: Path { root.appending("inbox") }
  package var archive: Path { root.appending("archive") }
  package var quarantine: Path { root.appending("quarantine") }
  package var out: Path { root.appending("out") }
  package var versions: Path { out.appending(".versions") }
  package var state: Path { root.appending("state") }
  package var ledger: Path { state.appending("counterfoil.db") }
  package var lock: Path { state.appending("lock") }
  package var runs: Path { state.appending("runs") }
}
