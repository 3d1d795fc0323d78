import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct CSVScannerTests {
  /// The records after the header as `csv_rule.py` prints them.
  private func found(
    _ document: [UInt8], _ scanner: CSVScanner, _ selection: CSVSelection, bufferSize: Int,
    rowLimit: Int = 1 << 20
  ) throws -> String {
    var source = try ByteSource(document)
    var reader = CSVReader(bufferSize: bufferSize, rowLimit: rowLimit, scanner: scanner)
    _ = try reader.header(&source)
    reader.select(selection)
    var records: [String] = []
    while try reader.next(&source) {
      unsafe reader.withChunk { chunk in
        for row in unsafe 0..<chunk.count { records.append(unsafe spelled(chunk, row)) }
      }
    }
    return records.joined(separator: ";")
  }

  private func spelled(_ chunk: CSVChunk, _ row: Int) -> String {
    let fault = unsafe CSVRowFault(rawValue: chunk.faults[row])!
    let fields = unsafe fault == .none ? 0 : chunk.fields[row]
    let stops =
      fault == .none
      ? (0..<(unsafe chunk.stopCount)).map {
        unsafe "\(chunk.stops[row * chunk.stopCount + $0] - chunk.begins[row])"
      } : []
    return
      "\(hex(unsafe chunk.record(row))):\(fault):\(fields):\(stops.joined(separator: ","))"
  }

  /// Of the ends that the rule finds, those of the wanted stops.
  private func reduced(_ expected: Substring, _ selection: CSVSelection) -> String {
    expected.split(separator: ";").map { record in
      var parts = record.split(separator: ":", omittingEmptySubsequences: false)
      let ends = parts.removeLast().split(separator: ",")
      let stops = ends.isEmpty ? [] : selection.stops.map { ends[$0] }
      return (parts + [Substring(stops.joined(separator: ","))]).joined(separator: ":")
    }.joined(separator: ";")
  }

  private func selection(_ columns: Int, _ random: inout SeededGenerator) -> CSVSelection {
    let ranges = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      let first = Int.random(in: 0..<columns, using: &random)
      return first...Int.random(in: first..<columns, using: &random)
    }
    return CSVSelection(columns: columns, ranges: ranges)
  }

  private func ruled(_ cases: [(columns: Int, document: [UInt8])]) throws -> [Substring] {
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ByteStreamingTests/Oracle/csv_rule.py")
    let input = Data(cases.map { "\($0.columns) \(hex($0.document))\n" }.joined().utf8)
    return String(decoding: try oracle(script, input: input), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func `every scanner follows the declared rule on any bytes, with any buffer`() throws {
    let seed: UInt64 = 20_270_101
    var soup = CSVSoup(seed: seed)
    let cases = (0..<2000).map { number in
      let columns = [1, 2, 3, 3, 5, 30].randomElement(using: &soup.random)!
      return (columns: columns, document: soup.document(columns: columns, hasNUL: number % 4 == 0))
    }
    let expected = try ruled(cases)
    for (number, (columns, document)) in cases.enumerated() {
      let size = [16, 63, 64, 65, 200, 4096].randomElement(using: &soup.random)!
      let selection = selection(columns, &soup.random)
      let wanted = reduced(expected[number], selection)
      for scanner in CSVScanner.available {
        let result = try found(document, scanner, selection, bufferSize: size)
        #expect(
          result == wanted,
          "seed \(seed), document \(number), \(scanner), buffer \(size): \(document)")
      }
    }
  }

  /// Every pair of blocks is crossed by every sequence that a scan must carry over.
  @Test func `no sequence is lost on the border of two blocks`() throws {
    let sequences = [
      ",", "\n", "\r\n", "\r", "\",\"", "\"\",", "\"\r\n", "\"\n\"", "\"\r", "\"\"\"\"", "\"x",
      "x\"", ",\"\"\r\n\"", "\n\n", "\r\n\r\n", "\r\r\n", "\n\r\n\"\"", "\"y,z\"\n",
      "\"y\nz\"\r\n", "\"y\r\"\n",
    ]
    var cases: [(columns: Int, document: [UInt8])] = []
    for (columns, head, tail) in [(1, "a\n", "t\n1\r\n2"), (2, "a,b\nk,", "t\n1,2\r\n3,4")] {
      for sequence in sequences {
        for offset in 54...70 {
          for opening in ["", "\""] {
            let text = head + opening + String(repeating: "p", count: offset) + sequence + tail
            cases.append((columns, Array(text.utf8)))
          }
        }
      }
    }
    for ((columns, document), expected) in zip(cases, try ruled(cases)) {
      let selection = CSVSelection(columns: columns, ranges: [0...0])
      for scanner in CSVScanner.available {
        let result = try found(document, scanner, selection, bufferSize: 4096)
        #expect(result == reduced(expected, selection), "\(scanner): \(document)")
      }
    }
  }

  @Test func `every scanner refuses the same long records`() throws {
    let seed: UInt64 = 20_270_102
    var soup = CSVSoup(seed: seed)
    for number in 0..<500 {
      let document = soup.document(columns: 3, hasNUL: false)
      let limit = Int.random(in: 32...200, using: &soup.random)
      let selection = selection(3, &soup.random)
      let expected = try found(document, .bytewise, selection, bufferSize: 32, rowLimit: limit)
      for scanner in CSVScanner.available {
        let result = try found(document, scanner, selection, bufferSize: 32, rowLimit: limit)
        #expect(
          result == expected, "seed \(seed), document \(number), \(scanner), limit \(limit)")
      }
    }
  }

  @Test func `documents that come in pieces of a few bytes are read as whole ones`() throws {
    let seed: UInt64 = 20_270_103
    var soup = CSVSoup(seed: seed)
    let documents = (0..<60).map { _ in soup.document(columns: 3, hasNUL: false) }
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ByteStreamingTests/Oracle/gzip_members.py")
    let input = Data(documents.map { hex($0) + "\n" }.joined().utf8)
    let packed = String(decoding: try oracle(script, input: input), as: UTF8.self)
      .split(separator: "\n")
    let selection = CSVSelection(columns: 3, ranges: [1...1])
    for (number, document) in documents.enumerated() {
      let expected = try found(document, .bytewise, selection, bufferSize: 4096)
      for scanner in CSVScanner.available {
        let result = try found(bytes(packed[number]), scanner, selection, bufferSize: 64)
        #expect(result == expected, "seed \(seed), document \(number), \(scanner): \(document)")
      }
    }
  }

  private func bytes(_ hex: Substring) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test(arguments: ["\n", "\r\n"])
  func `a block may hold nothing but separators`(lineEnd: String) throws {
    for columns in [2, 61, 62, 63, 64, 65, 66, 126, 127, 128, 129, 200] {
      let row = String(repeating: ",", count: columns - 1)
      let header = (0..<columns).map { "c\($0)" }.joined(separator: ",")
      let document = Array(([header, row, row, row].joined(separator: lineEnd) + lineEnd).utf8)
      let selection = CSVSelection(columns: columns, ranges: [columns / 3...columns / 2])
      // All fields are empty, so that separator n lies at n.
      let stops = selection.stops.map(String.init).joined(separator: ",")
      let record = "\(hex(Array(row.utf8))):none:0:\(stops)"
      for scanner in CSVScanner.available {
        let result = try found(document, scanner, selection, bufferSize: 4096)
        #expect(result == [record, record, record].joined(separator: ";"), "\(scanner) \(columns)")
      }
    }
  }

  @Test func `more records than a chunk may hold come in more chunks`() throws {
    let rows = (0..<10_000).map { "\($0),x" }
    for lineEnd in ["\n", "\r\n"] {
      let document = Array((["a,b"] + rows).joined(separator: lineEnd).utf8)
      for scanner in CSVScanner.available {
        var source = try ByteSource(document)
        var reader = CSVReader(scanner: scanner)
        _ = try reader.header(&source)
        reader.select(CSVSelection(columns: 2, ranges: [0...1]))
        var read: [String] = []
        while try reader.next(&source) {
          unsafe reader.withChunk { chunk in
            #expect(unsafe chunk.firstRecord == read.count + 1)
            for row in unsafe 0..<chunk.count {
              read.append(String(decoding: unsafe chunk.record(row), as: UTF8.self))
            }
          }
        }
        #expect(read == rows, "\(scanner)")
      }
    }
  }

  @Test func `a header that cannot be read leaves no plain record`() throws {
    for scanner in CSVScanner.available {
      let selection = CSVSelection(columns: 0, ranges: [])
      let result = try found(Array("a,\"b\n1,2\n".utf8), scanner, selection, bufferSize: 64)
      #expect(result == "312c32:columns:2:", "\(scanner)")
    }
  }

  @Test func `the fastest scanner is one that the processor can run`() {
    #expect(CSVScanner.available.contains(.fastest))
    #expect(CSVScanner.fastest != .bytewise)
    #expect(CSVScanner.available.starts(with: [.bytewise, .portable, .baseline]))
  }
}
