import Foundation
import TestSupport
import Testing

/// Documents made to hurt who reads them: each is refused, or read within a bound of memory and time.
@Suite struct AttackTests {
  /// The last words of the listing for each attack. What is `ok` is read without what it asks for.
  private static let statuses = [
    "entity-internal": "declares the entity", "entity-file": "declares the entity",
    "entity-address": "declares the entity", "entity-parameter": "declares the entity",
    "entity-parameter-file": "declares the entity", "entity-unparsed": "NOTATION declaration",
    "laughs": "declares the entity", "quadratic": "declares the entity",
    "undeclared": "&nbsp; which it does not declare", "dtd-file": "ok", "dtd-address": "ok",
    "schema-address": "ok", "stylesheet": "ok", "include": "ok",
    "attribute": "longer than 262144 bytes", "attributes": "longer than 262144 bytes",
    "attributes-within": "ok", "cdata": "longer than 262144 bytes",
    "comment": "longer than 262144 bytes", "name": "longer than 262144 bytes",
    "depth": "more than 64 deep", "field": "a field is longer than 65536 bytes",
    "attachment": "ok", "truncated": "libxml2 error", "mislabelled": "its bytes are UTF-8",
    "no-utf8": "not proper UTF-8", "unknown-encoding": "x-none", "blank-line": "very first thing",
    "bomb": "grows more than 500 times", "sound": "ok", "sound-utf16": "ok",
  ]

  /// The program alone takes some 35 MB. 200,000 attributes on one element take libxml2 17 seconds, and 60
  /// MB in one text twice that in memory: a bound of 64 MB and 5 seconds tells both from what is asserted.
  @Test func `every attack ends within 64 MB and 5 seconds, and opens nothing`() throws {
    let folder = TemporaryFolder()
    let ending = try Program.run(
      ["invoices", "--dialects", DataRoot.pipeline("dialects")],
      through: ["python3", script("attacked.py").path, folder.path])
    #expect(ending.code == 0, "\(ending.error)")
    let rows = Sheet(ending.output).rows
    #expect(rows.count == Self.statuses.count + 1)
    for row in rows.dropLast() {
      let name = row["File"] ?? ""
      let status = row["Status"] ?? ""
      let wanted = try #require(Self.statuses[name], "\(row)")
      #expect(wanted == "ok" ? status == "ok" : status.contains(wanted), "\(row)")
      #expect(row["Code"] == (wanted == "ok" ? "0" : "65"), "\(row)")
      #expect(Int(row["Memory"] ?? "") ?? .max <= 64, "\(row)")
      #expect(Double(row["Seconds"] ?? "") ?? .infinity <= 5, "\(row)")
    }
    #expect(rows.last?["File"] == "touched" && rows.last?["Status"] == "0")
  }
}
