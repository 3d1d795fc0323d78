import BillingModel
import ByteStreaming
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct DeliveryReadingTests {
  private func reading(_ names: [String], in folder: TemporaryFolder) throws -> DeliveryReading {
    let files = names.map { name in
      InboxFile(
        name: Text(name), path: Path(folder.path + "/" + name),
        status: FileStatus(size: 1, modifiedNanoseconds: 0, inode: 0, device: 0),
        sha256: Text("sha-" + name), content: .export(.legacy))
    }
    return try DeliveryReading(
      Delivery(
        exportName: "cur", files: files, manifests: [],
        mark: VersionMark(timestamp: nil, identity: "1", isTop: false, fileTime: 0)),
      pass: ExportPass(screens: []), workers: WorkerPool(count: 2), kept: nil)
  }

  @Test func `a call that fails stops the run, and no file is blamed for it`() throws {
    let folder = TemporaryFolder()
    try folder.write("a.csv", Month(period: "2026-05").text.utf8)
    // A folder cannot be read as a file: the call fails, whatever the bytes.
    try folder.write("b.csv/inside", "x".utf8)
    #expect(throws: Stop.self) { try reading(["a.csv", "b.csv"], in: folder) }
  }

  @Test func `of loose files a faulty one is named, and the others are summed`() throws {
    let folder = TemporaryFolder()
    try folder.write("a.csv", Month(period: "2026-05").text.utf8)
    try folder.write("b.csv", "no,header\n1,2\n".utf8)
    let found = try reading(["a.csv", "b.csv"], in: folder)
    #expect(found.faulty.map(\.file.name) == ["b.csv"])
    #expect(found.contents.files.map(\.file) == ["a.csv"])
    #expect(found.contents.charges.map(\.sums.lineItems).reduce(0, +) == 56)
  }
}
