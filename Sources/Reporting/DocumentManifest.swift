package import BillingModel

/// `MANIFEST.json`: the seal of a version of a period. It is written last; who reads the documents
/// checks them against it.
package enum DocumentManifest {
  package static let name: Text = "MANIFEST.json"

  /// The documents in the order of their names, each with the hash that the caller computed.
  package static func bytes(_ documents: [(document: Document, sha256: Text)]) -> [UInt8] {
    let sorted = documents.sorted { $0.document.name < $1.document.name }
    let manifest: OrderedJSON = ["documents": .list(sorted.map { entry($0.document, $0.sha256) })]
    return manifest.bytes
  }

  private static func entry(_ document: Document, _ sha256: Text) -> OrderedJSON {
    [
      "name": .text(document.name), "bytes": .number(document.bytes.count),
      "sha256": .text(sha256), "rows": .number(document.rows),
      "controlTotal": controlTotal(document.controlTotal),
    ]
  }

  private static func controlTotal(_ total: ControlTotal?) -> OrderedJSON {
    guard let total else { return .null }
    return ["column": .text(total.column), "amounts": .totals(total.amounts)]
  }
}
