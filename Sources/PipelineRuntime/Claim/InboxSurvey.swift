import BillingLedger
import BillingModel
import ByteStreaming
import Ingesting

/// One look at the inbox: what lies there, what it is by content, and what is left alone.
struct InboxSurvey {
  private(set) var files: [InboxFile] = []
  private(set) var leftAlone: [LeftAlone] = []

  /// A file of the inbox whose status has been taken.
  private struct Candidate: Sendable {
    var name: Text
    var path: Path
    var status: FileStatus

    init(name: Text, path: Path, status: FileStatus) {
      self.name = name
      self.path = path
      self.status = status
    }

    init(archived input: KnownInput, home: Home) throws(FileError) {
      let path = try home.file(of: input)
      self.init(name: input.name, path: path, status: try InputFile(path).status())
    }

    var isUnchanged: Bool {
      do throws(FileError) {
        return try InputFile(path).status() == status
      } catch {
        return false
      }
    }
  }

  private enum Look: Sendable {
    case file(InboxFile)
    case leftAlone(LeftAlone)
  }

  /// - Parameter remembered: What is known of a file whose path, size, time and inode are those of an
  ///   earlier look; nil makes the file be read.
  init(
    _ plan: RunPlan, remembered: @Sendable (Text, FileStatus) -> RememberedFile?
  ) throws(FileError) {
    let candidates = try candidates(in: plan.home.inbox, ignoring: plan.definition.claim.ignore)
    let settled = settle(candidates, seconds: plan.definition.claim.settleSeconds)
    let looks = plan.workers.map(settled) { candidate in
      Self.look(candidate, remembered: remembered(candidate.name, candidate.status))
    }
    for look in looks {
      switch look {
      case .file(let file): files.append(file)
      case .leftAlone(let left): leftAlone.append(left)
      }
    }
    leftAlone.sort { $0.name < $1.name }
  }

  /// What an earlier night took, as it lies in the archive, under the names it came with. What is gone,
  /// or holds other bytes than were read, is left alone as unreadable.
  init(_ inputs: [KnownInput], home: Home, workers: WorkerPool) {
    let taken = inputs.filter { $0.outcome != "quarantined" }
    let looks = workers.map(taken) { input -> Look in
      do throws(FileError) {
        return Self.look(try Candidate(archived: input, home: home), remembered: nil)
      } catch {
        return .leftAlone(
          LeftAlone(
            name: input.name, kind: input.kind, outcome: "unreadable",
            reason: Text(error.description)))
      }
    }
    for (input, look) in zip(taken, looks) {
      switch look {
      case .file(let file) where file.sha256 == input.sha256: files.append(file)
      case .file:
        leave(
          input.name, "its archived bytes are not those that were read", outcome: "unreadable")
      case .leftAlone(let left): leftAlone.append(left)
      }
    }
  }

  private mutating func candidates(
    in inbox: Path, ignoring patterns: [String]
  ) throws(FileError) -> [Candidate] {
    let patterns = patterns.map(NamePattern.init(pattern:))
    var found: [Candidate] = []
    for entry in try Folder.listing(inbox) {
      let name = Text(entry.relative.description)
      if entry.kind == .folder {
        leave(name, reasonNotListed(entry.path), outcome: "unreadable")
      } else if entry.kind != .file {
        leave(name, "a link, pipe or device: only regular files are read")
      } else if patterns.contains(where: { $0.matches(name.string) }) {
        leave(name, "its name matches claim.ignore")
      } else {
        do throws(FileError) {
          found.append(
            Candidate(name: name, path: entry.path, status: try InputFile(entry.path).status()))
        } catch {
          // It may have gone since it was listed; else the others go on without it.
          if !error.isNotFound { leave(name, Text(error.description), outcome: "unreadable") }
        }
      }
    }
    return found
  }

  private func reasonNotListed(_ folder: Path) -> Text {
    do throws(FileError) {
      _ = try Folder.names(in: folder)
      return Text("more than \(Folder.deepest) folders deep: move it up")
    } catch {
      return Text(error.description)
    }
  }

  private mutating func leave(_ name: Text, _ reason: Text, outcome: Text = "ignored") {
    leftAlone.append(LeftAlone(name: name, kind: "unread", outcome: outcome, reason: reason))
  }

