import BillingModel
import ByteStreaming
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct KeptSealTests {
  @Test func `a summary in the place of another is none`() throws {
    let folder = TemporaryFolder()
    let kept = KeptSummaries(in: Path(folder.path + "/s"), program: "p", rules: ["Rule"])
    kept.keep([1, 2, 3], of: "aa")
    kept.keep([4, 5], of: "bb")
    #expect(kept.summary(of: "aa") == [1, 2, 3])
    let names = try Folder.names(in: Path(folder.path + "/s")).sorted {
      $0.lexicographicallyPrecedes($1)
    }
    try #require(names.count == 2)
    let paths = names.map { Path(folder.path + "/s").appending(bytes: $0) }
    let bytes = try InputFile(paths[0]).read(upTo: 4096)
    try AtomicFile.write(bytes, to: paths[1])
    #expect(kept.summary(of: "bb") == nil)
    #expect(kept.summary(of: "aa") == [1, 2, 3])
  }

  @Test func `a summary belongs to one program and its rules`() {
    let folder = TemporaryFolder()
    let path = Path(folder.path + "/s")
    KeptSummaries(in: path, program: "p", rules: ["Rule"]).keep([1], of: "aa")
    #expect(KeptSummaries(in: path, program: "q", rules: ["Rule"]).summary(of: "aa") == nil)
    #expect(KeptSummaries(in: path, program: "p", rules: []).summary(of: "aa") == nil)
    #expect(KeptSummaries(in: path, program: "p", rules: ["Rule"]).summary(of: "aa") == [1])
  }
}
