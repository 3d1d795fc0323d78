import ByteStreaming
import Foundation

// Measures the CSV scan against zlib's inflate of the same bytes, and ends with 1 where a scan is so slow
// that it must have fallen out of its fast way. To be built with -c release.

let size = 64 << 20
let rounds = 7
/// The scan beside the inflate; it is about a tenth of this. Wide, since machines differ.
let limit = 1.0

#if DEBUG
  print("only a release build can be measured: swift run -c release Microbenchmarks")
  exit(2)
#else
  var failed = false
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
    let ratio = contest.median(CSVScanner.fastest.rawValue, { $0 / $1 }, "zlib inflate")
    if ratio > limit {
      print("  \(CSVScanner.fastest.rawValue) takes \(ratio) of an inflate; the limit is \(limit)")
      failed = true
    }
  }
  exit(failed ? 1 : 0)
#endif
