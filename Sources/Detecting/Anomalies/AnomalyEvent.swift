import BillingModel
import ExactNumbers

/// The direction in which spending left its band. Its word goes into the keys of findings, whatever the
/// event turns out to be on later days.
enum AnomalyDirection: String {
  case up = "spike"
  case down = "drop"

  init(_ deviation: Int) { self = deviation < 0 ? .down : .up }

  var sign: Int { self == .up ? 1 : -1 }
}

/// What raised an alarm: each head looks at other evidence.
enum AnomalyHead {
  /// One day far out.
  case day
  /// Several days in a row, none of them far out.
  case level
  /// A rise or fall that goes on.
  case leak
  /// No rows any more.
  case stopped
  /// Rows where there were none.
  case new
}

/// One judged day that lies far from what was expected.
struct AnomalyDay {
  let day: Day
  /// Money in millionths of the currency.
  let actual: Int128
  let expected: Int128
  let low: Int128
  let high: Int128
  /// From what was expected, on the scale.
  let deviation: Int
  /// How far over the line, in parts per million: 1 000 000 is the line.
  let ratio: Int

  var difference: Int128 { actual - expected }
  var direction: AnomalyDirection { AnomalyDirection(deviation) }
}

/// Days of one direction that belong together: from the onset to the last alarm day.
struct AnomalyEvent {
  let direction: AnomalyDirection
  let head: AnomalyHead
  /// The day whose rows raised the alarm: before it nothing was known of the event.
  private(set) var raised: Day
  private(set) var days: [AnomalyDay]
  /// A later day that differs by less does not belong to it.
  let keep: Int
  /// True once the new level was taken for normal.
  var isAccepted = false
  /// True while the last judged day belongs to it.
  var isOpen = true

  init(_ days: [AnomalyDay], _ head: AnomalyHead, keep: Int) {
    direction = days[days.count - 1].direction
    raised = days[days.count - 1].day
    self.days = days
    self.head = head
    self.keep = keep
  }

  var onset: Day { days[0].day }
  var last: Day { days[days.count - 1].day }

  /// 0.5 at the line, towards 1 beyond it, in parts per million. Days that confirm each other count together,
  /// as the root of the sum of their squares.
  var score: Int {
    let squares = days.reduce(Int128(0)) { $0 + Int128($1.ratio) * Int128($1.ratio) }
    let ratio = CostScale.squareRoot(squares)
    return Int(ratio * 1_000_000 / (ratio + 1_000_000))
  }

  var actual: Int128 { days.reduce(0) { $0 + $1.actual } }
  var expected: Int128 { days.reduce(0) { $0 + $1.expected } }

  /// Whether both begin on one day or on two that follow each other.
  func begins(with other: AnomalyEvent) -> Bool { Swift.abs(onset.distance(to: other.onset)) <= 1 }

  /// This event on the days of others too, each as it was farthest out.
  func spanning(_ others: [AnomalyEvent]) -> AnomalyEvent {
    let days = Dictionary(
      (others.flatMap(\.days) + days).map { ($0.day, $0) },
      uniquingKeysWith: { $1.ratio > $0.ratio ? $1 : $0 })
    var result = self
    result.days = days.values.sorted { $0.day < $1.day }
    result.raised = others.map(\.raised).min().map { min($0, raised) } ?? raised
    return result
  }

  mutating func append(_ day: AnomalyDay) {
    days.append(day)
    isOpen = true
  }

  /// What a day of it differs by now, in millionths: the middle of the last three.
  var daily: Int128 {
    let last = days.suffix(3).map(\.difference).sorted()
    return last[last.count / 2]
  }

  /// Whether the last so many days still lead away: by a leak's slope, and by three times what they scatter
  /// around it.
  func isGrowing(last count: Int, _ settings: AnomalySettings) -> Bool {
    let last = days.suffix(count)
    guard last.count >= 5, let first = last.first else { return false }
    let slope = RobustStatistics.slope(last.map { (day: $0.day.number, value: $0.deviation) })
    let level = last.map { $0.deviation - slope * first.day.distance(to: $0.day) }
    let middle = RobustStatistics.median(level)
    let scatter = RobustStatistics.median(level.map { Swift.abs($0 - middle) })
    return slope * direction.sign >= settings.leakSlope
      && Swift.abs(slope) * (last.count - 1) >= 3 * scatter
  }
}

/// What an event is called, by all its days so far.
enum AnomalyShape: String {
  case spike, drop, levelUp = "level shift up", levelDown = "level shift down"
  case leakUp = "slow leak", leakDown = "slow decline", stopped, new

  init(_ event: AnomalyEvent, _ settings: AnomalySettings) {
    switch event.head {
    case .new: self = .new
    case .stopped: self = .stopped
    case .leak: self = event.direction == .up ? .leakUp : .leakDown
    case .day, .level:
      if Self.isStopped(event) {
        self = .stopped
      } else if event.isGrowing(last: event.days.count, settings) {
        self = event.direction == .up ? .leakUp : .leakDown
      } else if event.days.count >= Self.levelDays, event.isOpen || event.isAccepted {
        self = event.direction == .up ? .levelUp : .levelDown
      } else {
        self = event.direction == .up ? .spike : .drop
      }
    }
  }

  /// Days from which on a change that has not ended is a new level.
  private static let levelDays = 4

  /// The last two days or more hold less than a fiftieth of what was expected.
  private static func isStopped(_ event: AnomalyEvent) -> Bool {
    event.days.count >= 2 && event.direction == .down
      && event.days.suffix(2).allSatisfy { $0.expected > 0 && $0.actual * 50 <= $0.expected }
  }
}
