import BillingModel
import ByteStreaming
import Ingesting

extension ByteSource {
  /// Opens an export; what stands in the way is a fault of the file, under the name people know it by.
  init(export path: Path, name: Text) throws(ExportFault) {
    do throws(StreamError) {
      self = try ByteSource(path)
    } catch {
      var failure: FileError?
      if case .file(let error) = error, !error.isNotFound { failure = error }
      throw ExportFault(
        code: Text(error.code), message: error.message(about: name.string), failure: failure)
    }
  }
}

extension WorkerPool {
  /// Opens one of `count` exports for `body`. With fewer files than processors its bytes are inflated on a
  /// thread of their own.
  func withExport<Value>(
    _ path: Path, _ name: Text, among count: Int,
    _ body: (inout ByteSource) throws(ExportFault) -> Value
  ) throws(ExportFault) -> Value {
    var source = try ByteSource(export: path, name: name)
    if count < self.count { return try withPipelined(source, body) }
    return try body(&source)
  }
}
