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
      origin: .tonight(booking), role: .booked, billingAccountID: "1", billingPeriod: period,
      exportName: export, format: format,
      mark: VersionMark(timestamp: nil, identity: identity, isTop: false, fileTime: 0),
      versionDay: day, files: files)
  }

  private func roles(_ book: Book) -> [String] {
    book.versions.map { "\($0.exportName) \($0.mark.identity) \($0.role.rawValue)" }
  }

  @Test func `a new version of an export replaces the old one, which is kept`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    book.add(try version("daily", identity: "a"))
    book.add(try version("daily", identity: "b"))
    book.add(try version("daily", identity: "c"))
    #expect(roles(book) == ["daily a superseded", "daily b replaced", "daily c booked"])
  }

  @Test func `of two exports the preferred one is booked, in whatever order they come`() throws {
    for isReversed in [false, true] {
      var book = Book([], prefer: [.cur2, .legacy, .focus12, .focus10])
      let versions = [try version("old", .legacy), try version("new", .cur2)]
      for version in isReversed ? versions.reversed() : versions { book.add(version) }
      #expect(roles(book).sorted() == ["new v booked", "old v shadow"])
    }
  }

  @Test func `the definition decides which export is preferred`() throws {
    var book = Book([], prefer: [.legacy, .cur2])
    book.add(try version("new", .cur2))
    book.add(try version("old", .legacy))
    #expect(roles(book) == ["new v shadow", "old v booked"])
  }

  @Test func `a new version of a compared export leaves the replaced one of the booked export`()
    throws
  {
    var book = Book([], prefer: ExportFormat.allCases)
    book.add(try version("cur", .cur2, identity: "a"))
    book.add(try version("cur", .cur2, identity: "b"))
    book.add(try version("focus", .focus12, identity: "a"))
    book.add(try version("focus", .focus12, identity: "b"))
    #expect(
      roles(book) == [
        "cur a replaced", "cur b booked", "focus a superseded", "focus b shadow",
      ])
  }

  @Test func `loose files are a version of whatever export of their format is booked`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    book.add(try version("daily", identity: "a"))
    book.add(try version(Delivery.looseName(folder: "", .cur2), identity: "b"))
    #expect(roles(book) == ["daily a replaced", "inbox (CUR 2.0) b booked"])
  }

  @Test func `the very files of an earlier delivery are known, manifests aside`() throws {
    var book = Book([], prefer: ExportFormat.allCases)
    book.add(try version("daily", files: ["chunk1", "chunk2", "manifest"]))
    let isManifest = { (file: Text) in file == "manifest" }
    #expect(book.holds(["chunk1", "chunk2"], isManifest: isManifest))
    #expect(!book.holds(["chunk1"], isManifest: isManifest))
    #expect(!book.holds(["chunk1", "chunk3"], isManifest: isManifest))
  }
}
