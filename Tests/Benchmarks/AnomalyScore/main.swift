import BillingModel
import Detecting
import Foundation

// How well anomalies are found: `AnomalyScore FIRST LAST` plants events into a company for each seed and
// prints what was found of them, kind by kind. `--missed`, `--false` and `--causes` name each failure;
// `multiple=5000000` and the like try other settings.

let tried: [String: WritableKeyPath<AnomalySettings, Int>] = [
  "multiple": \.multiple, "levelMultiple": \.levelMultiple, "leastShare": \.leastShare,
  "leastLevelShare": \.leastLevelShare, "leakSlope": \.leakSlope, "leakRise": \.leakRise,
  "occasionScale": \.occasionScale, "partMultiple": \.partMultiple, "leastScale": \.leastScale,
  "baselineVariance": \.baselineVariance, "largestDrift": \.largestDrift,
]
var settings = AnomalySettings()
for argument in CommandLine.arguments {
  let parts = argument.split(separator: "=")
  guard parts.count == 2, let value = Int(parts[1]) else { continue }
  guard let setting = tried[String(parts[0])] else {
    print("no such setting: \(parts[0])")
    exit(64)
  }
  settings[keyPath: setting] = value
}

let numbers = CommandLine.arguments.dropFirst().compactMap(UInt64.init)
let seeds = (numbers.first ?? 101)...(numbers.dropFirst().first ?? numbers.first ?? 120)
var total = Score()
let began = Date()

for seed in seeds {
  var chance = Chance(seed)
  // Two judged months behind five of history, somewhere in 2025 and 2026.
  let start = chance.number(0...8)
  guard let first = Day(year: 2025 + (3 + start) / 12, month: (3 + start) % 12 + 1, day: 1) else {
    continue
  }
  var periods = [first.period]
  while periods.count < 7 { periods.append(periods[periods.count - 1].next) }
  let judged = first.distance(to: periods[5].firstDay)
  let company = Company(
    seed: seed, first: first, days: first.distance(to: periods[6].end),
    calendar: Occasions.calendar)
  let planting = Planting(company, judged: judged, seed: seed)
  total.add(try Score(planting, judged: judged, Array(periods[5...6]), settings))
}

func percent(_ part: Double, _ all: Double) -> String {
  all == 0 ? "  –  " : String(format: "%5.1f", 100 * part / all)
}

print("kind             events  found  dollars  cause  rows  most  median day")
for kind in PlantedKind.allCases {
  guard let sums = total.kinds[kind] else { continue }
  let delays = sums.delays.sorted()
  let name = kind.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
  let median = delays.isEmpty ? 0 : delays[delays.count / 2]
  print(
    name, String(format: "%6d", sums.events),
    percent(Double(sums.found), Double(sums.events)), " ",
    percent(sums.foundDollars, sums.dollars), " ",
    percent(Double(sums.rightCause), Double(sums.found)),
    String(
      format: "%5.2f %5d %6d", Double(sums.rows) / Double(max(1, sums.found)), sums.mostRows, median
    ))
}
let all = total.kinds.values
let events = all.reduce(0) { $0 + $1.events }
let found = all.reduce(0) { $0 + $1.found }
let spikes = total.kinds[.spike]?.delays ?? []
print("event recall          ", percent(Double(found), Double(events)))
print(
  "dollar recall         ",
  percent(all.reduce(0) { $0 + $1.foundDollars }, all.reduce(0) { $0 + $1.dollars }))
print(
  "first cause right     ", percent(Double(all.reduce(0) { $0 + $1.rightCause }), Double(found)))
print(
  "false alarms, of days ", percent(Double(total.falseDays), Double(total.quietDays)),
  "(\(total.falseDays) of \(total.quietDays))")
print(
  "findings that are true", percent(Double(total.trueFindings), Double(total.findings)),
  "(\(total.trueFindings) of \(total.findings))")
print("area under PR         ", String(format: "%.3f", total.area))
print(
  "spikes by second day  ",
  percent(Double(spikes.count { $0 <= 2 }), Double(total.kinds[.spike]?.events ?? 0)))
print(
  "rows an event         ",
  String(format: "%.2f", Double(all.reduce(0) { $0 + $1.rows }) / Double(max(1, found))))
FileHandle.standardError.write(Data("\(Int(Date().timeIntervalSince(began))) s\n".utf8))
