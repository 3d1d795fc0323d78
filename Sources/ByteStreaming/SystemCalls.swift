#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Path {
  /// Calls `body` with the path as C wants it.
  func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
    unsafe terminated.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
  }
}

/// What an entry of a folder is; links are not followed.
package enum EntryKind: Sendable, Hashable { case file, folder, link, other }

extension Path {
  /// What lies here, or nil if nothing does.
  package func kind() throws(FileError) -> EntryKind? {
    var status = stat()
    guard unsafe withCString({ unsafe lstat($0, &status) }) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last("stat", self)
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }
}

/// What kind of failure a call's error code means for a command's exit code.
extension FileError {
  package enum Kind: Sendable, Hashable { case permission, cannotCreate, other }

  package var kind: Kind {
    switch code {
    case EACCES, EPERM: .permission
    case EROFS, ENOTDIR, EEXIST: .cannotCreate
    default: .other
    }
  }

  package var isNotFound: Bool { code == ENOENT }
}
