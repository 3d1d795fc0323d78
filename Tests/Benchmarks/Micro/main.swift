import ByteStreaming
import Foundation

// Measures the CSV scan against zlib's inflate of the same bytes, and ends with 1 where the scan is so slow
// that it must have fallen out of its fast way. To be built with -c release.
//
// Found on an AMD EPYC (Zen 5), zlib 1.2.13, ns a byte without reading, LF / CR LF / quoted:
// avx2 0.09 / 0.09 / 0.13, baseline (SSE2) 0.17 / 0.17 / 0.20, portable 0.55 / 0.55 / 0.57, bytewise
// 1.09 / 1.09 / 0.88; inflate 2.9. The loop of the baseline written in Swift over the same masks took 0.17;
// AVX2 without PDEP took 0.12. NEON was not measured.

let size = 64 << 20
let rounds = 7
/// What the scan may take of another way. Wide, since machines differ: it is 0.05 of an inflate, and 0.15
/// of reading byte by byte, to which a scan falls that takes no record for plain.
let limits = [("zlib inflate", 1.0), ("bytewise", 0.6)]
/// What reading a large invoice may take of libxml2's own parse of it, and the memory beside it. To be had are
/// 1.5 times; found were 1.46 to 1.47 times in five runs and 1.8 MB. Wide, since machines differ.
let invoiceTime = 1.75
let invoiceMemory = 16 << 20

#if DEBUG
  print("only a release build can be measured: swift run -c release Microbenchmarks")
  exit(2)
#else
  var failed = false
  let file = FileManager.default.temporaryDirectory
    .appendingPathComponent("counterfoil-invoice-\(ProcessInfo.processInfo.processIdentifier).xml")
  try InvoiceText.write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  var invoice = try InvoiceContest(file.path)
  for _ in 0..<rounds where try !invoice.round(lines: InvoiceText.lines) {
    print("invoice: its lines are not all read")
    exit(1)
  }
  let times = [invoice.plain, invoice.read].map { $0.sorted()[$0.count / 2] }
  let more = invoice.readMemory - invoice.plainMemory
  print("invoice of \(InvoiceText.lines) lines, CPU seconds")
  print(String(format: "  libxml2 %.3f, read %.3f, ratio %.3f", times[0], times[1], invoice.ratio))
  print("  \(more >> 10) KB more memory than libxml2 alone")
  if invoice.ratio > invoiceTime || more > invoiceMemory {
    print("  the limits are \(invoiceTime) of the time and \(invoiceMemory >> 20) MB")
    failed = true
  }
  for profile in ExportText.Profile.allCases {
    var text = ExportText(profile, seed: 20_261_124)
    let bytes = text.bytes(size)
    var contest = try Contest(bytes)
    for _ in 0..<rounds where try !contest.round(bytes.count) {
      print("\(profile.rawValue): the scanners do not find the same records")
      exit(1)
    }
    print("\(profile.rawValue), \(bytes.count) bytes, \(ExportText.columns) columns")
    print("  way             ns/byte   without reading   ratio to inflate")
    for contender in contest.contenders {
      let name = contender.name
      let alone = contest.median(name, { own, _ in own }, name)
      let net = contest.median(name, { $0 - $1 }, "bytes alone")
      let ratio = contest.median(name, { $0 / $1 }, "zlib inflate")
      let numbers = [alone, net, ratio].map { String(format: "%15.3f", $0) }.joined()
      print("  " + name.padding(toLength: 13, withPad: " ", startingAt: 0) + numbers)
    }
    for (other, limit) in limits {
      let ratio = contest.median(CSVScanner.fastest.rawValue, { $0 / $1 }, other)
      if ratio > limit {
        print("  \(CSVScanner.fastest.rawValue) takes \(ratio) of \(other); the limit is \(limit)")
        failed = true
      }
    }
  }
  exit(failed ? 1 : 0)
#endif
