#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are there whole or not at all.
package enum AtomicFile {
  /// Writes a temporary file beside the target, makes it durable, and renames it onto the target.
  ///
  /// A failed `fsync` is final: the data may be lost though a second call would succeed.
  ///
  /// - Parameter durably: False for what can be made again, and tells by itself whether it is whole.
  package static func write(
    _ bytes: [UInt8], to path: Path, durably: Bool = true
  ) throws(FileError) {
    try write(to: path, durably: durably) { descriptor throws(FileError) in
      try writeAll(bytes, to: descriptor, path)
    }
  }

  private static func write(
    to path: Path, durably: Bool = true, _ body: (Int32) throws(FileError) -> Void
  ) throws(FileError) {
    let temporary = path.folder.appending(bytes: Array(".writing-".utf8) + path.name)
    try Folder.remove(temporary)
    try create(temporary, durably: durably, body)
    guard
      unsafe temporary.withCString({ from in
        unsafe path.withCString { to in unsafe rename(from, to) }
      }) == 0
    else {
      let failure = FileError.last("rename", path)
      _ = unsafe temporary.withCString { unsafe unlink($0) }
      throw failure
    }
    if durably { try Folder.synchronize(path.folder) }
  }

  private static func create(
    _ path: Path, durably: Bool, _ body: (Int32) throws(FileError) -> Void
  ) throws(FileError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe path.withCString { unsafe open($0, flags, 0o666) }
    guard descriptor >= 0 else { throw .last("create", path) }
    var failure: FileError?
    do throws(FileError) {
      try body(descriptor)
      if durably, fsync(descriptor) != 0 { throw .last("fsync", path) }
    } catch {
      failure = error
    }
    if close(descriptor) != 0, failure == nil { failure = .last("close", path) }
    if let failure {
      _ = unsafe path.withCString { unsafe unlink($0) }
      throw failure
    }
  }

  /// Moves a file, across file systems if need be. Where the target is already there, its content must
  /// be known to be the same: it is kept, and the source goes.
  package static func move(_ source: Path, to target: Path) throws(FileError) {
    if try target.kind() != nil {
      try Folder.remove(source)
      return
    }
    try Folder.make(target.folder)
    let moved = unsafe source.withCString { from in
      unsafe target.withCString { to in unsafe rename(from, to) }
    }
    if moved == 0 {
      try Folder.synchronize(target.folder)
      return
    }
    guard errno == EXDEV else { throw .last("move", source) }
    try copy(source, to: target)
    try Folder.remove(source)
  }

  private static func copy(_ source: Path, to target: Path) throws(FileError) {
    let file = try InputFile(source)
    try write(to: target) { descriptor throws(FileError) in
      while case let chunk = try file.read(upTo: 1 << 20), !chunk.isEmpty {
        try writeAll(chunk, to: descriptor, target)
      }
    }
  }

  /// Gives a file a second name; across file systems it is copied. A second name that is there already
  /// stays.
  package static func addName(_ name: Path, for file: Path) throws(FileError) {
    if try name.kind() != nil { return }
    try Folder.make(name.folder)
    let linked = unsafe file.withCString { from in
      unsafe name.withCString { to in unsafe systemLink(from, to) }
    }
    if linked == 0 { return try Folder.synchronize(name.folder) }
    guard errno == EXDEV || errno == EPERM || errno == EMLINK || errno == ENOTSUP else {
      throw .last("link", file)
    }
    try copy(file, to: name)
  }

  /// Makes `link` point to `target`, replacing an older link in one step.
  package static func link(_ link: Path, to target: Path) throws(FileError) {
    let temporary = link.folder.appending(bytes: Array(".linking-".utf8) + link.name)
    try Folder.remove(temporary)
    guard
      unsafe target.withCString({ to in
        unsafe temporary.withCString { at in unsafe symlink(to, at) }
      }) == 0
    else { throw .last("link", link) }
    guard
      unsafe temporary.withCString({ from in
        unsafe link.withCString { to in unsafe rename(from, to) }
      }) == 0
    else { throw .last("rename", link) }
    try Folder.synchronize(link.folder)
  }

  /// Where a link points to; nil if there is no link.
  package static func target(of link: Path) -> Path? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      let length = unsafe link.withCString {
        unsafe readlink(
          $0, UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: CChar.self), 4096
        )
      }
      count = max(0, length)
    }
    return bytes.isEmpty ? nil : Path(bytes: bytes)
  }
}

/// Writes all bytes, through short writes and interrupts.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: Path) throws(FileError) {
  var failure: FileError?
  unsafe bytes.withUnsafeBytes { buffer in
    var offset = 0
    while offset < buffer.count {
      let count = unsafe write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      if count >= 0 {
        offset += count
      } else if errno != EINTR {
        failure = .last("write", path)
        return
      }
    }
  }
  if let failure { throw failure }
}

private func systemLink(_ source: UnsafePointer<CChar>, _ target: UnsafePointer<CChar>) -> Int32 {
  #if canImport(Darwin)
    unsafe Darwin.link(source, target)
  #else
    unsafe Glibc.link(source, target)
  #endif
}
