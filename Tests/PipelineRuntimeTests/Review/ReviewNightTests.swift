import BillingLedger
import BillingModel
import ExactNumbers
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Nights on which reviewers drop their files in, and nights after that. Each is played twice (see
/// ``TwinNights``).
@Suite struct ReviewNightTests {
  private let june: ReviewedJune
  private var twins: TwinNights { june.twins }
  private var id: String { june.id }

  init() throws { june = try ReviewedJune() }

  private func row() throws -> [String: String] { try june.row() }
  private func cells() throws -> [String] { try june.cells() }
  private func edited(_ edits: [String: String] = [:]) throws -> String { try june.edited(edits) }

  private func refusals(_ period: String = "2026-06") throws -> [String] {
    Sheet(Data(try twins.document("\(period)/rejects.csv").utf8)).rows.map {
      "\($0["File"] ?? "") \($0["Record"] ?? "") \($0["Column"] ?? "") \($0["Code"] ?? "")"
    }
  }

  @Test func `a file that nobody edited decides nothing`() throws {
    try twins.drop("back.csv", edited())
    let outcome = try twins.night("2026-07-21")
    #expect(
      !outcome.hasQuarantine && outcome.report.contains("back.csv: 0 decisions taken, 0 refused"))
    #expect(try cells() == ["open", "", "", ""])
  }

  @Test func `a decision stays while its amount does, and opens again with the reason`() throws {
    try twins.drop(
      "review.csv",
      edited([
        "Status": "confirmed", "Reviewer": "Li", "ReviewNote": "asked AWS", "Owner": "billing",
      ]))
    let outcome = try twins.night("2026-07-21")
    #expect(!outcome.hasQuarantine && outcome.judged == ["2026-06"])
    #expect(try cells() == ["confirmed", "Li", "", "asked AWS"])
    #expect(try row()["Owner"] == "billing" && row()["OwnerEvidence"] == "review")
    #expect(
      try row()["Explanation"]?.hasSuffix(" Set to confirmed on 2026-07-21 by Li at USD 3.44.")
        == true)
    #expect(try twins.night("2026-07-22").judged == [])

    // 0.56 more is charged: 2.88 are at stake, which is within 1.00.
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 101))
    try twins.night("2026-07-23")
    #expect(
      try cells() == ["confirmed", "Li", "", "asked AWS"] && row()["AmountAtStake"] == "2.88")

    // 5.60 more: 2.16 less is charged than invoiced.
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 103))
    try twins.night("2026-07-24")
    #expect(try cells()[0] == "open" && row()["AmountAtStake"] == "1.76")
    #expect(
      try row()["Explanation"]?.hasSuffix(
        " Open again: Li set it to confirmed on 2026-07-21 at USD 3.44, and USD 1.76 is at stake now."
      )
        == true)
    // The same word again is a word about the new amount.
    try twins.drop("again.csv", edited(["Status": "confirmed"]))
    try twins.night("2026-07-25")
    #expect(try cells() == ["confirmed", "Li", "", "asked AWS"])
  }

  @Test func `what is dismissed until a day is listed once, and comes back after it`() throws {
    try twins.drop(
      "review.csv", edited(["Status": "dismissed", "Reviewer": "Li", "ReviewUntil": "2026/7/25"]))
    try twins.night("2026-07-21")
    #expect(try cells() == ["dismissed", "Li", "2026-07-25", ""])
    try twins.deliver(Month(period: "2026-07"))
    for day in 22...25 { try twins.night("2026-07-\(day)") }
    #expect(try !twins.document("2026-06/anomalies.csv").contains(id) || cells()[0] == "dismissed")
    let outcome = try twins.night("2026-07-26")
    #expect(outcome.judged.contains("2026-06"))
    #expect(try cells() == ["open", "Li", "2026-07-25", ""])
    #expect(try row()["Explanation"]?.hasSuffix("until 2026-07-25, which is over.") == true)
  }

  @Test func `an older file overwrites no decision, and says so`() throws {
    let old = try edited(["Status": "dismissed", "Reviewer": "Bo"])
    try twins.drop(
      "a.csv", edited(["Status": "confirmed", "Reviewer": "An", "ReviewNote": "sure"]))
    try twins.night("2026-07-21")
    try twins.drop("b.csv", old)
    let outcome = try twins.night("2026-07-22")
    #expect(outcome.hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", "sure"])
    #expect(try refusals() == ["b.csv 1 Reviewer Conflict", "b.csv 1 Status Conflict"])
    #expect(outcome.report.contains("An made it confirmed on 2026-07-21"))
    // From the newest file the same is possible.
    try twins.drop("c.csv", edited(["Status": "dismissed", "Reviewer": "Bo", "ReviewNote": ""]))
    #expect(try !twins.night("2026-07-23").hasQuarantine)
    #expect(try cells() == ["dismissed", "Bo", "", ""])
    // What was refused stays listed.
    #expect(try refusals().count == 2)
  }

  @Test func `an older file without explanations is held against the cells that it keeps`() throws {
    let header = "FindingId,Status,Reviewer,ReviewUntil,ReviewNote\n"
    try twins.drop("a.csv", header + "\(id),confirmed,An,,sure\n")
    try twins.night("2026-07-21")
    try twins.drop("b.csv", header + "\(id),dismissed,Bo,,\n")
    #expect(try twins.night("2026-07-22").hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", "sure"])
    try twins.drop("old.csv", header + "\(id),open,,,\n")
    #expect(try !twins.night("2026-07-23").hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", "sure"])
    try twins.drop("c.csv", header + "\(id),dismissed,An,,sure\n")
    #expect(try !twins.night("2026-07-24").hasQuarantine)
    #expect(try cells() == ["dismissed", "An", "", "sure"])
  }

  @Test func `edits of other cells of an older file are taken`() throws {
    let old = try edited(["Owner": "team-b"])
    try twins.drop("a.csv", edited(["Status": "confirmed", "Reviewer": "An"]))
    try twins.night("2026-07-21")
    try twins.drop("b.csv", old)
    #expect(try !twins.night("2026-07-22").hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", ""] && row()["Owner"] == "team-b")
  }

  @Test func `two files of one night that disagree decide nothing`() throws {
    try twins.drop("a.csv", edited(["Status": "confirmed", "Reviewer": "An"]))
    try twins.drop("b.csv", edited(["Status": "dismissed", "Reviewer": "An"]))
    let outcome = try twins.night("2026-07-21")
    #expect(
      outcome.hasQuarantine
        && outcome.report.contains(
          "a.csv line 2 (An) says confirmed, b.csv line 2 (An) says dismissed: nothing was taken")
    )
    #expect(try cells() == ["open", "", "", ""])
    #expect(
      try refusals() == [
        "a.csv 1 Reviewer NotTaken", "a.csv 1 Status Conflict", "b.csv 1 Reviewer NotTaken",
        "b.csv 1 Status Conflict",
      ])
    // The very file again is the word that settles it.
    try twins.drop("b.csv", edited(["Status": "dismissed", "Reviewer": "An"]))
    let settled = try twins.night("2026-07-22")
    #expect(!settled.hasQuarantine && settled.report.contains("b.csv: 1 decision taken, 0 refused"))
    #expect(try cells() == ["dismissed", "An", "", ""])
  }

  @Test func `two files that agree are one decision, and each may fill other cells`() throws {
    try twins.drop("a.csv", edited(["Status": "confirmed", "Reviewer": "An"]))
    try twins.drop("b.csv", edited(["Status": "confirmed", "ReviewNote": "seen"]))
    let outcome = try twins.night("2026-07-21")
    #expect(!outcome.hasQuarantine)
    #expect(outcome.report.contains("a.csv: 1 decision taken, 0 refused"))
    #expect(outcome.report.contains("b.csv: 1 decision taken, 0 refused"))
    #expect(try cells() == ["confirmed", "An", "", "seen"])
  }

  @Test func `a refused cell keeps no other from being taken, and can be mended in the same file`()
    throws
  {
    let text = try edited([
      "Status": "konfirmed", "Reviewer": "An", "ReviewNote": "x", "Owner": "team-b",
    ])
    try twins.drop("a.csv", text)
    let outcome = try twins.night("2026-07-21")
    #expect(outcome.hasQuarantine && outcome.report.contains("row 1 (line 2), column Status"))
    // What goes with it would say that An left the finding open.
    #expect(try cells() == ["open", "", "", ""] && row()["Owner"] == "team-b")
    #expect(
      try refusals() == [
        "a.csv 1 ReviewNote NotTaken", "a.csv 1 Reviewer NotTaken", "a.csv 1 Status UnknownStatus",
      ])
    try twins.drop("a.csv", text.replacing("konfirmed", with: "confirmed"))
    #expect(try !twins.night("2026-07-22").hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", "x"])
  }

  @Test(arguments: [
    (["Status": "resolved"], "Status ImpossibleStatus"),
    (["ReviewUntil": "2026-07-01"], "ReviewUntil DayIsOver"),
    (["Status": "planned", "ReviewUntil": "5/6/2027"], "Status NotTaken"),
  ]) func `what cannot be is refused`(_ edits: [String: String], _ refusal: String) throws {
    try twins.drop("a.csv", edited(edits))
    #expect(try twins.night("2026-07-21").hasQuarantine)
    #expect(try cells()[0] == "open")
    #expect(try refusals().contains("a.csv 1 \(refusal)"))
  }

  @Test func `an unknown finding is listed where nothing has a period`() throws {
    try twins.drop(
      "a.csv",
      "FindingId,Status,Reviewer\nF-0123456789abcdef,confirmed,An\nx,open,An\n\(id),confirmed,An\n")
    #expect(try twins.night("2026-07-21").hasQuarantine)
    #expect(
      try refusals("unassigned") == ["a.csv 1  UnknownFinding", "a.csv 2  NotAFindingId"])
    #expect(try cells()[0] == "confirmed")
  }

  @Test func `a finding that nothing shows any more cannot be decided`() throws {
    try twins.invoice("INV6", "2026-06", "56.56")
    let old = try edited(["Status": "confirmed"])
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 106))
    try twins.night("2026-07-21")
    #expect(try twins.findings().first { $0.id.string == id }?.status == .resolved)
    try twins.drop("a.csv", old)
    #expect(try twins.night("2026-07-22").hasQuarantine)
    #expect(try refusals() == ["a.csv 1  AlreadyResolved"])
  }

  @Test(arguments: [
    (
      ["Status": "planned", "ReviewUntil": "2026-07-01"],
      ["ReviewUntil DayIsOver", "Status NotTaken"]
    ),
    (["Status": "resolved"], ["Status ImpossibleStatus"]),
    (
      ["Status": "resolved", "ReviewUntil": "2026-12-31"],
      ["ReviewUntil NotTaken", "Status ImpossibleStatus"]
    ),
  ]) func `each changed cell is taken or named`(_ edits: [String: String], _ refused: [String])
    throws
  {
    let others = ["Reviewer": "An", "ReviewNote": "seen"]
    try twins.drop("a.csv", edited(edits.merging(others) { $1 }))
    #expect(try twins.night("2026-07-21").hasQuarantine)
    #expect(try cells() == ["open", "", "", ""])
    #expect(try row()["Explanation"]?.contains("Left open") == false)
    #expect(
      try refusals()
        == (["ReviewNote NotTaken", "Reviewer NotTaken"] + refused).sorted().map { "a.csv 1 \($0)" }
    )
  }

  @Test func `two rows of one file that disagree are both named, cell by cell`() throws {
    let header = "FindingId,Status,Reviewer,ReviewNote\n"
    try twins.drop("a.csv", header + "\(id),confirmed,An,x\n\(id),dismissed,Bo,\n")
    let outcome = try twins.night("2026-07-21")
    #expect(
      outcome.report.contains(
        "Reviewer: a.csv line 2 (An) says An, a.csv line 3 (Bo) says Bo: nothing"))
    #expect(
      try refusals() == [
        "a.csv 1 ReviewNote NotTaken", "a.csv 1 Reviewer Conflict", "a.csv 1 Status Conflict",
        "a.csv 2 Reviewer Conflict", "a.csv 2 Status Conflict",
      ])
    #expect(try cells() == ["open", "", "", ""])
  }

  @Test func `a day that stood there before and is over takes no new status`() throws {
    try twins.drop("a.csv", edited(["Status": "planned", "ReviewUntil": "2026-07-25"]))
    try twins.night("2026-07-21")
    try twins.night("2026-07-26")
    #expect(try cells() == ["open", "", "2026-07-25", ""])
    try twins.drop("b.csv", edited(["Status": "planned", "ReviewNote": "still"]))
    let outcome = try twins.night("2026-07-27")
    #expect(outcome.report.contains("2026-07-25 still stands in the row and is over"))
    #expect(
      try refusals() == [
        "b.csv 1 ReviewNote NotTaken", "b.csv 1 ReviewUntil DayIsOver", "b.csv 1 Status NotTaken",
      ])
    #expect(try cells() == ["open", "", "2026-07-25", ""])
    try twins.drop(
      "c.csv", edited(["Status": "planned", "ReviewUntil": "", "ReviewNote": "still"]))
    #expect(try !twins.night("2026-07-28").hasQuarantine)
    #expect(try cells() == ["planned", "", "", "still"])
  }

  /// 60.00 − 56.56 = 3.44 are at stake, then 62.16 − 60.00 = 2.16 and more, as the month is restated.
  @Test func `a decision is about the amount that its sheet shows`() throws {
    let old = try edited(["Status": "dismissed", "Reviewer": "Bo"])
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 103))
    try twins.night("2026-07-21")
    let now = try #require(try row()["AmountAtStake"])
    try twins.drop("old.csv", old)
    try twins.night("2026-07-22")
    #expect(try cells() == ["open", "Bo", "", ""])
    #expect(
      try row()["Explanation"]?.hasSuffix(
        " Open again: Bo set it to dismissed on 2026-07-22 at USD 3.44, and USD \(now) is at stake now."
      ) == true)
    // A sheet that shows no amount is about the present one.
    try twins.drop("new.csv", edited(["Status": "dismissed", "AmountAtStake": ""]))
    try twins.night("2026-07-23")
    #expect(try cells() == ["dismissed", "Bo", "", ""])
  }

  @Test(arguments: [
    ("3.44", nil), ("3,44", nil), ("'3.44", nil), ("", nil), ("#####", nil), ("3.44E+00", nil),
    ("3.440", nil), ("50.00", "50.00"), ("50,00", "50.00"), ("1,234.50", "1234.50"),
    ("1.234,50", "1234.50"), ("1 234,5", "1234.50"), ("1,234,567", "1234567.00"), ("2", "2.00"),
    ("3.4", "3.40"),
  ]) func `an amount is read whatever separates it`(_ cell: String, _ other: String?) throws {
    let present = try Amount(parsing: "3.44")
    #expect(ShownAmount.other(cell, than: present).map { "\($0)" } == other)
  }

  // Spreadsheets show and save fewer digits than an amount has.
  @Test func `digits that a spreadsheet cut off are no other amount`() throws {
    let present = try Amount(parsing: "1234.247734412345678901")
    #expect(ShownAmount.other("1234.2477344123", than: present) == nil)
    #expect(ShownAmount.other("1,234.25", than: present) == nil)
    #expect(ShownAmount.other("1234.26", than: present) != nil)
    #expect(ShownAmount.other("1,234", than: try Amount(parsing: "1234.00")) == nil)
  }

  @Test(arguments: ["", "\n"])
  func `an older file that is dropped in again is a conflict, and named`(_ more: String) throws {
    let old = try edited(["Status": "confirmed", "Reviewer": "An", "ReviewNote": "n1"])
    try twins.drop("a.csv", old)
    try twins.night("2026-07-21")
    try twins.drop("b.csv", edited(["Status": "open"]))
    #expect(try !twins.night("2026-07-22").hasQuarantine)
    #expect(try cells() == ["open", "An", "", "n1"])
    try twins.drop("a.csv", old + more)
    let outcome = try twins.night("2026-07-23")
    #expect(outcome.hasQuarantine && outcome.report.contains("An made it open on 2026-07-22"))
    #expect(try cells() == ["open", "An", "", "n1"])
    #expect(try refusals() == ["a.csv 1 Status Conflict"])
  }

  @Test func `one may change one's own word in a file of few columns, and send no old one`() throws
  {
    let header = "FindingId,Status,Reviewer,ReviewUntil,ReviewNote\n"
    for (day, status, note) in [
      (21, "confirmed", "n0"), (22, "open", "n1"), (23, "confirmed", "n2"),
    ] {
      try twins.drop("m\(day).csv", header + "\(id),\(status),An,,\(note)\n")
      #expect(try !twins.night("2026-07-\(day)").hasQuarantine)
      #expect(try cells() == [status, "An", "", note])
    }
    try twins.drop("m24.csv", header + "\(id),open,An,,n1\n")
    #expect(try twins.night("2026-07-24").hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", "n2"])
    #expect(try refusals() == ["m24.csv 1 ReviewNote Conflict", "m24.csv 1 Status Conflict"])
  }

  @Test func `the same file again says nothing new`() throws {
    let text = try edited(["Status": "confirmed", "Reviewer": "An"])
    try twins.drop("a.csv", text)
    try twins.night("2026-07-21")
    try twins.drop("b.csv", text)
    let outcome = try twins.night("2026-07-22")
    #expect(!outcome.hasQuarantine)
    #expect(try cells() == ["confirmed", "An", "", ""])
  }
}
