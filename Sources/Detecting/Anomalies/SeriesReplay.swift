import BillingModel

/// Walks through all series of a payer in one currency day by day and judges each day by those before it,
/// never by later ones. They walk together, since on an uncommon day the crowd tells what such a day is like.
struct SeriesReplay {
  private let settings: AnomalySettings
  let natures: DayNatures
  private let start: Int
  private let end: Int
  private let incompleteFrom: Int?
  private let isPart: Bool
  private(set) var tracks: [SeriesTrack]
  /// On uncommon days: between which residuals most series lay.
  private(set) var crowds: [Int: ClosedRange<Int>] = [:]
  /// Days on which half of the series that were alive a week before have rows.
  private var covered: Set<Int> = []

  /// What a replay is about.
  struct Frame {
    var period: BillingPeriod
    /// From this day on drops are not judged.
    var incompleteFrom: Day?
    var calendar: EventCalendar
    /// Where single usage types are judged: what was seen of the series that they are parts of.
    var whole: (crowds: [Int: ClosedRange<Int>], covered: Set<Int>)?
  }

  /// What the parts of these series need to know.
  var crowdAndCover: (crowds: [Int: ClosedRange<Int>], covered: Set<Int>) { (crowds, covered) }

  init(_ series: [MicroSeries], _ frame: Frame, leastMoney: Int128, settings: AnomalySettings) {
    self.settings = settings
    isPart = frame.whole != nil
    end = frame.period.end.number
    // The days before the period are judged too, to know what was masked when it begins.
    start = frame.period.previous.firstDay.number
    incompleteFrom = frame.incompleteFrom?.number
    natures = DayNatures(
      start - 200..<end, frame.calendar, settings)
    tracks = series.map { SeriesTrack($0, before: frame.period.end.number, leastMoney: leastMoney) }
    if let whole = frame.whole { (crowds, covered) = whole } else { coverDays() }
    let origin = tracks.map(\.first).min() ?? start
    for index in tracks.indices {
      tracks[index].known = tracks[index].raw.prefix(max(0, start - tracks[index].first))
        .count { $0 != SeriesTrack.none }
    }
    for day in start..<end { judge(day, origin) }
  }

  private mutating func coverDays() {
    for day in start..<end {
      let alive = tracks.filter { $0.hasRows(day - 7) }
      let present = alive.count { $0.hasRows(day) }
      if present > 0, present * 2 >= alive.count { covered.insert(day) }
    }
  }

  private mutating func judge(_ day: Int, _ origin: Int) {
    let isOrdinary = natures[day].isOrdinary
    let outlooks = tracks.map { track in
      track.hasRows(day) ? track.outlook(day, natures, settings) : nil
    }
    if !isOrdinary, !isPart {
      let residuals = outlooks.compactMap { $0?.residual }
      if residuals.count >= settings.leastCrowd {
        let low = RobustStatistics.quantile(residuals, perMille: 80)
        crowds[day] = low...max(low, RobustStatistics.quantile(residuals, perMille: 920))
      }
    }
    for index in tracks.indices {
      var judging = DayJudging(
        day: day, settings: settings, natures: natures, crowd: crowds[day],
        isIncomplete: incompleteFrom.map { day >= $0 } ?? false,
        isCovered: covered.contains(day), origin: origin, isPart: isPart)
      judging.judge(&tracks[index], outlooks[index])
      if tracks[index].hasRows(day) { tracks[index].known += 1 }
    }
  }
}
