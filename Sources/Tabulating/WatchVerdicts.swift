/// The distinct tests of all watches, and what they said about the row at hand.
struct WatchVerdicts: Sendable {
  private(set) var tests: [RowTest] = []
  private var watches: [[Int]] = []
  /// 0 not made yet, 1 holds, 2 fails.
  private var states: [UInt8] = []

  init(_ watches: [Watch]) {
    var numbers: [RowTest: Int] = [:]
    for watch in watches {
      var indices: [Int] = []
      for test in watch.rows {
        let number = numbers[test] ?? tests.count
        if number == tests.count { tests.append(test) }
        numbers[test] = number
        indices.append(number)
      }
      self.watches.append(indices)
    }
    states = Array(repeating: 0, count: tests.count)
  }

  func tests(of watch: Int) -> [Int] { watches[watch] }

  mutating func reset() {
    for index in states.indices { states[index] = 0 }
  }

  subscript(test: Int) -> Bool? {
    get { states[test] == 0 ? nil : states[test] == 1 }
    set { states[test] = newValue.map { $0 ? 1 : 2 } ?? 0 }
  }
}
