import Foundation
import TestSupport
import Testing

/// A script of this target's `Oracle` folder.
func script(_ name: String) -> URL {
  repositoryRoot().appendingPathComponent("Tests/ConformanceTests/Oracle/\(name)")
}

/// The real exports of the corpus.
enum RealExport: String, CaseIterable, CustomTestStringConvertible {
  case legacy = "cost-exports/legacy-anonymized/sample-anonymous-aws-export-dataset.csv"
  case focus = "cost-exports/focus-1.0/focus_sample.csv"

  var testDescription: String { self == .legacy ? "legacy" : "FOCUS" }
  var rows: Int { self == .legacy ? 1281 : 1000 }
  var url: URL { (corpus ?? URL(fileURLWithPath: "/")).appendingPathComponent(rawValue) }
  /// What the sums are asked by.
  var columns: String {
    self == .legacy ? "LineItemType,product/ProductName" : "ChargeCategory,ProviderName,ServiceName"
  }
  /// The billing period of most of its rows.
  var period: String { self == .legacy ? "2023-11" : "2024-09" }
  var periods: [String] { self == .legacy ? ["2023-11"] : ["2024-09", "2024-10"] }
}

/// A copy of an export with ten faults, and what must become of it.
struct Planted: Decodable {
  /// `<record> <code>`.
  let rejects: [String]
  /// Money by currency.
  let kept: [String: String]
  let rows: Int

  static func make(from export: RealExport, in folder: TemporaryFolder) throws -> (Planted, Data) {
    let copy = folder.url.appendingPathComponent("planted.csv")
    let printed = try oracle(script("plant.py"), [export.url.path, copy.path])
    return (try JSONDecoder().decode(Planted.self, from: printed), try Data(contentsOf: copy))
  }
}
