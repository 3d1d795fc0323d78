/// Why the bytes of a file cannot be used.
package enum StreamError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of file that is not read; the text names the way out.
  case refused(ContentKind)
  /// Gzip data that ends before its member does.
  case truncated
  /// Gzip data with a wrong checksum, length or structure.
  case damaged(String)
  /// Bytes after the last gzip member that are neither zeros nor another member.
  case trailingBytes(Int)
  /// A gzip file inside a gzip file.
  case nestedGzip
  /// More output than a bill compresses to.
  case bomb(limit: Int)
  case file(FileError)

  package var description: String {
    switch self {
    case .refused(let kind): kind.refusal ?? "\(kind.rawValue) is not read here"
    case .truncated: "the gzip data is cut short: deliver the file again"
    case .damaged(let what): "the gzip data is damaged (\(what)): deliver the file again"
    case .trailingBytes(let count):
      "\(count) bytes that are no gzip member follow the gzip data: deliver the file again"
    case .nestedGzip: "gzip inside gzip: unpack it once"
    case .bomb(let limit): "the gzip data grows more than \(limit) times: not a bill"
    case .file(let error): error.description
    }
  }

  /// The description with the file's name, which that of a failed system call has already.
  package func message(about file: String) -> String {
    if case .file = self { return description }
    return "\(file): \(description)"
  }

  /// A stable word for the reason of a quarantine.
  package var code: String {
    switch self {
    case .refused(.empty): "EmptyFile"
    case .refused(.zip): "ZipArchive"
    case .refused(.parquet): "ParquetFile"
    case .refused: "UnknownContent"
    case .truncated: "TruncatedGzip"
    case .damaged: "DamagedGzip"
    case .trailingBytes: "TrailingBytes"
    case .nestedGzip: "NestedGzip"
    case .bomb: "GzipBomb"
    case .file: "UnreadableFile"
    }
  }
}
