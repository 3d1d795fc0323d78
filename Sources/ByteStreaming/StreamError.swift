/// What holds compressed data.
package enum Packing: String, Hashable, Sendable {
  case gzip = "gzip data"
  case zip = "ZIP archive"

  fileprivate var word: String {
    switch self {
    case .gzip: "Gzip"
    case .zip: "Zip"
    }
  }
}

/// Why the bytes of a file cannot be used.
package enum StreamError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of file that is not read; the text names the way out.
  case refused(ContentKind)
  /// A ZIP archive that is sound as far as can be told, but not of the one kind that is read.
  case archive(ZipRefusal)
  /// Packed data that ends too early.
  case truncated(Packing)
  /// Packed data with a wrong checksum, length or structure. The words are the same whoever inflates.
  case damaged(Packing, String)
  /// Bytes after the packed data that are neither zeros nor a part of it.
  case trailingBytes(Packing, Int)
  /// A packed file inside a packed file.
  case nested(Packing, in: Packing)
  /// More output than a bill compresses to.
  case bomb(Packing, limit: Int)
  /// More bytes than are taken into memory at once.
  case tooLarge(limit: Int)
  case file(FileError)

  package var description: String {
    switch self {
    case .refused(let kind): kind.refusal ?? "\(kind.rawValue) is not read here"
    case .archive(let refusal): refusal.description
    case .truncated(let packing): "the \(packing.rawValue) is cut short: deliver the file again"
    case .damaged(let packing, let what):
      "the \(packing.rawValue) is damaged (\(what)): deliver the file again"
    case .trailingBytes(.gzip, let count):
      "\(count) bytes that are no gzip member follow the gzip data: deliver the file again"
    case .trailingBytes(.zip, let count):
      "\(count) bytes follow the end of the ZIP archive: deliver the file again"
    case .nested(.gzip, in: .gzip): "gzip inside gzip: unpack it once"
    case .nested(let inner, let outer):
      "\(inner.rawValue) inside a \(outer.rawValue): unpack it once"
    case .bomb(let packing, let limit):
      "the \(packing.rawValue) grows more than \(limit) times: not a bill"
    case .tooLarge(let limit): "more than \(limit) bytes: too large to be read at once"
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
    case .refused(.parquet): "ParquetFile"
    case .refused(.pdf): "PDFFile"
    case .refused(.signed): "SignedFile"
    case .refused(.edifact): "EDIFACTFile"
    case .refused(.sevenZip), .refused(.rar), .refused(.tar): "UnreadableArchive"
    case .refused: "UnknownContent"
    case .archive(.fixedLayout): "OFDFile"
    case .archive: "ZipArchive"
    case .truncated(let packing): "Truncated\(packing.word)"
    case .damaged(let packing, _): "Damaged\(packing.word)"
    case .trailingBytes: "TrailingBytes"
    case .nested(let inner, _): "Nested\(inner.word)"
    case .bomb(let packing, _): "\(packing.word)Bomb"
    case .tooLarge: "TooLarge"
    case .file: "UnreadableFile"
    }
  }
}
