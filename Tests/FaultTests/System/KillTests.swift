import Foundation
import TestSupport
import Testing

/// A run that dies at any call leaves nothing half done: the next one ends as if it had not died.
@Suite(.enabled(if: Program.isInstalled("strace"), "strace is not installed"))
struct KillTests {
  /// The calls that change what lies on the disk, in the order a run makes them.
  private static let calls =
    "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,"
    + "unlinkat,mkdir,mkdirat,ftruncate,flock"
  private static let night = "2026-07-05"
  private static let seed: UInt64 = 20_260_705

  /// Rejected rows, three files for quarantine, two invoices.
  private func home() throws -> DataRoot {
    let root = try DataRoot()
    try root.drop("broken-rows", Self.night)
    return root
  }

  private static func strace(_ options: String...) -> [String] {
    ["strace", "-f", "-qq"] + options
  }

  /// A call of a run: the `number`-th of its name.
  private struct Point: CustomStringConvertible {
    let name: String
    let number: Int
    var description: String { "\(name) \(number), seed \(KillTests.seed)" }
  }

  /// The calls that an undisturbed run makes, in their order, and what it leaves.
  private func undisturbed() throws -> (calls: [Point], root: DataRoot) {
    let root = try home()
    let trace = root.folder.url.appendingPathComponent("trace")
    let ending = try root.run(
      asOf: Self.night, through: Self.strace("-o", trace.path, "-e", "trace=\(Self.calls)"))
    try #require(ending.code == 65, "\(ending.error)")
    var numbers: [Substring: Int] = [:]
    let calls = try String(contentsOf: trace, encoding: .utf8).matches(of: #/(?m)^\d+ +(\w+)\(/#)
      .map { match in
        numbers[match.1, default: 0] += 1
        return Point(name: String(match.1), number: numbers[match.1] ?? 0)
      }
    return (calls, root)
  }

  /// Points all over the run, at random within equal stretches.
  private func points(_ count: Int, of calls: [Point]) -> [Point] {
    var generator = SeededGenerator(seed: Self.seed)
    return (0..<count).compactMap { stretch in
      let (from, to) = (stretch * calls.count / count, (stretch + 1) * calls.count / count)
      return calls[from..<to].randomElement(using: &generator)
    }
  }

  private func expectAsUndisturbed(
    _ root: DataRoot, _ undisturbed: DataRoot, _ point: Comment
  ) throws {
    #expect(try root.documents() == undisturbed.documents(), point)
    #expect(try root.inputs() == undisturbed.inputs(), point)
    #expect(try filesBelow(root.inbox).isEmpty, point)
    #expect(try root.faultsOfSeals() == "", point)
  }

  @Test func `a run killed at any of 24 points is made good by the next`() throws {
    let (calls, undisturbed) = try undisturbed()
    #expect(calls.count > 100)
    var killed = 0
    for point in points(24, of: calls) {
      let root = try home()
      let dead = try root.run(
        asOf: Self.night,
        through: Self.strace(
          "-o", "/dev/null", "-e", "inject=\(point.name):signal=KILL:when=\(point.number)"))
      killed += dead.code == 137 ? 1 : 0
      for (name, bytes) in try root.documents() {
        #expect(try undisturbed.documents()[name] == bytes, "\(name) at \(point)")
      }
      let next = try root.run(asOf: Self.night)
      // What the dead run recorded before it died is not taken again.
      #expect([0, 65].contains(next.code), "\(point): \(next.error)")
      try expectAsUndisturbed(root, undisturbed, "\(point)")
    }
    #expect(killed >= 20, "\(killed)")
  }

  /// The second night replaces the month: the old version stays until the new one is whole.
  @Test func `a night killed while it replaces a month leaves the old month or the new`() throws {
    let story = "restated-month"
    let undisturbed = try DataRoot()
    try undisturbed.drop(story, "2026-08-05")
    try undisturbed.run(asOf: "2026-08-05")
    let old = try undisturbed.documents()
    try undisturbed.drop(story, "2026-08-14")
    try undisturbed.run(asOf: "2026-08-14")
    let new = try undisturbed.documents()
    for name in ["rename", "symlink", "fdatasync"] {
      let root = try DataRoot()
      try root.drop(story, "2026-08-05")
      try root.run(asOf: "2026-08-05")
      try root.drop(story, "2026-08-14")
      let call = "/^\(name)(at2?)?$"
      _ = try root.run(
        asOf: "2026-08-14",
        through: Self.strace("-o", "/dev/null", "-e", "inject=\(call):signal=KILL:when=3"))
      let left = try root.documents()
      #expect(left == old || left == new, "\(name)")
      #expect(try root.run(asOf: "2026-08-14").code == 0, "\(name)")
      try expectAsUndisturbed(root, undisturbed, "\(name)")
    }
  }

  @Test(arguments: [
    ("fsync", "EIO", 5), ("fsync", "EIO", 25), ("rename", "EIO", 3), ("write", "ENOSPC", 14),
    ("write", "EIO", 12), ("pwrite64", "ENOSPC", 4), ("fdatasync", "EIO", 3),
    ("mkdir", "ENOSPC", 2),
  ])
  func `a call that fails stops the run with 74 and publishes nothing wrong`(
    call: String, fault: String, when: Int
  ) throws {
    let undisturbed = try home()
    try undisturbed.run(asOf: Self.night)
    let root = try home()
    let ending = try root.run(
      asOf: Self.night,
      through: Self.strace(
        "-o", "/dev/null", "-e", "inject=/^\(call)(at2?)?$:error=\(fault):when=\(when)"))
    #expect([73, 74].contains(ending.code), "\(ending.code) \(ending.error)")
    #expect(ending.error.contains("counterfoil: "), "\(ending.error)")
    for (name, bytes) in try root.documents() {
      #expect(try undisturbed.documents()[name] == bytes, "\(name)")
    }
    #expect([0, 65].contains(try root.run(asOf: Self.night).code))
    try expectAsUndisturbed(root, undisturbed, "\(call) \(fault) \(when)")
  }

  /// Every seventh call is interrupted by a signal before it did anything.
  @Test(arguments: ["write", "read", "fsync"])
  func `an interrupted call is made again`(_ call: String) throws {
    let undisturbed = try home()
    try undisturbed.run(asOf: Self.night)
    let root = try home()
    let ending = try root.run(
      asOf: Self.night,
      through: Self.strace("-o", "/dev/null", "-e", "inject=\(call):error=EINTR:when=100+7"))
    #expect(ending.code == 65, "\(ending.error)")
    try expectAsUndisturbed(root, undisturbed, "\(call)")
  }
}
