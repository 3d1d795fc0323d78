import ByteStreaming

/// Why a command stops. A finding, a rejected row or a quarantined file never stops a run.
package enum Stop: Error, Sendable, Hashable, CustomStringConvertible {
  /// A mistake in a definition, with its place.
  case definition(DefinitionFault)
  /// An argument that cannot be meant.
  case usage(String)
  /// An input that the command cannot do without, and cannot use.
  case refused(String)
  /// Something that the command needs is not there.
  case missing(String)
  /// Another run is at work.
  case lockHeld(String)
  case permission(String)
  /// An output cannot be made.
  case cannotCreate(String)
  /// Reading or writing failed, or the disk is full.
  case inputOutput(String)
  /// The ledger is damaged, newer than the program, or refused a write.
  case ledger(String)
  /// The control totals do not balance: a fault in this program. Nothing was published.
  case outOfBalance(String)
  /// A sum left 20 integer digits.
  case overflow(String)

  package var description: String {
    switch self {
    case .definition(let fault): fault.description
    case .usage(let message), .refused(let message), .missing(let message), .lockHeld(let message),
      .permission(let message), .cannotCreate(let message), .inputOutput(let message),
      .ledger(let message):
      message
    case .outOfBalance(let message): "the run does not balance: \(message). Nothing was published"
    case .overflow(let place): "\(place): a sum exceeds 20 integer digits"
    }
  }
}
