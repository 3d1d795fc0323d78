import BillingModel
import ExactNumbers

/// The direction in which spending left its band.
enum AnomalyKind: String {
  case spike, drop

  init(deviation: Int128) { self = deviation < 0 ? .drop : .spike }
}

/// One judged day that lies far from what was expected.
struct AnomalyDay {
  let day: Day
  let actual: Int128
  let expected: Int128
  let band: Int128
  /// Deviation over band, in parts per million: 1 000 000 is the line.
  let ratio: Int128

  var deviation: Int128 { actual - expected }
  var kind: AnomalyKind { AnomalyKind(deviation: deviation) }
}

/// Days of one kind that belong together: from the onset to the last alarm day.
struct AnomalyEvent {
  let kind: AnomalyKind
  private(set) var days: [AnomalyDay]
  /// True once the new level was taken for normal.
  var isAccepted = false

  init(_ first: AnomalyDay) {
    kind = first.kind
    days = [first]
  }

  var onset: Day { days[0].day }
  var last: Day { days[days.count - 1].day }

  /// The day that lies farthest out; of equals, the first.
  var peak: AnomalyDay { days.dropFirst().reduce(days[0]) { $1.ratio > $0.ratio ? $1 : $0 } }

  /// 0.5 at the line, towards 1 beyond it, in parts per million.
  var score: Int128 {
    peak.ratio * RobustStatistics.million / (peak.ratio + RobustStatistics.million)
  }

  var actual: Int128 { days.reduce(0) { $0 + $1.actual } }
  var expected: Int128 { days.reduce(0) { $0 + $1.expected } }

  mutating func append(_ day: AnomalyDay) { days.append(day) }
}
