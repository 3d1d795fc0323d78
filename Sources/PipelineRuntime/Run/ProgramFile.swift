import BillingModel
import ByteStreaming
import Foundation

/// The file of the running program.
enum ProgramFile {
  /// Tells this program from any other that may judge otherwise: its version, and the size, time and
  /// inode of its file. A number that a person counts up would be forgotten with one rule or another; a
  /// program that was only copied judges everything once more, and publishes nothing new.
  static let identity: Text? = {
    guard let path = Bundle.main.executablePath else { return nil }
    do throws(FileError) {
      let status = try InputFile(Path(path)).status()
      return Text(
        "\(Release.version) \(status.size) \(status.modifiedNanoseconds) \(status.inode)")
    } catch {
      return nil
    }
  }()
}
