import BillingModel
import ByteStreaming
import Ingesting

extension ByteSource {
  /// Opens an export; what stands in the way is a fault of the file, under the name people know it by.
  init(export path: Path, name: Text) throws(ExportFault) {
    do throws(StreamError) {
      self = try ByteSource(path)
    } catch {
      throw ExportFault(code: Text(error.code), message: error.message(about: name.string))
    }
  }
}
