#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file for what does not fit in memory: it has no name, and is gone with its owner, however the
/// process ends.
package struct ScratchFile: ~Copyable, Sendable {
  private let descriptor: Int32
  private let path: Path
  private var end = 0

  /// In `TMPDIR`, or `/tmp` where that is not set.
  package init() throws(FileError) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let template = Path("\(folder)/counterfoil-XXXXXX")
    var name = template.terminated
    let descriptor = unsafe name.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
    guard descriptor >= 0 else { throw .last("mkstemp", template) }
    unsafe name.withUnsafeBufferPointer { _ = unsafe unlink($0.baseAddress!) }
    self.descriptor = descriptor
    path = template
  }

  deinit { close(descriptor) }

  /// Writes bytes at the end; returns where they begin.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) -> Int {
    let start = end
    var done = 0
    while done < bytes.count {
      let count = unsafe pwrite(
        descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(end))
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("write", path)
      }
      done += count
      end += count
    }
    return start
  }

  /// Fills `target` with the bytes from `offset` on.
  package borrowing func read(
    at offset: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    var done = 0
    while done < target.count {
      let count = unsafe pread(
        descriptor, target.baseAddress! + done, target.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      if count <= 0 { throw .last("read", path) }
      done += count
    }
  }
}
