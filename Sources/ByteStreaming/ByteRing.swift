import Synchronization

/// Lets one caller pass for each time it was told to admit one; others wait. The floor that knows threads
/// brings it.
package protocol Turnstile: Sendable {
  func admit()
  func pass()
}

/// Hands plain bytes from a thread that inflates to one that reads them, in a few large pieces that go
/// round.
///
/// One thread calls `fill(from:)`; the other makes a `ByteSource` of the ring. Bytes, remarks, the end or
/// an error arrive there in the order in which they came up.
package final class ByteRing: Sendable {
  /// 4 × 1 MB: 256 KB to 4 MB differ little, and the pieces of both ends stay near the cores.
  package static let pieceSize = 1 << 20
  package static let pieceCount = 4

  /// What goes round.
  enum Message: Sendable {
    case piece([UInt8], count: Int)
    case end
    case failure(StreamError)
  }

  struct Delivery: Sendable {
    var message: Message
    var plainKind: ContentKind
    var notes: [String]
  }

  private struct State {
    var empty: [[UInt8]]
    /// The first is the oldest.
    var full: [Delivery] = []
    var isAbandoned = false
  }

  /// What the file itself is.
  package let kind: ContentKind
  private let state: Mutex<State>
  private let room: any Turnstile
  private let arrivals: any Turnstile

  /// - Parameters:
  ///   - kind: That of the source the ring will be filled from.
  ///   - makeTurnstile: Makes one through which nobody may pass yet.
  package init(
    kind: ContentKind, pieceSize: Int = ByteRing.pieceSize, makeTurnstile: () -> any Turnstile
  ) {
    self.kind = kind
    state = Mutex(
      State(
        empty: (0..<Self.pieceCount).map { _ in [UInt8](repeating: 0, count: pieceSize) }))
    room = makeTurnstile()
    arrivals = makeTurnstile()
    for _ in 0..<Self.pieceCount { room.admit() }
  }

  // MARK: The end that inflates

  /// Reads `source` to its end, an error, or until nobody wants more. Waits where the ring is full.
  package func fill(from source: inout ByteSource) {
    while true {
      room.pass()
      guard var piece = takeEmpty() else { return }
      var count = 0
      var last: Message?
      do throws(StreamError) {
        while count < piece.count, last == nil {
          let more = try Self.read(&source, into: &piece, from: count)
          count += more
          if more == 0 { last = .end }
        }
      } catch {
        last = .failure(error)
      }
      if count > 0 { put(.piece(piece, count: count), source.plainKind, source.notes) }
      if let last { return put(last, source.plainKind, source.notes) }
    }
  }

  private static func read(
    _ source: inout ByteSource, into piece: inout [UInt8], from start: Int
  ) throws(StreamError) -> Int {
    // A result, since the standard library's closure would forget the type of the error.
    let result = unsafe piece.withUnsafeMutableBytes { bytes -> Result<Int, StreamError> in
      do throws(StreamError) {
        return .success(
          unsafe try source.fill(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...])))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func takeEmpty() -> [UInt8]? {
    state.withLock { $0.isAbandoned ? nil : $0.empty.popLast() }
  }

  private func put(_ message: Message, _ plainKind: ContentKind, _ notes: [String]) {
    state.withLock {
      $0.full.append(Delivery(message: message, plainKind: plainKind, notes: notes))
    }
    arrivals.admit()
  }

  // MARK: The end that reads

  /// The next message; waits for it.
  func take() -> Delivery {
    arrivals.pass()
    return state.withLock { $0.full.removeFirst() }
  }

  func giveBack(_ piece: [UInt8]) {
    state.withLock { $0.empty.append(piece) }
    room.admit()
  }

  /// Nobody wants more: the other end stops at its next piece.
  package func abandon() {
    state.withLock { $0.isAbandoned = true }
    room.admit()
  }
}

/// Reads a ring from its far end.
struct RingReader: ~Copyable {
  private let ring: ByteRing
  private var piece: [UInt8] = []
  private var offset = 0
  private var count = 0
  private var ending: ByteRing.Message?

  init(_ ring: ByteRing) { self.ring = ring }

  deinit { ring.abandon() }

  /// Puts bytes into `buffer` and returns how many, 0 at the end; says what came up with them.
  mutating func take(
    into buffer: UnsafeMutableRawBufferPointer, _ plainKind: inout ContentKind,
    _ notes: inout [String]
  ) throws(StreamError) -> Int {
    if offset == count {
      if ending == nil {
        let delivery = ring.take()
        plainKind = delivery.plainKind
        notes = delivery.notes
        receive(delivery.message)
      }
      switch ending {
      case .failure(let error): throw error
      case .end: return 0
      default: break
      }
    }
    let amount = min(buffer.count, count - offset)
    unsafe piece.withUnsafeBytes { bytes in
      unsafe buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + amount]))
    }
    offset += amount
    if offset == count {
      // At once, so that the other end need not wait for the next call.
      var used: [UInt8] = []
      swap(&used, &piece)
      ring.giveBack(used)
    }
    return amount
  }

  private mutating func receive(_ message: ByteRing.Message) {
    switch message {
    case .piece(let bytes, let size): (piece, offset, count) = (bytes, 0, size)
    default: ending = message
    }
  }
}
