import ByteStreaming
import Dispatch
import Foundation
import Synchronization

/// Reads `source` on a thread of its own and gives `body` its far end: bytes are inflated while those
/// before are parsed. Worth its copying only where there are fewer files than processors.
///
/// Returns when both are done: no thread is left behind, however `body` ends.
func withPipelined<Value, Failure: Error>(
  _ source: consuming sending ByteSource, pieceSize: Int = ByteRing.pieceSize,
  _ body: (inout ByteSource) throws(Failure) -> Value
) throws(Failure) -> Value {
  let ring = ByteRing(kind: source.kind, pieceSize: pieceSize) { Gate() }
  let near = SourceCarrier(source)
  let ended = Gate()
  // A thread, not a queue: it waits where the far end is slow, and a queue's threads must not.
  Thread {
    near.source.withLock { ring.fill(from: &$0) }
    ended.admit()
  }.start()
  defer {
    ring.abandon()
    ended.pass()
  }
  var far = ByteSource(ring)
  return try body(&far)
}

/// Takes a source over to another thread.
private final class SourceCarrier: Sendable {
  let source: Mutex<ByteSource>

  init(_ source: consuming sending ByteSource) { self.source = Mutex(source) }
}

/// A counting semaphore. It begins at 0, since one that is let go of below where it began is a trap.
private final class Gate: Turnstile {
  private let semaphore = DispatchSemaphore(value: 0)

  func admit() { semaphore.signal() }
  func pass() { semaphore.wait() }
}
