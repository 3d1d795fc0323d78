import ByteStreaming
import ExactNumbers

/// Why a row ends the reading of its file.
enum RowFault: Error {
  /// Of the row at hand, or of the one named.
  case overflow(record: Int?)
  case scratch(FileError)
}

extension TableFault {
  /// - Parameter record: The one at fault, where the fault does not say.
  init(_ fault: RowFault, record: Int) {
    switch fault {
    case .overflow(let at): self = .overflow(record: at ?? record)
    case .scratch(let error): self = .stream(.file(error))
    }
  }
}

extension RowFault {
  init(_ fault: WatchLogFault) {
    switch fault {
    case .overflow: self = .overflow(record: nil)
    case .scratch(let error): self = .scratch(error)
    }
  }
}

extension RowFault {
  static func catching(_ body: () throws(AmountOverflow) -> Void) throws(RowFault) {
    do throws(AmountOverflow) {
      try body()
    } catch {
      throw .overflow(record: nil)
    }
  }
}
