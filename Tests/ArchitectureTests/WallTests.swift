import Testing

/// What the compiler cannot keep. The arrows between targets it keeps itself.
@Suite struct WallTests {
  private func offenders(_ isOffending: (SourceFile) throws -> Bool) rethrows -> [String] {
    try SourceTree.files.filter(isOffending).map(\.path)
  }

  @Test func `the sources are found`() { #expect(SourceTree.files.count > 50) }

  @Test func `threads are named in one folder only`() throws {
    let found = try offenders {
      try !$0.path.hasPrefix("PipelineRuntime/Workers/")
        && $0.names("Dispatch\\w*|concurrentPerform|Thread|pthread_\\w+|OperationQueue|Task")
    }
    #expect(found.isEmpty)
  }

  @Test func `nothing is asynchronous`() throws {
    let found = try offenders { try $0.names("async|await|actor") }
    #expect(found.isEmpty)
  }

  @Test func `YAML is read in one folder only`() {
    #expect(
      offenders {
        $0.imports.contains("Yams") && !$0.path.hasPrefix("PipelineRuntime/Definition/")
      }.isEmpty)
  }

  @Test func `one target speaks to SQLite`() {
    #expect(offenders { $0.imports.contains("GRDB") && $0.target != "BillingLedger" }.isEmpty)
  }

  @Test func `one target computes hashes`() {
    #expect(offenders { $0.imports.contains("Crypto") && $0.target != "PipelineRuntime" }.isEmpty)
  }

  @Test func `unsafe code stays on the floors that need it`() throws {
    let allowed: Set = ["ByteStreaming", "Tabulating"]
    let found = try offenders {
      try !allowed.contains($0.target)
        && $0.names("unsafe|@unsafe|Unsafe\\w+|nonisolated\\(unsafe\\)")
    }
    #expect(found.isEmpty)
  }

  @Test func `the pure floors know no Foundation`() {
    let pure: Set = [
      "ExactNumbers", "BillingModel", "ByteStreaming", "Tabulating", "Ingesting", "Normalizing",
      "Reconciling", "Detecting", "Reporting",
    ]
    #expect(
      offenders { pure.contains($0.target) && $0.imports.contains { $0.hasPrefix("Foundation") } }
        .isEmpty)
  }

  @Test func `the nouns and numbers do no input or output`() {
    let system: Set = ["Glibc", "Darwin", "Musl", "Foundation", "Dispatch"]
    #expect(
      offenders {
        ["ExactNumbers", "BillingModel", "Normalizing", "Reconciling", "Detecting", "Reporting"]
          .contains($0.target) && !system.isDisjoint(with: $0.imports)
      }.isEmpty)
  }

  @Test func `money is never a binary fraction`() throws {
    let stages: Set = [
      "ExactNumbers", "BillingModel", "Tabulating", "Ingesting", "Normalizing", "Reconciling",
      "Detecting", "Reporting", "BillingLedger",
    ]
    let found = try offenders {
      try stages.contains($0.target) && $0.names("Double|Float|Decimal|CGFloat")
    }
    #expect(found.isEmpty)
  }

  @Test func `no name is vague`() {
    let vague =
      /(?m)^\s*(?:package |public |private |fileprivate |final |indirect )*(?:struct|class|enum|protocol|typealias) \w*(?:Manager|Helper|Utils|Common|Service|Processor|Handler|Info|Context|Factory|Wrapper)\b/
    #expect(offenders { $0.code.contains(vague) }.isEmpty)
  }

  @Test func `nothing is forced, swallowed or left to do`() {
    let forced = /\btry!|\bfatalError\(|\bas!/
    #expect(offenders { $0.code.contains(forced) }.isEmpty)
    let unfinished = /\bTODO\b|\bFIXME\b/
    #expect(offenders { $0.text.contains(unfinished) }.isEmpty)
  }
}
