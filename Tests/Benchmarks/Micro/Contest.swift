import ByteStreaming
import CZlib
import Foundation

/// Ways to pass over the same bytes, measured in turn so that each round sees the same machine.
struct Contest {
  struct Contender {
    let name: String
    /// What it found, to be equal wherever it is not nil.
    let run: () throws -> Finding?
  }

  /// What a scan found: records, and a sum over all their stops, each from the start of its record.
  struct Finding: Equatable {
    var records = 0
    var faults = 0
    var places: UInt64 = 0
  }

  let contenders: [Contender]
  /// CPU nanoseconds a byte: one list of rounds for each contender.
  private(set) var times: [[Double]]

  init(_ bytes: [UInt8]) throws {
    let packed = try Self.packed(bytes)
    contenders =
      [
        Contender(name: "bytes alone") { try Self.pass(bytes) },
        Contender(name: "zlib inflate") { try Self.pass(packed) },
      ]
      + CSVScanner.available.map { scanner in
        Contender(name: scanner.rawValue) { try Self.scan(bytes, scanner) }
      }
    times = contenders.map { _ in [] }
  }

  /// One round; false where two scans do not agree.
  mutating func round(_ size: Int) throws -> Bool {
    var findings: [Finding] = []
    for (index, contender) in contenders.enumerated() {
      let start = Self.processorTime()
      let finding = try contender.run()
      times[index].append((Self.processorTime() - start) / Double(size))
      if let finding { findings.append(finding) }
    }
    return findings.allSatisfy { $0 == findings[0] && $0.faults == 0 && $0.records > 0 }
  }

  /// The median over the rounds of a value taken inside each round.
  func median(_ name: String, _ value: (Double, Double) -> Double, _ other: String) -> Double {
    let lists = [name, other].map { name in
      times[contenders.firstIndex { $0.name == name }!]
    }
    let values = zip(lists[0], lists[1]).map(value).sorted()
    return values[values.count / 2]
  }

  private static func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  private static func pass(_ bytes: [UInt8]) throws -> Finding? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: ByteSource.bufferSize, alignment: 64)
    defer { unsafe buffer.deallocate() }
    var source = try ByteSource(bytes)
    while try unsafe source.fill(into: buffer) > 0 {}
    return nil
  }

  private static func scan(_ bytes: [UInt8], _ scanner: CSVScanner) throws -> Finding? {
    var source = try ByteSource(bytes)
    var reader = CSVReader(scanner: scanner)
    guard let header = try reader.header(&source) else { return nil }
    reader.select(CSVSelection(columns: header.count, ranges: ExportText.wanted))
    var finding = Finding()
    while try reader.next(&source) {
      unsafe reader.withChunk { chunk in
        unsafe finding.records += chunk.count
        for row in unsafe 0..<chunk.count {
          if unsafe chunk.faults[row] != 0 { finding.faults += 1 }
          let begin = unsafe UInt64(chunk.begins[row])
          let stops = unsafe chunk.stops + row * chunk.stopCount
          for stop in unsafe 0..<chunk.stopCount {
            unsafe finding.places &+= UInt64(stops[stop]) &- begin
          }
        }
      }
    }
    return finding
  }

  /// `bytes` as one gzip member, at the level that `gzip` takes.
  private static func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = unsafe z_stream()
    guard unsafe counterfoil_deflateInit2(&stream, 6, 31) == Z_OK else { throw POSIXError(.ENOMEM) }
    defer { unsafe deflateEnd(&stream) }
    var result = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
    var input = bytes
    let code = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe result.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        return unsafe deflate(&stream, Z_FINISH)
      }
    }
    guard code == Z_STREAM_END else { throw POSIXError(.EIO) }
    result.removeLast(Int(unsafe stream.avail_out))
    return result
  }
}