  /// Looks twice where a file is younger than the given time: one that changed in between is still
  /// being written. A guess, which the integrity checks of gzip, XML and manifests stand behind.
  private mutating func settle(_ candidates: [Candidate], seconds: Int) -> [Candidate] {
    let limit = (Surroundings.wallSeconds - seconds) * 1_000_000_000
    guard seconds > 0, candidates.contains(where: { $0.status.modifiedNanoseconds > limit })
    else { return candidates }
    Surroundings.sleep(seconds: seconds)
    var still: [Candidate] = []
    for candidate in candidates {
      if candidate.isUnchanged {
        still.append(candidate)
      } else {
        leave(candidate.name, "it is still being written", outcome: "waiting")
      }
    }
    return still
  }

  // MARK: One file

  private static func look(_ candidate: Candidate, remembered: RememberedFile?) -> Look {
    do throws(FileError) {
      let sha256: Text
      if let remembered {
        sha256 = remembered.sha256
      } else {
        sha256 = try ContentHash.of(file: candidate.path)
      }
      let content =
        if let known = remembered?.content { known } else {
          try content(of: candidate.path, name: candidate.name)
        }
      guard candidate.isUnchanged else {
        return .leftAlone(
          LeftAlone(
            name: candidate.name, kind: "unread", outcome: "waiting",
            reason: "it changed while it was read"))
      }
      return .file(
        InboxFile(
          name: candidate.name, path: candidate.path, status: candidate.status, sha256: sha256,
          content: content))
    } catch {
      return .leftAlone(
        LeftAlone(
          name: candidate.name, kind: "unread", outcome: "unreadable",
          reason: Text(error.description)))
    }
  }

  /// The first plain bytes of a file tell most kinds; JSON is read whole.
  private static let headSize = 256 << 10
  private static let jsonLimit = 64 << 20

  private static func content(of path: Path, name: Text) throws(FileError) -> InboxFile.Content {
    do throws(StreamError) {
      var source = try ByteSource(path)
      let head = try source.readHead(limit: headSize)
      switch source.plainKind {
      case .xml: return .invoice
      case .json: return json(head + (try source.readAll(limit: jsonLimit)), name: name)
      case .utf16 where head.dropFirst(2).prefix(2).contains(UInt8(ascii: "<")): return .invoice
      // First of the tables, since its columns look like those of an export.
      case .utf16 where ReviewSheet.looksLike(head), .text where ReviewSheet.looksLike(head):
        return review(head + (try source.readAll(limit: ReviewSheet.sizeLimit)))
      case let kind: return table(head, kind)
      }
    } catch {
      if case .file(let error) = error { throw error }
      return .refused(code: Text(error.code), reason: Text(error.description))
    }
  }

  private static func table(_ head: [UInt8], _ kind: ContentKind) -> InboxFile.Content {
    switch kind {
    case .utf16:
      return .refused(
        code: "Utf16", reason: "text in UTF-16: save it as UTF-8 and drop it in again")
    case .empty:
      return .refused(code: "EmptyFile", reason: "it holds nothing: deliver it again")
    default:
      if let format = ExportHeader.format(ofHead: head) { return .export(format) }
      if SignOffFile.looksLike(head) { return SignOffFile.content(head) }
      if let lacking = ReviewSheet.lacking(ofHead: head) {
        return .refused(
          code: "MissingColumn",
          reason: Text("to be read as a review of findings \(lacking)"))
      }
      return .refused(
        code: "UnknownContent",
        reason: """
          neither a cost export (no CUR or FOCUS column in its first line), an XML invoice, a \
          sign-off, a reviewed anomalies.csv nor a JSON that is known here; name it in \
          claim.ignore if it belongs in the inbox
          """)
    }
  }

  private static func review(_ bytes: [UInt8]) -> InboxFile.Content {
    do throws(ReviewSheet.Fault) {
      return .review(try ReviewSheet(bytes))
    } catch {
      return .refused(code: error.code, reason: Text(error.message))
    }
  }

  private static func json(_ bytes: [UInt8], name: Text) -> InboxFile.Content {
    do throws(JSONFault) {
      let json = try JSONValue(parsing: bytes)
      guard ManifestFile.looksLike(json) else { return .invoice }
      do throws(ManifestFault) {
        return .manifest(try ManifestFile.read(json, name: name))
      } catch {
        return .refused(code: "ManifestNotFollowed", reason: Text(error.description))
      }
    } catch {
      return .refused(code: "NotJSON", reason: Text("not JSON: \(error)"))
    }
  }
}
