package import BillingModel
package import ByteStreaming

/// Records of one export file by their numbers, as `explain` shows them.
package struct ExportRecords: Hashable, Sendable {
  /// The column names, in the order of the file.
  package let header: [Text]
  /// The fields of each record asked for and found; a record that is at fault stands as one raw field.
  package let records: [Int: [Text]]

  /// Reads on until the last record asked for.
  package init(
    _ source: inout ByteSource, _ file: ExportFile, records wanted: Set<Int>
  ) throws(ExportFault) {
    var reader = CSVReader()
    let header = try ExportReading.header(&reader, &source, file)
    reader.select(CSVSelection(columns: header.count, ranges: []))
    var found: [Int: [Text]] = [:]
    let last = wanted.max() ?? 0
    var next = 1
    while next <= last, try Self.hasNext(&reader, &source, file) {
      let (records, count) = reader.records(wanted)
      for (number, fields) in records { found[number] = fields.map { Text(decoding: $0) } }
      next += count
    }
    self.header = header.map { Text(decoding: $0) }
    self.records = found
  }

  private static func hasNext(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ file: ExportFile
  ) throws(ExportFault) -> Bool {
    do throws(StreamError) {
      return try reader.next(&source)
    } catch {
      throw ExportReading.fault(error, file)
    }
  }
}
