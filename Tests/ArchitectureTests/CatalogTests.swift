import Foundation
import Testing

/// A component is one file in its folder and one line in its catalog.
@Suite struct CatalogTests {
  private static let catalogs = [
    (folder: "Sources/Detecting/Rules", catalog: "Detecting/DetectorCatalog.swift"),
    (folder: "Sources/Reporting/Outputs", catalog: "Reporting/DocumentCatalog.swift"),
  ]

  @Test(arguments: catalogs)
  func `every file of a folder of components is in its catalog`(
    _ folder: String, _ catalog: String
  ) throws {
    let text = try #require(SourceTree.files.first { $0.path == catalog }).code
    let missing = try SourceTree.fileNames(in: folder).filter { name in
      try !text.contains(Regex("\\b\(name)(\\(\\)|\\.self)"))
    }
    #expect(missing.isEmpty)
  }

  @Test func `the arrows of the floor plan are those of the package`() throws {
    let plan = try String(
      contentsOf: SourceTree.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    for stage in [
      "Ingesting", "Normalizing", "Reconciling", "Detecting", "Reporting", "BillingLedger",
    ] {
      let line = try #require(plan.firstMatch(of: try Regex("room\\(\\s*\"\(stage)\",[^\\]]*\\]")))
      let text = String(plan[line.range])
      for other in ["Normalizing", "Reconciling", "Detecting", "Reporting", "BillingLedger"]
      where other != stage {
        #expect(!text.contains("\"\(other)\""), "\(stage) must not know \(other)")
      }
    }
  }
}
