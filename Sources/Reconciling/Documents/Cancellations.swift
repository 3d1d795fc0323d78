import BillingModel
import ExactNumbers

/// A document that its seller took back, and what says so.
struct TakenBack: Sendable {
  let document: BilledDocument
  /// The same cancellation may have been sent more than once.
  let cancellations: [Invoice]
}

/// Takes away the documents that cancellations take back, before it is decided which documents
/// count.
///
/// A cancellation names a number, and may name the transport of the very document: a corrected
/// invoice of the same number often comes with it, and stays. Where no such transport is there, it
/// means the newest document of that number, issuer and dialect that was issued and received not
/// later. Each cancellation takes back one document, with the copies of its transport.
struct Cancellations {
  private(set) var kept: [Invoice]
  private(set) var takenBack: [TakenBack] = []
  /// Cancellations that meet no document, with their repeats.
  private(set) var unmet: [[Invoice]] = []

  /// - Parameter contents: documents and cancellations, each content once.
  init(_ contents: [Invoice]) {
    kept = contents.filter { $0.kind != .cancellation }
    for same in Self.cancellations(among: contents) { apply(same) }
  }

  /// Oldest first, those of one transport together.
  private static func cancellations(among contents: [Invoice]) -> [[Invoice]] {
    let sorted = contents.filter { $0.kind == .cancellation }.sorted { $1.isNewer(than: $0) }
    var groups: [[Invoice]] = []
    for cancellation in sorted {
      if let known = groups.firstIndex(where: { $0[0].isOfSameTransport(as: cancellation) }) {
        groups[known].append(cancellation)
      } else {
        groups.append([cancellation])
      }
    }
    return groups
  }

  private mutating func apply(_ cancellations: [Invoice]) {
    guard let target = target(of: cancellations[0]) else {
      unmet.append(cancellations)
      return
    }
    var document = BilledDocument(target)
    document.copies = kept.filter { $0.place != target.place && $0.isTransportCopy(of: target) }
    let gone = Set([target.place] + document.copies.map(\.place))
    kept.removeAll { gone.contains($0.place) }
    takenBack.append(TakenBack(document: document, cancellations: cancellations))
  }

  private func target(of cancellation: Invoice) -> Invoice? {
    let same = kept.filter {
      $0.dialect == cancellation.dialect && $0.invoiceID == cancellation.invoiceID
        && CompanyName($0.issuerName).agrees(with: CompanyName(cancellation.issuerName))
    }
    let transport = cancellation.precedingInvoice
    let named = same.filter { !transport.isEmpty && $0.transportID == transport }
    let candidates = named.isEmpty ? same.filter { $0.isNotLater(than: cancellation) } : named
    return candidates.max { $1.isNewer(than: $0) }
  }
}

extension CompanyName {
  /// An unknown name contradicts none.
  func agrees(with other: CompanyName) -> Bool { !isKnown || !other.isKnown || self == other }
}

extension Invoice {
  /// The same transport again is the same document.
  func isOfSameTransport(as other: Invoice) -> Bool {
    !transportID.isEmpty && transportID == other.transportID && dialect == other.dialect
  }

  /// Sent once more: the same transport with the same number and total.
  func isTransportCopy(of other: Invoice) -> Bool {
    isOfSameTransport(as: other) && invoiceID == other.invoiceID && kind == other.kind
      && currency == other.currency && gross == other.gross && net == other.net
  }

  /// By issue date, then by the day on which it came; what is left has no meaning and is always the
  /// same.
  fileprivate func isNewer(than other: Invoice) -> Bool {
    let days = [issueDate?.number ?? .min, received?.number ?? .min]
    let others = [other.issueDate?.number ?? .min, other.received?.number ?? .min]
    return days != others ? others.lexicographicallyPrecedes(days) : other.place < place
  }

  /// A day that is not known contradicts nothing.
  fileprivate func isNotLater(than other: Invoice) -> Bool {
    func holds(_ a: Day?, _ b: Day?) -> Bool {
      guard let a, let b else { return true }
      return a <= b
    }
    return holds(issueDate, other.issueDate) && holds(received, other.received)
  }
}
