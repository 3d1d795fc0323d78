/// The tests of all watches made ready for a loop over rows: each distinct test once, and what a text
/// test said about a text remembered.
@safe struct WatchPlan: ~Copyable {
  enum Operation: UInt8, BitwiseCopyable {
    /// A test on one text, asked once for each distinct text.
    case text
    case present, absent, negative, positive, nonZero, zero
    case exceeds, product, differs, before, notBefore, reads, less, same, step
    case any
  }

  struct Test: BitwiseCopyable {
    var operation: Operation
    /// Slots; of `any` the range of its tests in ``parts``; of `reads` slot, derivation and number; of `less`
    /// and `same` slot and derivation, twice.
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
    var d: Int32 = 0
  }

  private(set) var originals: [RowTest] = []
  let tests: Slab<Test>
  /// The tests that an `anyOf` is made of.
  let parts: Slab<Int32>
  /// Tests of watch w are `steps[starts[w]..<starts[w + 1]]`.
  let steps: Slab<Int32>
  let starts: Slab<Int32>
  /// The slot that most watches test the text of; -1 where none does. Its tests are no steps: what they
  /// say together is remembered for each text.
  let gateSlot: Int
  /// Watch and test of each, in turn.
  let gateTests: Slab<Int32>
  /// For each text of the slot, the watches that it lets through; 0 where it was not met.
  private var gates = Slab<UInt64>()
  /// Watches beyond cannot be told apart in a word.
  static let gatedWatches = 63

  /// By watch, where it balances anything.
  let balances: [CompiledBalance?]

  /// What a text test said of text number n: 0 not asked, 1 holds, 2 fails.
  private var memos: Fixed<Slab<UInt8>>
  /// What each test said about the row at hand: twice its mark, plus one where it holds.
  let verdicts: Slab<UInt64>

  init(_ watches: [Watch], zeroed: [RowTest]) {
    var builder = Builder()
    var steps = Slab<Int32>()
    var starts = Slab<Int32>(repeating: 0, count: 1)
    let gateSlot = Self.gateSlot(watches)
    var gateTests = Slab<Int32>()
    for (index, watch) in watches.enumerated() {
      for test in watch.rows {
        let number = builder.number(test)
        if index < Self.gatedWatches, let gateSlot, test.textSlot == gateSlot {
          gateTests.append(Int32(index))
          gateTests.append(number)
        } else {
          steps.append(number)
        }
      }
      starts.append(Int32(steps.count))
    }
    self.gateSlot = gateSlot ?? -1
    self.gateTests = gateTests
    // Behind the watches, as one more: what makes a row count as zero.
    for test in zeroed { steps.append(builder.number(test)) }
    starts.append(Int32(steps.count))
    balances = watches.map { watch in watch.balance.map { builder.compiled($0) } }
    originals = builder.originals
    var tests = Slab<Test>()
    for test in builder.tests { tests.append(test) }
    var parts = Slab<Int32>()
    for part in builder.parts { parts.append(part) }
    self.tests = tests
    self.parts = parts
    self.steps = steps
    self.starts = starts
    memos = Fixed(count: originals.count) { _ in Slab() }
    verdicts = Slab(repeating: 0, count: originals.count)
  }

