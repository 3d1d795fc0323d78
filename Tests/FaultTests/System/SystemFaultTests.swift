import Foundation
import TestSupport
import Testing

/// What the machine may do to a run: another run, a full disk, a reader that went away.
@Suite struct SystemFaultTests {
  private static let holdLock = """
    import fcntl, os, subprocess, sys
    home = sys.argv[sys.argv.index("--home") + 1]
    os.makedirs(home + "/state", exist_ok=True)
    lock = open(home + "/state/lock", "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    sys.exit(subprocess.call(sys.argv[1:]))
    """

  @Test func `a second run while the first holds the lock ends with 75 and does nothing`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let before = try root.inputs()
    let second = try root.run(asOf: "2026-10-05", through: ["python3", "-c", Self.holdLock])
    #expect(second.code == 75)
    #expect(second.error.contains("another run is at work in \(root.path)"))
    #expect(try root.inputs() == before)
    #expect(try root.documents().isEmpty)
    // The kernel gave the lock back when its holder ended.
    #expect(try root.run(asOf: "2026-10-05").code == 0)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a result that does not fit on the disk ends with 74`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    for words in [["status"], ["run", DataRoot.pipeline("sample.yaml"), "--as-of", "2026-10-05"]] {
      try root.run(asOf: "2026-10-05")
      let ending = try Program.run(words + ["--home", root.path], output: .file("/dev/full"))
      #expect(ending.code == 74, "\(words[0])")
      #expect(ending.error.contains("No space left on device"), "\(words[0])")
    }
  }

  @Test func `a reader that went away ends with 74 and a word, not by a signal`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let ending = try root.run(asOf: "2026-10-05", output: .closedPipe)
    #expect(ending.code == 74 && ending.error.contains("Broken pipe"))
    // The night itself was recorded.
    #expect(try root.documents().keys.contains("2026-09/anomalies.csv"))
    #expect(try root.run(asOf: "2026-10-05").text.contains("0 files taken"))
  }

  /// Runs the program with a small file system mounted on a folder of the data root.
  private static let inSmallSpace = [
    "unshare", "-m", "sh", "-c",
    "mount -t tmpfs -o size=24k none \"$0\" && shift 0 && exec \"$@\"",
  ]

  private static var canMount: Bool {
    let folder = TemporaryFolder()
    let words = inSmallSpace + [folder.path, "true"]
    return (try? Program.command(words))?.code == 0
  }

  @Test(.enabled(if: canMount, "no right to mount a small file system"))
  func `a disk that fills up leaves everything as it was`() throws {
    let undisturbed = try DataRoot()
    try undisturbed.drop("line-faults", "2026-10-05")
    try undisturbed.run(asOf: "2026-10-05")

    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let before = try root.inputs()
    for place in ["out", "state"] {
      let folder = root.folder.url.appendingPathComponent(place)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let ending = try root.run(asOf: "2026-10-05", through: Self.inSmallSpace + [folder.path])
      #expect(ending.code == 74, "\(place): \(ending.error)")
      #expect(try root.inputs() == before && filesBelow(root.inbox).count == 5, "\(place)")
      #expect(try root.documents().isEmpty, "\(place)")
    }
    #expect(try root.run(asOf: "2026-10-05").code == 0)
    #expect(try root.documents() == undisturbed.documents())
  }

  @Test func `no secret of the environment is written anywhere`() throws {
    let secret = "canary-4f1d0b7c9e"
    let root = try DataRoot()
    try root.drop("broken-rows", "2026-07-05")
    let ending = try root.run(
      asOf: "2026-07-05",
      environment: ["AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": secret])
    #expect(!ending.text.contains(secret) && !ending.error.contains(secret))
    for (path, bytes) in try filesBelow(root.folder.url) {
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(path)")
    }
  }

  @Test func `a damaged ledger is named, and nothing is touched`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    try root.drop("invoice-before-charges", "2026-08-03")
    let (inputs, documents) = (try root.inputs(), try root.documents())
    let ledger = root.folder.url.appendingPathComponent("state/counterfoil.db")
    let garbage = Data(repeating: 0x2A, count: 8192)
    try garbage.write(to: ledger)
    let ending = try root.run(asOf: "2026-10-06")
    #expect(ending.code == 74 && ending.error.contains("counterfoil.db"), "\(ending.error)")
    #expect(try Data(contentsOf: ledger) == garbage)
    #expect(try root.inputs() == inputs)
    #expect(try root.documents() == documents)
  }
}
