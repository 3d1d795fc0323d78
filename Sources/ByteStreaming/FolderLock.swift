#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one lock of a data root, held as long as the value lives. The kernel frees it when the process
/// ends, however it ends.
package struct FolderLock: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Nil if another process holds it.
  package static func take(_ path: Path) throws(FileError) -> FolderLock? {
    let flags = O_RDWR | O_CREAT | O_CLOEXEC
    let descriptor = unsafe path.withCString { unsafe open($0, flags, 0o666) }
    guard descriptor >= 0 else { throw .last("open", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw FileError(call: "lock", path: path, code: code)
    }
    return FolderLock(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Gives the lock back before its value goes out of scope.
  package consuming func release() {}

  deinit { close(descriptor) }
}
