import ByteStreaming
import ExactNumbers

extension SuspectBook {
  /// Rows that tripped alone; groups are of the second look, which is never kept.
  func pack(into writer: inout PackedWriter) {
    writer.put(suspects.count)
    for (key, suspect) in suspects.sorted(by: { $0.key < $1.key }) {
      key.pack(into: &writer)
      suspect.pack(into: &writer)
    }
  }

  mutating func unpack(
    _ reader: inout PackedReader, as file: TableFile
  ) throws(PackedFault) {
    for _ in 0..<(try reader.count()) {
      let key = try SuspectKey(&reader)
      set(try Suspect(&reader, as: file), for: key)
    }
  }
}

extension SuspectKey {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.put(partition.count)
    for value in partition {
      switch value {
      case .text(let text):
        writer.put(0)
        writer.put(text)
      case .number(let number):
        writer.put(number == nil ? 1 : 2)
        writer.put(number ?? 0)
      }
    }
    writer.put(key.count)
    for field in key { writer.put(field) }
  }

  fileprivate init(_ reader: inout PackedReader) throws(PackedFault) {
    var partition: [KeyValue] = []
    for _ in 0..<(try reader.count()) {
      switch try reader.number() {
      case 0: partition.append(.text(try reader.string()))
      case 1:
        _ = try reader.number()
        partition.append(.number(nil))
      default: partition.append(.number(try reader.number()))
      }
    }
    var key: [[UInt8]?] = []
    for _ in 0..<(try reader.count()) { key.append(try reader.optionalString()) }
    self.init(partition: partition, key: key)
  }
}

extension Suspect {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.put(rows)
    writer.put(groups)
    writer.put(measures.count)
    for measure in measures { writer.put(measure.units) }
    writer.put(evidence.count)
    for row in evidence {
      writer.put(row.place.record)
      writer.put(row.fields.count)
      for field in row.fields { writer.put(field) }
    }
  }

  fileprivate init(_ reader: inout PackedReader, as file: TableFile) throws(PackedFault) {
    let rows = try reader.number()
    let groups = try reader.number()
    var measures: [Amount] = []
    for _ in 0..<(try reader.count()) { measures.append(try reader.amount()) }
    self.init(measures: measures.count)
    self.rows = rows
    self.groups = groups
    self.measures = measures
    for _ in 0..<(try reader.count()) {
      let place = TablePlace(file: file.identity, record: try reader.number())
      var fields: [[UInt8]?] = []
      for _ in 0..<(try reader.count()) { fields.append(try reader.optionalString()) }
      evidence.append(SuspectRow(place: place, fields: fields))
    }
  }
}

extension FileTotals {
  func pack(into writer: inout PackedWriter) {
    for number in [rows, keptRows, rounded, latest == nil ? 0 : 1, latest ?? 0] {
      writer.put(number)
    }
    for totals in [read, kept] {
      writer.put(totals.totals.count)
      for (unit, amount) in totals.totals {
        writer.put(unit)
        writer.put(amount.units)
      }
    }
    writer.put(rejectedRows.count)
    for row in rejectedRows { row.pack(into: &writer) }
  }

  init(_ reader: inout PackedReader, as file: TableFile) throws(PackedFault) {
    self.init(file)
    rows = try reader.number()
    keptRows = try reader.number()
    rounded = try reader.number()
    let hasLatest = try reader.number() == 1
    let seconds = try reader.number()
    latest = hasLatest ? seconds : nil
    for _ in 0..<(try reader.count()) {
      read.append(try reader.string(), try reader.amount().units)
    }
    for _ in 0..<(try reader.count()) {
      kept.append(try reader.string(), try reader.amount().units)
    }
    for _ in 0..<(try reader.count()) { rejectedRows.append(try RejectedRow(&reader)) }
  }
}

extension RejectedRow {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.put(record)
    let (kind, detail, fields) = reason.numbers
    for number in [kind, detail, fields] { writer.put(number) }
    writer.put(raw)
    writer.put(amount == nil ? 0 : 1)
    writer.put(amount?.units ?? 0)
    writer.put(unit)
  }

  fileprivate init(_ reader: inout PackedReader) throws(PackedFault) {
    let record = try reader.number()
    let reason = try RejectReason(
      try reader.number(), try reader.number(), fields: try reader.number())
    let raw = try reader.string()
    let hasAmount = try reader.number() == 1
    let amount = try reader.amount()
    self.init(
      record: record, reason: reason, raw: raw, amount: hasAmount ? amount : nil,
      unit: try reader.optionalString())
  }
}

extension RejectReason {
  fileprivate var numbers: (Int, Int, Int) {
    switch self {
    case .record(let fault, let fields): (0, Int(fault.rawValue), fields)
    case .amount: (1, 0, 0)
    case .unit: (2, 0, 0)
    case .requirement(let number): (3, number, 0)
    }
  }

  fileprivate init(_ kind: Int, _ detail: Int, fields: Int) throws(PackedFault) {
    switch kind {
    case 0:
      guard let code = UInt8(exactly: detail), let fault = CSVRowFault(rawValue: code) else {
        throw PackedFault()
      }
      self = .record(fault, fields: fields)
    case 1: self = .amount
    case 2: self = .unit
    case 3: self = .requirement(detail)
    default: throw PackedFault()
    }
  }
}

extension PackedReader {
  fileprivate mutating func amount() throws(PackedFault) -> Amount {
    guard let amount = try? Amount(units: try wideNumber()) else { throw PackedFault() }
    return amount
  }
}
