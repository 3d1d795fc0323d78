import BillingModel
import ByteStreaming

/// The tag columns of a row as one raw CSV record; decoded once for each distinct record.
enum TagRecord {
  private static let map: UInt8 = UInt8(ascii: "{")

  /// What the columns of the record are: their names, those of maps marked with a brace.
  static func signature(_ columns: [String], _ format: ExportFormat) -> [UInt8] {
    CSVRecord.join(
      columns.map { column in
        (ColumnCatalog.isTagMap(column, format) ? [map] : []) + Array(column.utf8)
      })
  }

  static func tags(_ record: [UInt8], _ signature: [UInt8]) -> TagSet {
    if signature.isEmpty { return .empty }
    var tags: [Tag] = []
    for (name, value) in zip(CSVRecord.fields(signature), CSVRecord.fields(record))
    where !value.isEmpty {
      if name.first == map {
        tags += members(value, of: Text(decoding: name.dropFirst()))
      } else {
        tags.append(Tag(Text(decoding: name), Text(decoding: value)))
      }
    }
    return TagSet(withoutRepeats(tags))
  }

  /// The members of a map; text that is no JSON object stands as it is under the column's name.
  private static func members(_ value: [UInt8], of column: Text) -> [Tag] {
    if value == Array("NULL".utf8) || value == Array("null".utf8) { return [] }
    guard let members = (try? JSONValue(parsing: value))?.members else {
      return [Tag(column, Text(decoding: value))]
    }
    return members.map { Tag(Text($0.name), Text($0.value.scalar ?? "")) }
  }

  /// CUR 2.0 spells the same tag twice: `user_cost_center` in `resource_tags` and
  /// `resourceTags/user:CostCenter` in `tags`. The second keeps the case, so the first goes.
  private static func withoutRepeats(_ tags: [Tag]) -> [Tag] {
    let prefix = "resourceTags/"
    let withCase = tags.count { $0.key.string.utf8.starts(with: prefix.utf8) }
    if withCase == 0 || withCase == tags.count { return tags }
    let spelled = Set(
      tags.filter { $0.key.string.utf8.starts(with: prefix.utf8) }
        .map { Tag(folded($0.key.string.dropFirst(prefix.count)), $0.value) })
    return tags.filter { tag in
      tag.key.string.utf8.starts(with: prefix.utf8)
        || !spelled.contains(Tag(folded(tag.key.string[...]), tag.value))
    }
  }

  /// Letters and digits in lower case.
  private static func folded(_ key: Substring) -> Text {
    Text(key.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

/// Tags as one text: of equal tags the same, ordered as the tags are.
extension TagSet {
  private static let end: UInt8 = 0
  private static let escape: UInt8 = 1

  /// Key and value in turn, each with a NUL behind it.
  var joined: [UInt8] {
    var result: [UInt8] = []
    for text in tags.flatMap({ [$0.key, $0.value] }) {
      for byte in text.string.utf8 {
        // A NUL inside a text comes from an escape in JSON only.
        if byte <= Self.escape { result.append(Self.escape) }
        result.append(byte == Self.end ? Self.escape : byte == Self.escape ? 2 : byte)
      }
      result.append(Self.end)
    }
    return result
  }

  /// The tags of which `joined` was made.
  init(joined: [UInt8]) {
    var texts: [Text] = []
    var text: [UInt8] = []
    var at = 0
    while at < joined.count {
      switch joined[at] {
      case Self.end:
        texts.append(Text(decoding: text))
        text = []
      case Self.escape:
        at += 1
        text.append(joined[at] - 1)
      case let byte: text.append(byte)
      }
      at += 1
    }
    self.init(stride(from: 0, to: texts.count, by: 2).map { Tag(texts[$0], texts[$0 + 1]) })
  }
}
