import Foundation
import TestSupport
import Testing

/// What cannot be read is set aside with its reason, and the rest of the night goes on.
@Suite struct QuarantineTests {
  /// A file and what must be said of it.
  struct Bad: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let code: String
    /// What the reason must say: what is wrong, or what to do.
    let words: String
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ code: String, _ words: String) {
      self.name = name
      self.bytes = bytes
      self.code = code
      self.words = words
    }
  }

  private static let header =
    "bill/InvoiceId,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,"
    + "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,"
    + "lineItem/CurrencyCode"
  private static let doctype =
    "<?xml version=\"1.0\"?><!DOCTYPE f [<!ENTITY b \"9.99\">]><EInvoice>&b;</EInvoice>"
  private static let unclosed =
    "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><a>"

  static let bad: [Bad] = [
    Bad(
      "no cost.csv", Array("\(header)\n,1,2026-09-01T00:00:00Z,,1,Usage,,S3,USD\n".utf8),
      "MissingColumn", "lineItem/UnblendedCost"),
    Bad("nothing.csv", [], "EmptyFile", "deliver it again"),
    Bad("empty.zip", [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18), "ZipArchive", "no file"),
    Bad(
      "locked.zip", [0x50, 0x4B, 3, 4, 20, 0, 1, 0, 8] + Array(repeating: 0, count: 60),
      "ZipArchive",
      "is encrypted"),
    Bad("cut.zip", [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8], "TruncatedZip", "cut short"),
    Bad("rows.parquet", Array("PAR1".utf8) + [0, 1, 2], "ParquetFile", "text/csv with GZIP"),
    Bad("wide.csv", [0xFF, 0xFE] + Array("a\0,\0b\0\n\0".utf8), "Utf16", "save it as UTF-8"),
    Bad("invoice.dat", Array("%PDF-1.7\n%âãÏÓ".utf8), "PDFFile", "pdfdetach"),
    Bad(
      "IT01234567890_FPA01.xml.p7m",
      [0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80], "SignedFile",
      "openssl smime"),
    Bad("invoices.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "UnreadableArchive", "unpack"),
    Bad("invoice.edi", Array("UNA:+.? 'UNB+UNOC:3+1".utf8), "EDIFACTFile", "as XML"),
    Bad("cut.json", Array("{\"InvoiceSummaries\": [".utf8), "NotJSON", "unfinished"),
    Bad("other.json", Array("{\"a\": 1}".utf8), "UnknownDialect", "InvoiceSummaries"),
    Bad("list.json", Array("[1, 2, 3]".utf8), "UnknownDialect", "InvoiceSummaries"),
    Bad("entity.xml", Array(doctype.utf8), "EntityDeclaration", "declares the entity \"b\""),
    Bad("unclosed.xml", Array(unclosed.utf8), "NotWellFormed", "line 1"),
    Bad("notes.txt", Array("call AWS\n".utf8), "UnknownContent", "claim.ignore"),
  ]

  /// A sound file of the sample data.
  private static func sound() throws -> [UInt8] {
    let path = "sample-data/broken-rows/nights/2026-07-05/ziwu-2026-06.csv.gz"
    return [UInt8](try Data(contentsOf: repositoryRoot().appendingPathComponent(path)))
  }

  private static func damagedGzip() throws -> [Bad] {
    let sound = try Self.sound()
    var flipped = sound
    flipped[sound.count - 6] ^= 1
    return [
      Bad("cut.csv.gz", Array(sound.prefix(sound.count / 2)), "TruncatedGzip", "cut short"),
      Bad("more.csv.gz", sound + Array("JUNK".utf8), "TrailingBytes", "4 bytes"),
      Bad("flipped.csv.gz", flipped, "DamagedGzip", "deliver the file again"),
    ]
  }

  private struct Reason: Decodable {
    struct Reject: Decodable { let record: Int }

    let rejects: [Reject]?
    let file: String
    let sha256: String
    let code: String
    let reason: String
  }

  @Test func `bad files are set aside with their reasons and a good delivery is booked`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    let bad = try Self.bad + Self.damagedGzip()
    for file in bad { try root.drop("bad/\(file.name)/\(file.name)", file.bytes) }
    #expect(try root.run(asOf: "2026-10-05").code == 65)

    let alone = try DataRoot()
    try alone.drop("line-faults", "2026-10-05")
    #expect(try alone.run(asOf: "2026-10-05").code == 0)
    let months = try root.documents().filter { $0.key.hasPrefix("2026-09/") }
    #expect(try months == alone.documents())

    let set = try filesBelow(root.folder.url.appendingPathComponent("quarantine"))
    let reasons = try set.filter { $0.key.hasSuffix("/reason.json") }.values.map {
      try JSONDecoder().decode(Reason.self, from: $0)
    }
    for file in bad {
      let name = "bad/\(file.name)/\(file.name)"
      let reason = try #require(reasons.first { $0.file == name }, "\(name)")
      #expect(reason.code == file.code && reason.reason.contains(file.words), "\(reason)")
      #expect(set["\(reason.sha256)/\(file.name)"] == Data(file.bytes), "\(name)")
      let input = try root.summary("unassigned").input(name)
      #expect(input?.outcome == "quarantined", "\(name)")
      #expect(input?.reason == "\(reason.code): \(reason.reason)", "\(name)")
    }
    #expect(reasons.count == bad.count)
    #expect(try filesBelow(root.inbox).isEmpty)
    #expect(try root.faultsOfSeals() == "")
  }

  /// A twelfth of the rows: more than one in a hundred.
  @Test func `a file with too many bad rows is set aside as a whole`() throws {
    let root = try DataRoot()
    let header = "\(Self.header),lineItem/UnblendedCost\n"
    let rows = (0..<120).map { index in
      ",1,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,1,Usage,2026-09-01T00:00:00Z,S3,USD,"
        + (index % 12 == 0 ? "much" : "0.1") + "\n"
    }
    try root.drop("many.csv", (header + rows.joined()).utf8)
    #expect(try root.run(asOf: "2026-10-05").code == 65)
    let rejects = try root.sheet("unassigned/rejects.csv").rows
    #expect(rejects.map { $0["Code"] } == ["TooManyRejects"])
    let quarantine = try filesBelow(root.folder.url.appendingPathComponent("quarantine"))
    let bytes = try #require(quarantine.first { $0.key.hasSuffix("reason.json") }?.value)
    let reason = try JSONDecoder().decode(Reason.self, from: bytes)
    #expect(reason.rejects?.map(\.record) == Array(stride(from: 1, through: 120, by: 12)))
  }
}
