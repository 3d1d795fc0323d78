/// Memory of plain values that grows at its end: an array without reference counts, copies or checks.
///
/// Sendable, unchecked, since nothing else points to its memory. Where threads share one they must not
/// write what another reads: the compiler cannot see that each has rows, a worker or a partition to
/// itself, and these types are the only ones in the engine that ask for trust in it.
@safe struct Slab<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count: Int

  /// Empty, with room for `capacity`.
  init(capacity: Int = 16) {
    self.capacity = max(capacity, 16)
    unsafe base = .allocate(capacity: self.capacity)
    count = 0
  }

  init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    unsafe base.initialize(repeating: value, count: count)
    self.count = count
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return unsafe base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ value: Element) {
    if count == capacity { reserve(count + 1) }
    unsafe base[count] = value
    count += 1
  }

  mutating func append(_ bytes: UnsafeBufferPointer<Element>) {
    reserve(count + bytes.count)
    if let source = bytes.baseAddress, !bytes.isEmpty {
      unsafe (base + count).update(from: source, count: bytes.count)
    }
    count += bytes.count
  }

  /// Appends up to `number` values.
  mutating func grow(to number: Int, with value: Element) {
    guard number > count else { return }
    reserve(number)
    unsafe (base + count).initialize(repeating: value, count: number - count)
    count = number
  }

  /// Appends values that are yet to be written.
  @inline(__always)
  mutating func extend(by number: Int) -> UnsafeMutablePointer<Element> {
    reserve(count + number)
    let start = unsafe base + count
    count += number
    return unsafe start
  }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func reserve(_ number: Int) {
    if number > capacity { enlarge(to: number) }
  }

  @inline(never)
  private mutating func enlarge(to number: Int) {
    // Half as much again: memory per group is a promise.
    let larger = max(number, capacity + capacity / 2)
    let next = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe next.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = next
    capacity = larger
  }
}

/// A fixed number of values that cannot be copied; sendable as ``Slab`` is.
@safe struct Fixed<Element: ~Copyable & Sendable>: ~Copyable, @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Element>

  init(count: Int, _ make: (Int) -> Element) {
    self.count = count
    unsafe base = .allocate(capacity: max(count, 1))
    for index in 0..<count { unsafe (base + index).initialize(to: make(index)) }
  }

  deinit {
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }

  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      assert(index >= 0 && index < count)
      return unsafe UnsafePointer(base + index)
    }
    @inline(__always) nonmutating unsafeMutableAddress {
      assert(index >= 0 && index < count)
      return unsafe base + index
    }
  }
}
