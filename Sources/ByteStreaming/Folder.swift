#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders, by raw names: a name need not be UTF-8.
package enum Folder {
  package struct Entry: Sendable, Hashable {
    package let path: Path
    /// Below the folder that was listed.
    package let relative: Path
    package let kind: EntryKind
  }

  /// How deep a listing goes.
  package static let deepest = 32

  /// Everything below a folder that is not itself a folder, sorted by bytes. Links are listed, never
  /// followed. A folder that is not there is empty. A folder in it that may not be read, or that lies too
  /// deep, stands in the list itself: it must not hide what lies beside it.
  package static func listing(_ root: Path) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    var waiting: [(path: Path, relative: Path, depth: Int)] = [(root, Path(bytes: []), 0)]
    while let folder = waiting.popLast() {
      guard let names = try names(in: folder) else {
        entries.append(Entry(path: folder.path, relative: folder.relative, kind: .folder))
        continue
      }
      for name in names {
        let path = folder.path.appending(bytes: name)
        let relative = folder.relative.appending(bytes: name)
        guard let kind = listedKind(of: path) else { continue }
        if kind == .folder {
          waiting.append((path, relative, folder.depth + 1))
        } else {
          entries.append(Entry(path: path, relative: relative, kind: kind))
        }
      }
    }
    return entries.sorted { $0.relative < $1.relative }
  }

  /// A file where it cannot be told: opening it says why.
  private static func listedKind(of path: Path) -> EntryKind? {
    do throws(FileError) {
      return try path.kind()
    } catch {
      return .file
    }
  }

  /// Nil for a folder in the listed one that cannot be looked into.
  private static func names(
    in folder: (path: Path, relative: Path, depth: Int)
  ) throws(FileError) -> [[UInt8]]? {
    guard folder.depth > 0 else { return try names(in: folder.path) }
    guard folder.depth <= deepest else { return nil }
    do throws(FileError) {
      return try names(in: folder.path)
    } catch {
      return nil
    }
  }

  /// The names in one folder, without `.` and `..`; empty if it is not there.
  package static func names(in folder: Path) throws(FileError) -> [[UInt8]] {
    guard let stream = unsafe folder.withCString({ unsafe opendir($0) }) else {
      if errno == ENOENT { return [] }
      throw .last("list", folder)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe [UInt8](bytes.prefix { $0 != 0 })
      }
      if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .last("list", folder) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Makes a folder and those on the way to it, each durable in its parent.
  package static func make(_ path: Path) throws(FileError) {
    if path.bytes.isEmpty || path == "." || path == "/" { return }
    if unsafe path.withCString({ unsafe mkdir($0, 0o777) }) == 0 {
      try synchronize(path.folder)
      return
    }
    switch errno {
    case EEXIST:
      let kind = try path.kind()
      guard kind == .folder || kind == .link else {
        throw FileError(call: "make folder", path: path, code: ENOTDIR)
      }
    case ENOENT:
      try make(path.folder)
      guard unsafe path.withCString({ unsafe mkdir($0, 0o777) }) == 0 || errno == EEXIST else {
        throw .last("make folder", path)
      }
      try synchronize(path.folder)
    default: throw .last("make folder", path)
    }
  }

  /// Makes a folder that only its owner may look into.
  package static func makePrivate(_ path: Path) throws(FileError) {
    try make(path)
    guard unsafe path.withCString({ unsafe chmod($0, 0o700) }) == 0 else {
      throw .last("protect", path)
    }
  }

  /// Writes a folder's entries to the disk: a rename is durable only after this.
  package static func synchronize(_ folder: Path) throws(FileError) {
    let descriptor = unsafe folder.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .last("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync", folder) }
  }

  /// Gives a folder its final name, durably; what was written into it must be durable already.
  package static func rename(_ source: Path, to target: Path) throws(FileError) {
    try synchronize(source)
    guard
      unsafe source.withCString({ from in
        unsafe target.withCString { to in unsafe systemRename(from, to) }
      }) == 0
    else { throw .last("rename", source) }
    try synchronize(target.folder)
  }

  /// Removes a file, a link, or a folder with all that is in it; nothing there is no error.
  package static func remove(_ path: Path) throws(FileError) {
    guard let kind = try path.kind() else { return }
    if kind == .folder {
      for name in try names(in: path) { try remove(path.appending(bytes: name)) }
      guard unsafe path.withCString({ unsafe rmdir($0) }) == 0 else { throw .last("remove", path) }
    } else {
      guard unsafe path.withCString({ unsafe unlink($0) }) == 0 else { throw .last("remove", path) }
    }
  }

  /// Removes empty folders from `path` upwards, up to but without `root`.
  package static func prune(_ path: Path, upTo root: Path) {
    var folder = path
    while folder.bytes.count > root.bytes.count {
      guard unsafe folder.withCString({ unsafe rmdir($0) }) == 0 else { return }
      folder = folder.folder
    }
  }
}

private func systemRename(_ source: UnsafePointer<CChar>, _ target: UnsafePointer<CChar>) -> Int32 {
  #if canImport(Darwin)
    unsafe Darwin.rename(source, target)
  #else
    unsafe Glibc.rename(source, target)
  #endif
}