  private static func gateSlot(_ watches: [Watch]) -> Int? {
    var counts: [Int: Int] = [:]
    for slot in watches.flatMap(\.rows).compactMap(\.textSlot) { counts[slot, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The watches that a text lets through, a bit each; nil where it was not met yet.
  @inline(__always)
  func gate(_ text: UInt32) -> UInt64? {
    guard Int(text) < gates.count, gates[Int(text)] != 0 else { return nil }
    return gates[Int(text)]
  }

  mutating func setGate(_ text: UInt32, _ watches: UInt64) {
    gates.grow(to: Int(text) + 1, with: 0)
    // The bit that stands for no watch says that the text was met.
    gates[Int(text)] = watches | 1 << UInt64(Self.gatedWatches)
  }

  /// The verdict on a text: nil where it was not asked yet.
  @inline(__always)
  mutating func verdict(_ test: Int, onText number: UInt32) -> Bool? {
    if Int(number) >= memos[test].count { memos[test].grow(to: Int(number) + 64, with: 0) }
    let state = memos[test][Int(number)]
    return state == 0 ? nil : state == 1
  }

  mutating func note(_ test: Int, onText number: UInt32, holds: Bool) {
    memos[test][Int(number)] = holds ? 1 : 2
  }

  /// No verdict is of the row at hand any more.
  func forgetRow() {
    for test in 0..<verdicts.count { verdicts[test] = 0 }
  }

  fileprivate struct Builder {
    var originals: [RowTest] = []
    var tests: [Test] = []
    var parts: [Int32] = []
    private var numbers: [RowTest: Int32] = [:]

    mutating func number(_ test: RowTest) -> Int32 {
      if let known = numbers[test] { return known }
      let compiled = compile(test)
      let number = Int32(tests.count)
      tests.append(compiled)
      originals.append(test)
      numbers[test] = number
      return number
    }

    mutating func compiled(_ balance: WatchBalance) -> CompiledBalance {
      let sides = [(balance.parts, false), (balance.wholes, true)]
      var terms: [CompiledBalance.Term] = []
      for (side, isWhole) in sides {
        for term in side {
          let tests = term.rows.map { Int(number($0)) }
          terms.append(
            CompiledBalance.Term(
              slot: term.slot, tests: tests, isWhole: isWhole, mayBeAbsent: term.mayBeAbsent))
        }
      }
      return CompiledBalance(terms: terms, isClosed: Int(number(balance.isClosed)))
    }

    private mutating func compile(_ test: RowTest) -> Test {
      func slots(
        _ operation: Operation, _ a: Int, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0
      ) -> Test {
        Test(operation: operation, a: Int32(a), b: Int32(b), c: Int32(c), d: Int32(d))
      }
      switch test {
      case .isOneOf(let slot, _), .isNoneOf(let slot, _), .containsOneOf(let slot, _),
        .containsNoneOf(let slot, _), .containsNoWordsOf(let slot, _):
        return slots(.text, slot)
      case .isPresent(let slot): return slots(.present, slot)
      case .isAbsent(let slot): return slots(.absent, slot)
      case .isNegative(let slot): return slots(.negative, slot)
      case .isPositive(let slot): return slots(.positive, slot)
      case .isNonZero(let slot): return slots(.nonZero, slot)
      case .isZero(let slot): return slots(.zero, slot)
      case .exceeds(let a, let b, _): return slots(.exceeds, a, b)
      case .differsFromProduct(let value, let rate, let quantity, _, _):
        return slots(.product, value, rate, quantity)
      case .differs(let a, let b): return slots(.differs, a, b)
      case .isBefore(let a, let b): return slots(.before, a, b)
      case .isNotBefore(let a, let b): return slots(.notBefore, a, b)
      case .reads(let reading, let number):
        return slots(.reads, reading.slot, reading.derivation, number)
      case .isLess(let a, let b):
        return slots(.less, a.slot, a.derivation, b.slot, b.derivation)
      case .isSame(let a, let b):
        return slots(.same, a.slot, a.derivation, b.slot, b.derivation)
      case .isOtherStep(let a, let b, let c, _): return slots(.step, a, b, c)
      case .anyOf(let tests):
        let numbers = tests.map { number($0) }
        parts += numbers
        return slots(.any, parts.count - numbers.count, parts.count)
      }
    }
  }
}

extension RowTest {
  /// The slot of a test on one text.
  var textSlot: Int? {
    switch self {
    case .isOneOf(let slot, _), .isNoneOf(let slot, _), .containsOneOf(let slot, _),
      .containsNoneOf(let slot, _), .containsNoWordsOf(let slot, _):
      slot
    default: nil
    }
  }
}
