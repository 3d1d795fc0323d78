import BillingModel
import ByteStreaming

/// What a file asks for that closes a period: `BillingPeriod,SignedBy,Note` and one row below it.
struct SignOffRequest: Sendable, Hashable {
  var billingPeriod: BillingPeriod
  var by: Text
  var note: Text
}

/// Reads and writes the file by which people close a period.
enum SignOffFile {
  static let columns: [Text] = ["BillingPeriod", "SignedBy", "Note"]
  /// What documents call it.
  static let kind: Text = "sign-off"
  private static let sizeLimit = 64 << 10

  /// True where the first line names both columns that no other file has.
  static func looksLike(_ head: [UInt8]) -> Bool {
    let names = CSVRecord.firstLine(head).map { Text(decoding: $0) }
    return names.contains(columns[0]) && names.contains(columns[1])
  }

  static func content(_ bytes: [UInt8]) -> InboxFile.Content {
    do throws(Fault) {
      return .signOff(try read(bytes))
    } catch {
      return .refused(code: "SignOffNotUnderstood", reason: Text(error.message))
    }
  }

  private struct Fault: Error { var message: String }

  private static func read(_ bytes: [UInt8]) throws(Fault) -> SignOffRequest {
    guard bytes.count < sizeLimit else {
      throw Fault(message: "a sign-off is one row; this file is larger than any could be")
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let records: [[CSVField]]
    do throws(CSVText.Fault) {
      var table = try CSVText(bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes)
      records = try table.records()
    } catch {
      throw Fault(message: "line \(error.line): \(error.message)")
    }
    guard records.count == 2 else {
      throw Fault(
        message:
          "\(records.count - 1) rows below the header: a file signs one period off, in one row")
    }
    var cells: [Text: Text] = [:]
    for (name, cell) in zip(records[0], records[1]) { cells[Text(name.text)] = Text(cell.text) }
    let stated = cells[columns[0]] ?? ""
    guard let period = BillingPeriod(stated.string) else {
      throw Fault(message: "line 2: BillingPeriod is YYYY-MM, not \"\(stated)\"")
    }
    guard let by = cells[columns[1]], !by.isEmpty else {
      throw Fault(message: "line 2: SignedBy is empty: name who signs")
    }
    return SignOffRequest(billingPeriod: period, by: by, note: cells[columns[2]] ?? "")
  }

  static func bytes(_ request: SignOffRequest) -> [UInt8] {
    let values = [Text(request.billingPeriod.description), request.by, request.note]
    let header = columns.map(\.string).joined(separator: ",")
    return Array(header.utf8) + [UInt8(ascii: "\n")]
      + CSVRecord.join(values.map { Array($0.string.utf8) }) + [UInt8(ascii: "\n")]
  }
}
