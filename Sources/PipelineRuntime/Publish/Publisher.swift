import BillingModel
import ByteStreaming
import Reporting

/// Puts documents where people read them: each version of a period in a folder of its own, sealed by its
/// manifest, with a link from the period's name to the newest.
struct Publisher {
  let home: Home

  /// What lies in the folder of a version, each file made durable before the folder gets its name.
  func seal(
    _ files: [(name: Text, bytes: [UInt8])], period: Text, version: Int
  ) throws(FileError) {
    let folder = home.versions.appending(period.string)
    let writing = folder.appending(".writing")
    let sealed = folder.appending(String(version))
    try Folder.remove(writing)
    // Left by a run that died before its ledger knew of it.
    try Folder.remove(sealed)
    try Folder.make(writing)
    for file in files {
      let path = writing.appending(file.name.string)
      if file.name.string.contains("/") { try Folder.make(path.folder) }
      try AtomicFile.write(file.bytes, to: path)
    }
    try Folder.rename(writing, to: sealed)
  }

  func link(period: Text, version: Int) throws(FileError) {
    let target = Path(".versions").appending(period.string).appending(String(version))
    let link = home.out.appending(period.string)
    if AtomicFile.target(of: link) == target { return }
    try AtomicFile.link(link, to: target)
  }

  /// Removes all but the newest superseded versions and those that were signed, and what a dead run
  /// sealed under a later number.
  func prune(
    period: Text, newest version: Int, keeping count: Int, and signed: Set<Int>
  ) throws(FileError) {
    let folder = home.versions.appending(period.string)
    for name in try Folder.names(in: folder) {
      guard let number = Int(String(decoding: name, as: UTF8.self)),
        (number < version - count && !signed.contains(number)) || number > version
      else { continue }
      try Folder.remove(folder.appending(bytes: name))
    }
  }
}
