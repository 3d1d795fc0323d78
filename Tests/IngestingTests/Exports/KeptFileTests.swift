import BillingModel
import ByteStreaming
import Ingesting
import Testing

/// What is kept of a file stands for it in another run; that it says the same is asked by every test that
/// reads ``contents(of:_:workers:)``.
@Suite struct KeptFileTests {
  private let screen = Screen(
    rule: "Rule", rows: [.isPresent(.resourceID)], groupedBy: [.lineItemID], trip: .repeats,
    keyedBy: [.subAccountID], measures: [.sum(.unblendedCost)], captures: [.tags])
  private let odd = Screen(
    rule: "Odd", rows: [.isNegative(.unblendedCost)], keyedBy: [.subAccountID],
    measures: [.sum(.unblendedCost)], captures: [.resourceID])

  private var file: SampleFile {
    SampleFile(
      "a.csv",
      ExportSample.legacy([
        [:], ["identity/LineItemId": "id2", "lineItem/UnblendedCost": "-3"],
        ["lineItem/UnblendedCost": "many"], ["lineItem/CurrencyCode": "dollars"],
        ["resourceTags/user:CostCenter": "CC-1", "lineItem/UsageAccountId": ""],
      ]))
  }

  private func kept() throws -> [UInt8] {
    var worker = ExportPass(screens: [screen, odd]).makeWorker()
    var source = try ByteSource(file.bytes)
    return try worker.readWhole(&source, file.file)
  }

  @Test func `rejects, evidence and suspects come back under the name of the day`() throws {
    let pass = ExportPass(screens: [screen, odd])
    var worker = pass.makeWorker()
    let renamed = ExportFile(name: "b.csv", sha256: file.file.sha256)
    let isTaken = try worker.absorb(kept(), as: renamed)
    #expect(isTaken)
    let contents = try pass.merge([worker]).contents
    #expect(contents.files.map(\.file) == ["b.csv"])
    #expect(contents.rejects.map(\.record) == [3, 4])
    #expect(contents.rejects.allSatisfy { $0.file == "b.csv" })
    #expect(contents.suspects.map(\.rule) == ["Odd"])
    #expect(contents.suspects[0].first.map(\.place.record) == [2])
    #expect(contents.suspects[0].first.map(\.place.file) == [file.file.sha256])
  }

  @Test func `a line item that is in a kept file and in a new one is found twice`() throws {
    let pass = ExportPass(screens: [screen])
    var worker = pass.makeWorker()
    let isTaken = try worker.absorb(keptWithoutOdd(), as: file.file)
    #expect(isTaken)
    let other = SampleFile("b.csv", ExportSample.legacy([["identity/LineItemId": "id2"]]))
    var source = try ByteSource(other.bytes)
    try worker.read(&source, other.file)
    let look = try pass.merge([worker])
    #expect(look.needsSecondLook)
  }

  private func keptWithoutOdd() throws -> [UInt8] {
    var worker = ExportPass(screens: [screen]).makeWorker()
    let single = SampleFile("a.csv", ExportSample.legacy([["identity/LineItemId": "id2"]]))
    var source = try ByteSource(single.bytes)
    return try worker.readWhole(&source, file.file)
  }

  @Test func `what is cut short anywhere is refused, and the worker reads on`() throws {
    let whole = try kept()
    let pass = ExportPass(screens: [screen, odd])
    var worker = pass.makeWorker()
    let cuts = Array(0..<400) + Array(stride(from: 400, to: whole.count, by: 97))
    for cut in cuts {
      let isTaken = worker.absorb(Array(whole[..<cut]), as: file.file)
      #expect(!isTaken, "\(cut)")
    }
    let isLongTaken = worker.absorb(whole + [0], as: file.file)
    #expect(!isLongTaken)
    let isTaken = worker.absorb(whole, as: file.file)
    #expect(isTaken)
    let found = try pass.merge([worker]).contents
    let expected = try contents(of: [file], [screen, odd])
    #expect(found.charges == expected.charges && found.allocations == expected.allocations)
    #expect(found.rejects == expected.rejects && found.files == expected.files)
  }
}
