import BillingLedger
import BillingModel
import Testing

@testable import PipelineRuntime

@Suite struct BookTests {
  private func version(
    _ export: Text, _ format: ExportFormat = .cur2, identity: Text = "v", files: [Text] = []
  ) throws -> BookedVersion {
    let period = try #require(BillingPeriod("2026-04"))
    let day = try #require(Day("2026-05-05"))
    let booking = Booking(
      delivery: 1, exportName: export, format: format, billingAccountID: "1", billingPeriod: period,
      version: identity, versionDay: day, contents: ExportContents())
    return BookedVersion(
      origin: .tonight(booking), delivery: 1, role: .booked, billingAccountID: "1",
      billingPeriod: period,
      exportName: export, format: format,
      mark: VersionMark(timestamp: nil, identity: identity, isTop: false, fileTime: 0),
      versionDay: day, files: files)
  }

  private func roles(_ book: Book) -> [String] {
    book.versions.map { "\($0.exportName) \($0.mark.identity) \($0.role.rawValue)" }
  }

  @Test func `a new version of an export replaces the old one, which is kept`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    try book.add(try version("daily", identity: "a")) { _ in [] }
    try book.add(try version("daily", identity: "b")) { _ in [] }
    try book.add(try version("daily", identity: "c")) { _ in [] }
    #expect(roles(book) == ["daily a superseded", "daily b replaced", "daily c booked"])
  }

  @Test func `the first version that named an invoice stays, however often it comes again`() throws
  {
    let ids: [Text: Set<Text>] = [
      "a": [], "b": ["I"], "c": ["I"], "d": ["I", "J"], "e": ["I", "J"],
    ]
    var book = Book([], prefer: ExportFormat.allCases)
    for identity: Text in ["a", "b", "c", "d", "e"] {
      try book.add(try version("daily", identity: identity)) { ids[$0.mark.identity] ?? [] }
    }
    #expect(
      roles(book) == [
        "daily a superseded", "daily b replaced", "daily c superseded", "daily d replaced",
        "daily e booked",
      ])
  }

  @Test func `loose files replace the booked one of two exports that they could mean`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    try book.add(try version("x", identity: "x")) { _ in [] }
    try book.add(try version("y", identity: "y")) { _ in [] }
    #expect(roles(book) == ["x x booked", "y y shadow"])
    try book.add(try version("loose (CUR 2.0)", identity: "b")) { _ in [] }
    #expect(roles(book) == ["x x replaced", "y y shadow", "x b booked"])
  }

  @Test func `of two exports the preferred one is booked, in whatever order they come`() throws {
    for isReversed in [false, true] {
      var book = Book([], prefer: [.cur2, .legacy, .focus12, .focus10])
      let versions = [try version("old", .legacy), try version("new", .cur2)]
      for version in isReversed ? versions.reversed() : versions {
        try book.add(version) { _ in [] }
      }
      #expect(roles(book).sorted() == ["new v booked", "old v shadow"])
    }
  }

  @Test func `the definition decides which export is preferred`() throws {
    var book = Book([], prefer: [.legacy, .cur2])
    try book.add(try version("new", .cur2)) { _ in [] }
    try book.add(try version("old", .legacy)) { _ in [] }
    #expect(roles(book) == ["new v shadow", "old v booked"])
  }

  @Test func `a new version of a compared export leaves the replaced one of the booked export`()
    throws
  {
    var book = Book([], prefer: ExportFormat.allCases)
    try book.add(try version("cur", .cur2, identity: "a")) { _ in [] }
    try book.add(try version("cur", .cur2, identity: "b")) { _ in [] }
    try book.add(try version("focus", .focus12, identity: "a")) { _ in [] }
    try book.add(try version("focus", .focus12, identity: "b")) { _ in [] }
    #expect(
      roles(book) == [
        "cur a replaced", "cur b booked", "focus a superseded", "focus b shadow",
      ])
  }

  @Test func `loose files are a version of whatever export of their format is booked`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    try book.add(try version("daily", identity: "a")) { _ in [] }
    try book.add(try version(Delivery.looseName(folder: "", .cur2), identity: "b")) { _ in [] }
    #expect(roles(book) == ["daily a replaced", "daily b booked"])
  }

  @Test func `the very files of an earlier delivery are known, manifests aside`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    try book.add(try version("daily", files: ["chunk1", "chunk2", "manifest"])) { _ in [] }
    let isManifest = { (file: Text) in file == "manifest" }
    #expect(book.holds(["chunk1", "chunk2"], isManifest: isManifest))
    #expect(!book.holds(["chunk1"], isManifest: isManifest))
    #expect(!book.holds(["chunk1", "chunk3"], isManifest: isManifest))
  }
}
