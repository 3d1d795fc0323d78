import BillingModel
import ByteStreaming
import CLibXML2
import CZlib
import Foundation
import Ingesting
import PipelineRuntime

/// Reading one large invoice by the table of its dialect, against libxml2's own parse of the same file with
/// callbacks that only count. Both read from a file; they take turns.
struct InvoiceContest {
  private let path: String
  /// CPU seconds of each round, and the most memory there was after the first of each.
  private(set) var plain: [Double] = []
  private(set) var read: [Double] = []
  private(set) var plainMemory = 0
  private(set) var readMemory = 0

  /// The dialects are read once, as a night does, however many invoices there are.
  private let reader: InvoiceReader

  init(_ path: String) throws {
    self.path = path
    reader = try InvoiceReading.reader(dialects: "pipelines/dialects")
  }

  /// One round of both; false where one of them does not find every line.
  mutating func round(lines: Int) throws -> Bool {
    var start = Self.processorTime()
    let elements = try Self.elements(of: path)
    plain.append(Self.processorTime() - start)
    if plainMemory == 0 { plainMemory = Self.mostMemory() }
    start = Self.processorTime()
    let listing = InvoiceReading.listing(of: [path], by: reader)
    read.append(Self.processorTime() - start)
    if readMemory == 0 { readMemory = Self.mostMemory() }
    return elements > lines * 10 && listing.text.contains(",\(lines),") && !listing.hasRefusals
  }

  /// The median over the rounds of the ratio inside each.
  var ratio: Double {
    let ratios = zip(read, plain).map { $0 / $1 }.sorted()
    return ratios[ratios.count / 2]
  }

  private static func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The kernel's high-water mark of this process, in bytes.
  private static func mostMemory() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.filter { $0.isNumber }) ?? 0) << 10
  }

  private static func elements(of path: String) throws -> Int {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    var handler = unsafe counterfoil_emptyHandler()
    unsafe handler.startElementNs = { data, _, _, _, _, _, _, _, _ in
      unsafe data?.assumingMemoryBound(to: Count.self).pointee.elements += 1
    }
    unsafe handler.endElementNs = { _, _, _, _ in }
    unsafe handler.characters = { data, _, count in
      unsafe data?.assumingMemoryBound(to: Count.self).pointee.bytes += Int(count)
    }
    var count = Count(descriptor: file.fileDescriptor)
    let code: Int32 = try unsafe withUnsafeMutablePointer(to: &count) { count in
      guard
        let parser = unsafe xmlCreateIOParserCtxt(
          &handler, count,
          { data, buffer, size in
            guard let data = unsafe data, let buffer = unsafe buffer else { return -1 }
            let descriptor = unsafe data.assumingMemoryBound(to: Count.self).pointee.descriptor
            return Int32(unsafe Foundation.read(descriptor, buffer, Int(size)))
          }, nil, count, XML_CHAR_ENCODING_NONE)
      else { throw POSIXError(.ENOMEM) }
      defer { unsafe xmlFreeParserCtxt(parser) }
      return unsafe xmlParseDocument(parser)
    }
    guard code == 0 else { throw POSIXError(.EILSEQ) }
    return count.elements
  }

  private struct Count {
    var descriptor: Int32
    var elements = 0
    var bytes = 0
  }
}
