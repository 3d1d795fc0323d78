import Foundation
import TestSupport
import Testing

/// Things in the inbox that are no plain files with plain names: the night neither hangs nor stops.
@Suite struct OddFileTests {
  /// Makes what Foundation cannot name; the inbox is the argument.
  private static let oddities = """
    import os, socket, sys
    inbox = sys.argv[1]
    os.symlink("/etc/passwd", inbox + "/link.csv")
    os.symlink("/etc", inbox + "/linked folder")
    os.mkfifo(inbox + "/pipe.csv")
    socket.socket(socket.AF_UNIX).bind(inbox + "/s")
    for name in [b"two\\nlines.csv", b"-rf", b"$(id).csv", b"a 'b' \\"c\\".csv", b"odd\\xff\\xfe.csv"]:
        with open(inbox.encode() + b"/" + name, "wb") as file:
            file.write(b"nothing that is known: " + name)
    """

  private func makeOddities(in root: DataRoot) throws {
    // A socket's name must be short.
    let made = try Program.command([
      "sh", "-c", "cd \"$0\" && exec python3 -c \"$1\" .", root.inbox.path, Self.oddities,
    ])
    try #require(made.code == 0, "\(made.error)")
  }

  @Test func `links, pipes and sockets are listed and left, odd names are set aside`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try makeOddities(in: root)
    #expect(try root.run(asOf: "2026-10-05").code == 65)
    #expect(try root.documents().keys.contains("2026-09/anomalies.csv"))

    let summary = try root.summary("unassigned")
    for name in ["link.csv", "linked folder", "pipe.csv", "s"] {
      #expect(summary.input(name)?.outcome == "ignored", "\(name)")
      #expect(
        summary.input(name)?.reason == "a link, pipe or device: only regular files are read")
    }
    for name in ["two\\x0Alines.csv", "-rf", "$(id).csv", "a 'b' \"c\".csv", "odd\\xFF\\xFE.csv"] {
      #expect(summary.input(name)?.outcome == "quarantined", "\(name)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.inbox.path).count == 4)
    #expect(try root.faultsOfSeals() == "")
  }

  @Test func `an odd name is one line of a report and no formula of a sheet`() throws {
    let root = try DataRoot()
    try makeOddities(in: root)
    let ending = try root.run(asOf: "2026-10-05")
    #expect(ending.text.contains("quarantined two\\x0Alines.csv: "))
    let files = try root.sheet("unassigned/rejects.csv").column("File")
    #expect(files.contains("two\\x0Alines.csv") && files.contains("'-rf"))
    // Its hash decides, not its name.
    try makeAgain(root)
    let before = try root.documents()
    try root.run(asOf: "2026-10-05")
    #expect(try root.documents() == before)
  }

  private func makeAgain(_ root: DataRoot) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: root.inbox.path) {
      try FileManager.default.removeItem(at: root.inbox.appendingPathComponent(name))
    }
    try makeOddities(in: root)
  }

  /// Root may read everything: there the program runs as nobody.
  static let launcher: [String]? = {
    guard (try? Program.command(["id", "-u"]))?.text == "0\n" else { return [] }
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    return (try? Program.run(["--version"], through: nobody))?.code == 0 ? nobody : nil
  }()

  private func open(_ root: DataRoot) throws {
    _ = try Program.command(["chmod", "-R", "a+rwX", root.path])
  }

  @Test(.enabled(if: launcher != nil, "setpriv cannot lower the rights of root here"))
  func `a file that may not be read is named and the others go on`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let closed = "line-faults/invoices/fapiao/dzfp_26112000000000000101.xml"
    try open(root)
    _ = try Program.command(["chmod", "000", root.inbox.appendingPathComponent(closed).path])
    let ending = try root.run(asOf: "2026-10-05", through: Self.launcher ?? [])
    #expect(ending.code == 65 && ending.text.contains("unreadable \(closed)"))
    #expect(try root.summary("unassigned").input(closed)?.outcome == "unreadable")
    #expect(try root.sheet("2026-09/anomalies.csv").rows.count >= 10)
    #expect(
      FileManager.default.fileExists(atPath: root.inbox.appendingPathComponent(closed).path))
  }

  @Test(.enabled(if: launcher != nil, "setpriv cannot lower the rights of root here"))
  func `a folder that may not be looked into hides nothing beside it`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    for name in ["closed", "unsearchable"] { try root.drop("\(name)/cost.csv", "x".utf8) }
    try open(root)
    for (mode, name) in [("000", "closed"), ("444", "unsearchable")] {
      _ = try Program.command(["chmod", mode, root.inbox.appendingPathComponent(name).path])
    }
    #expect(try root.run(asOf: "2026-10-05", through: Self.launcher ?? []).code == 65)
    let summary = try root.summary("unassigned")
    for name in ["closed", "unsearchable/cost.csv"] {
      #expect(summary.input(name)?.outcome == "unreadable", "\(name)")
      #expect(summary.input(name)?.reason.contains("Permission denied") == true, "\(name)")
    }
    #expect(try root.sheet("2026-09/anomalies.csv").rows.count >= 10)
    _ = try Program.command(["chmod", "-R", "a+rwX", root.path])
  }

  @Test func `a folder too deep is named and the others go on`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let deep = Array(repeating: "d", count: 40).joined(separator: "/")
    try root.drop("\(deep)/cost.csv", "x".utf8)
    let ending = try root.run(asOf: "2026-10-05")
    #expect(ending.code == 65 && ending.text.contains("more than 32 folders deep"))
    #expect(try root.documents().keys.contains("2026-09/anomalies.csv"))
  }

  /// Appends to a file of the inbox while the program runs.
  private static let grow = """
    import os, subprocess, sys, time
    home = sys.argv[sys.argv.index("--home") + 1]
    path = home + "/inbox/growing.csv"
    process = subprocess.Popen(sys.argv[1:])
    while process.poll() is None:
        with open(path, "a") as file:
            file.write("more\\n")
        time.sleep(0.05)
    sys.exit(process.returncode)
    """

  @Test func `a file that grows waits until it lies still`() throws {
    let root = try DataRoot(definition: DataRoot.pipeline("nightly.yaml"))
    try root.drop("growing.csv", "not yet\n".utf8)
    let growing = try root.run(asOf: "2026-10-05", through: ["python3", "-c", Self.grow])
    #expect(
      growing.code == 0 && growing.text.contains("waiting growing.csv: it is still being written"))
    #expect(try filesBelow(root.inbox).count == 1)
    #expect(try root.run(asOf: "2026-10-05").text.contains("quarantined growing.csv"))
  }

  @Test(.enabled(if: launcher != nil, "setpriv cannot lower the rights of root here"))
  func `an output folder that may not be written stops the run before it begins`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let out = root.folder.url.appendingPathComponent("out")
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    try open(root)
    _ = try Program.command(["chmod", "555", out.path])
    let before = try root.inputs()
    let ending = try root.run(asOf: "2026-10-05", through: Self.launcher ?? [])
    #expect(ending.code == 77 && ending.error.contains("Permission denied"))
    #expect(try root.inputs() == before)
    #expect(!ending.error.contains("reading"))
  }
}
