import Synchronization

/// Deals out 0, 1, 2 … to whoever asks first.
final class SharedCounter: Sendable {
  private let value = Atomic<Int>(0)

  func take() -> Int { value.add(1, ordering: .relaxed).oldValue }
}

/// One slot for each worker's result.
final class ResultSlots<Value: Sendable>: Sendable {
  private let slots: Mutex<[Value?]>

  init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func put(_ value: Value, at index: Int) { slots.withLock { $0[index] = value } }

  /// All values, in the order of the slots.
  func taken() -> [Value] { slots.withLock { $0.compactMap { $0 } } }
}
