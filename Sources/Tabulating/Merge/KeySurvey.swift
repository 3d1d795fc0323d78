/// Which texts of a worker stand in keys, and which raw records.
struct KeySurvey: ~Copyable {
  private let used: Slab<Bool>
  /// Signature, record and reading of each distinct raw record, then what it was merged into.
  private var raws = Slab<UInt32>()
  private var numbers: [Raw: Int] = [:]
  private var last = (raw: Raw(signature: 0, record: 0, reading: -1), index: 0)

  private struct Raw: Hashable {
    var signature: UInt32
    var record: UInt32
    var reading: Int
  }

  /// - Parameter texts: how many the worker has.
  init(texts: Int) { used = Slab(repeating: false, count: texts) }

  func isUsed(_ number: Int) -> Bool { used[number] }

  mutating func note(_ key: UnsafePointer<UInt32>, _ parts: [KeyPart]) {
    var word = 0
    // By index: nothing counts references for each group.
    for at in parts.indices {
      let part = parts[at]
      switch part {
      case .text: unsafe used[Int(key[word])] = true
      case .derived: break
      case .raw(let reading): unsafe note(key[word], key[word + 1], reading)
      }
      word += part.width
    }
  }

  private mutating func note(_ signature: UInt32, _ record: UInt32, _ reading: Int) {
    let raw = Raw(signature: signature, record: record, reading: reading)
    if raw == last.raw { return }
    let index = numbers[raw] ?? rawCount
    if index == rawCount {
      numbers[raw] = index
      for word in [signature, record, UInt32(reading), 0] { raws.append(word) }
    }
    last = (raw, index)
  }

  var rawCount: Int { raws.count / 4 }

  func raw(_ index: Int) -> (signature: UInt32, record: UInt32, reading: Int) {
    (raws[4 * index], raws[4 * index + 1], Int(raws[4 * index + 2]))
  }

  func setRaw(_ index: Int, _ merged: UInt32) { raws[4 * index + 3] = merged }

  func mapRaws(_ body: (UInt32) -> UInt32) {
    for index in 0..<rawCount { raws[4 * index + 3] = body(raws[4 * index + 3]) }
  }

  mutating func merged(_ signature: UInt32, _ record: UInt32, _ reading: Int) -> UInt32 {
    let raw = Raw(signature: signature, record: record, reading: reading)
    if raw != last.raw, let index = numbers[raw] { last = (raw, index) }
    return raws[4 * last.index + 3]
  }
}
