import BillingModel
import Foundation
import GRDB

/// The dictionary of texts and tag sets behind charges and allocations, with what was looked up
/// before kept at hand. For one transaction.
struct TextTable {
  private let database: Database
  private var ids: [Text: Int] = [:]
  private var texts: [Int: Text] = [:]
  private var tagSetIDs: [TagSet: Int] = [:]
  private var tagSets: [Int: TagSet] = [:]

  init(_ database: Database) { self.database = database }

  // MARK: Writing

  mutating func id(of text: Text) throws -> Int {
    if let id = ids[text] { return id }
    let id = try intern(text.blob, into: "text", column: "bytes")
    ids[text] = id
    return id
  }

  mutating func id(of set: TagSet) throws -> Int {
    if let id = tagSetIDs[set] { return id }
    var texts: [String] = []
    for tag in set.tags {
      texts.append(String(try id(of: tag.key)))
      texts.append(String(try id(of: tag.value)))
    }
    let id = try intern(texts.joined(separator: ","), into: "tag_set", column: "texts")
    tagSetIDs[set] = id
    return id
  }

  private func intern(
    _ value: some DatabaseValueConvertible, into table: String, column: String
  ) throws -> Int {
    let known = try database.cachedStatement(
      sql: "SELECT id FROM \(table) WHERE \(column) = ?")
    if let id = try Int.fetchOne(known, arguments: [value]) { return id }
    try database.cachedStatement(sql: "INSERT INTO \(table) (\(column)) VALUES (?)")
      .execute(arguments: [value])
    return Int(database.lastInsertedRowID)
  }

  // MARK: Reading

  mutating func text(_ id: Int) throws -> Text {
    if let text = texts[id] { return text }
    let known = try database.cachedStatement(sql: "SELECT bytes FROM text WHERE id = ?")
    guard let bytes = try Data.fetchOne(known, arguments: [id]) else {
      throw UnreadableValue(column: "text.id")
    }
    let text = Text(decoding: bytes)
    texts[id] = text
    return text
  }

  mutating func tagSet(_ id: Int) throws -> TagSet {
    if let set = tagSets[id] { return set }
    let known = try database.cachedStatement(sql: "SELECT texts FROM tag_set WHERE id = ?")
    guard let joined = try String.fetchOne(known, arguments: [id]) else {
      throw UnreadableValue(column: "tag_set.id")
    }
    let ids = joined.split(separator: ",").compactMap { Int($0) }
    guard ids.count % 2 == 0 else { throw UnreadableValue(column: "tag_set.texts") }
    var tags: [Tag] = []
    for index in stride(from: 0, to: ids.count, by: 2) {
      tags.append(Tag(try text(ids[index]), try text(ids[index + 1])))
    }
    let set = TagSet(tags)
    tagSets[id] = set
    return set
  }
}
