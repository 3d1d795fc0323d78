import BillingModel
import ByteStreaming
package import Ingesting
import Reporting

/// Reads invoice files, each on its own.
package enum InvoiceReading {
  struct Result: Sendable {
    enum Outcome: Sendable {
      case read([Invoice])
      case refused(InvoiceFault)
      /// Its content was dealt with before.
      case known
    }

    var file: InboxFile
    var outcome: Outcome
  }

  static func read(
    _ files: [InboxFile], dialects: [Dialect], workers: WorkerPool,
    isKnown: @Sendable (Text) -> Bool
  ) -> [Result] {
    let reader = InvoiceReader(dialects: dialects)
    // Of the same bytes under two names the first is read.
    var seen: Set<Text> = []
    let firsts = files.map { seen.insert($0.sha256).inserted }
    return workers.map(Array(zip(files, firsts))) { file, isFirst in
      guard isFirst, !isKnown(file.sha256) else { return Result(file: file, outcome: .known) }
      do throws(InvoiceFault) {
        return Result(
          file: file,
          outcome: .read(
            try read(file.path, as: file.name, sha256: file.sha256, reader: reader)))
      } catch {
        return Result(file: file, outcome: .refused(error))
      }
    }
  }

  private static func read(
    _ path: Path, as name: Text, sha256: Text, reader: InvoiceReader
  ) throws(InvoiceFault) -> [Invoice] {
    var source: ByteSource
    do throws(StreamError) {
      source = try ByteSource(path)
    } catch {
      throw InvoiceFault(code: error.code, message: error.description)
    }
    return try reader.read(&source, file: name, sha256: sha256)
  }

  // MARK: The command

  package struct Listing {
    package var text: String
    package var hasRefusals: Bool
  }

  /// What `counterfoil invoices` prints.
  package static func listing(of files: [String], dialects: String) throws(Stop) -> Listing {
    listing(of: files, by: try reader(dialects: dialects))
  }

  /// A reader of the dialects in a folder.
  package static func reader(dialects: String) throws(Stop) -> InvoiceReader {
    InvoiceReader(dialects: try DefinitionFiles.dialects(in: Path(dialects)))
  }

  package static func listing(of files: [String], by reader: InvoiceReader) -> Listing {
    var invoices: [Invoice] = []
    var faults: [(file: Text, message: Text)] = []
    for file in files {
      let name = Text(file)
      do throws(InvoiceFault) {
        invoices += try read(Path(file), as: name, sha256: "", reader: reader)
      } catch {
        faults.append((name, error.message))
      }
    }
    return Listing(
      text: String(decoding: InvoiceListing.csv(invoices, faults: faults), as: UTF8.self),
      hasRefusals: !faults.isEmpty || invoices.contains { !$0.refusal.isEmpty })
  }
}
