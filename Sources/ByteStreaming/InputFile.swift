#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A system call that failed.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let call: String
  package let path: Path
  package let code: Int32

  package init(call: String, path: Path, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  static func last(_ call: String, _ path: Path) -> FileError {
    FileError(call: call, path: path, code: errno)
  }

  package var description: String {
    "\(call) \(path): \(unsafe String(cString: strerror(code)))"
  }
}

/// What identifies the bytes of a file while it lies still.
package struct FileStatus: Hashable, Sendable {
  package var size: Int
  package var modifiedNanoseconds: Int
  package var inode: UInt64
  package var device: UInt64

  package init(size: Int, modifiedNanoseconds: Int, inode: UInt64, device: UInt64) {
    self.size = size
    self.modifiedNanoseconds = modifiedNanoseconds
    self.inode = inode
    self.device = device
  }
}

/// A regular file, open for reading. Links, pipes, sockets and devices are refused: an inbox must
/// never hang a run or lead it elsewhere.
package struct InputFile: ~Copyable {
  package let path: Path
  private let descriptor: Int32

  package init(_ path: Path) throws(FileError) {
    self.path = path
    self.descriptor = try Self.openRegular(path)
  }

  private static func openRegular(_ path: Path) throws(FileError) -> Int32 {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let descriptor = unsafe path.terminated.withUnsafeBufferPointer {
      unsafe open($0.baseAddress!, flags)
    }
    guard descriptor >= 0 else { throw .last("open", path) }
    var status = stat()
    let code = unsafe fstat(descriptor, &status) == 0 ? 0 : errno
    guard code == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw FileError(call: "open", path: path, code: code == 0 ? isFolder ? EISDIR : EINVAL : code)
    }
    return descriptor
  }

  deinit { close(descriptor) }

  package func status() throws(FileError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last("stat", path) }
    #if canImport(Darwin)
      let modified = status.st_mtimespec
    #else
      let modified = status.st_mtim
    #endif
    return FileStatus(
      size: Int(status.st_size),
      modifiedNanoseconds: Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec),
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
  }

  /// Reads at least one byte unless the end is reached (0).
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      #if canImport(Darwin)
        let count = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else { throw .last("read", path) }
    }
  }

  /// Reads up to `limit` bytes; empty at the end of the file.
  package func read(upTo limit: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      do throws(FileError) {
        count = unsafe try read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
