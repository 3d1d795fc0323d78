import BillingModel
import ByteStreaming

/// Reads the manifest shapes of AWS: legacy CUR (`reportKeys`) and Data Exports (`dataFiles`).
enum ManifestFile {
  /// True where a JSON document is a manifest, whole or not.
  static func looksLike(_ json: JSONValue) -> Bool {
    json["reportKeys"] != nil || json["dataFiles"] != nil
  }

  /// - Parameter name: The file's own name; Data Exports names the export only there.
  static func read(_ json: JSONValue, name: Text) throws(ManifestFault) -> Manifest {
    json["reportKeys"] != nil ? try legacy(json) : try dataExports(json, name: name)
  }

  private static func legacy(_ json: JSONValue) throws(ManifestFault) -> Manifest {
    if let type = json["contentType"]?.string, type != "text/csv" {
      throw ManifestFault(
        description: "the report's content type is \(type): choose text/csv with GZIP")
    }
    guard let start = json["billingPeriod"]?["start"]?.string, let moment = Moment(start) else {
      throw ManifestFault(description: "billingPeriod.start is missing or no timestamp")
    }
    return Manifest(
      shape: .legacy, exportName: try text(json, "reportName"),
      identity: try text(json, "assemblyId"), billingPeriod: moment.day.period,
      keys: try keys(json, "reportKeys"),
      columns: (json["columns"]?.array ?? []).compactMap { column in
        guard let category = column["category"]?.string, let name = column["name"]?.string
        else { return nil }
        return Text("\(category)/\(name)")
      })
  }

  private static func dataExports(
    _ json: JSONValue, name: Text
  ) throws(ManifestFault) -> Manifest {
    let base = name.string.split(separator: "/").last.map(String.init) ?? name.string
    let ending = "-Manifest.json"
    return Manifest(
      shape: .dataExports,
      exportName: Text(base.hasSuffix(ending) ? String(base.dropLast(ending.count)) : base),
      identity: try text(json, "executionId"), billingPeriod: nil,
      keys: try keys(json, "dataFiles"),
      columns: (json["columns"]?.array ?? []).compactMap { $0["name"]?.string }.map { Text($0) })
  }

  private static func text(_ json: JSONValue, _ name: String) throws(ManifestFault) -> Text {
    guard let text = json[name]?.string, !text.isEmpty else {
      throw ManifestFault(description: "\(name) is missing")
    }
    return Text(text)
  }

  private static func keys(_ json: JSONValue, _ name: String) throws(ManifestFault) -> [Text] {
    guard let items = json[name]?.array, !items.isEmpty else {
      throw ManifestFault(description: "\(name) names no file")
    }
    var keys: [Text] = []
    for (index, item) in items.enumerated() {
      guard let key = item.string else {
        throw ManifestFault(description: "\(name)[\(index)] is not a text")
      }
      keys.append(Text(key))
    }
    return keys
  }
}
