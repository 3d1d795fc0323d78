import BillingModel
import TestSupport
import Testing

@testable import PipelineRuntime

/// Nights that nobody chose, from a seed: whatever comes in whatever order, judging only what is touched
/// gives the bytes that judging everything gives.
@Suite struct RandomNightTests {
  private struct Player {
    var random: SeededGenerator
    let twins: TwinNights
    var day = Day(number: 20_580)
    /// Whether people ask to close months, proved or not.
    var signsOff = false

    mutating func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }

    mutating func period() -> String {
      "2026-0\(Int.random(in: 3...7, using: &random))"
    }

    mutating func month() -> Month {
      let period = period()
      var month = Month(period: period)
      month.cents = Int.random(in: 100...103, using: &random)
      month.lastDay = chance(2) ? 28 : Int.random(in: 5...28, using: &random)
      month.spike = chance(3) ? month.lastDay - 2 : 0
      if chance(3) { month.issuer = "Sinnet" }
      if !chance(3) { month.invoiceID = "INV-\(period)" }
      if chance(3) { month.extra.append(("\(period)-03", "INV-\(self.period())")) }
      if chance(4) { month.extra.append(("\(self.period())-11", month.invoiceID)) }
      if chance(4) { month.extra.append(("\(period)-04", "")) }
      if chance(4) {
        month.export = "second"
        month.isCUR2 = true
      }
      return month
    }

    mutating func act() throws {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<3: try twins.deliver(month())
      case 3..<6:
        let period = period()
        let id = chance(4) ? "DOC-\(day.number)" : "INV-\(period)"
        let issuer = chance(3) ? "Sinnet" : Month.issuer
        let total = chance(5) ? "none" : "\(Int.random(in: 55...58, using: &random)).54"
        try twins.invoice(id, self.chance(3) ? self.period() : period, total, issuer: issuer)
      case 6:
        let status: FindingStatus = chance(2) ? .dismissed : .confirmed
        let place = Int.random(in: 0..<1000, using: &random)
        try twins.decide(status) { $0.isEmpty ? nil : $0[place % $0.count] }
      case 7: try twins.define("nightly.yaml", TwinNights.definition(cap: "1.\(day.number % 100)"))
      case 8:
        try twins.drop(
          "odd/\(day.number).csv", chance(2) ? "nothing" : Month(period: period()).text)
      case 9 where signsOff:
        let period = period()
        try twins.drop(
          "sign-off-\(period).csv", "BillingPeriod,SignedBy,Note\n\(period),An,\(day.number % 3)\n")
      default: break
      }
    }

    mutating func night() throws {
      for _ in 0..<Int.random(in: 0...2, using: &random) { try act() }
      day = day.advanced(
        by: chance(8) ? -3 : [0, 1, 1, 1, 3, 9].randomElement(using: &random) ?? 1)
      try twins.night(day.description)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `judging what is touched gives the same documents`(_ seed: UInt64) throws {
    var player = Player(random: SeededGenerator(seed: seed), twins: try TwinNights())
    for _ in 1...18 { try player.night() }
    let judged = player.twins.judged
    #expect(judged.quick * 4 < judged.thorough * 3, "seed \(seed): \(judged)")
  }

  @Test(arguments: 21...26 as ClosedRange<UInt64>)
  func `so it does where months are closed`(_ seed: UInt64) throws {
    var player = Player(
      random: SeededGenerator(seed: seed), twins: try TwinNights(), signsOff: true)
    for _ in 1...18 { try player.night() }
  }
}
