import BillingModel
import ExactNumbers
import Reconciling
import Testing

/// Which credits bring back which claims.
@Suite struct DisputeMatchingTests {
  private func amount(_ text: String) -> Amount {
    do { return try Amount(parsing: text) } catch { preconditionFailure(text) }
  }

  private func claim(
    _ id: Text, _ claimed: String, invoice: Text = "", account: Text = "", on: String = "2026-07-10"
  ) throws -> Dispute {
    var key = FindingKey(
      rule: "TotalOff", billingAccountID: "1",
      billingPeriod: try #require(BillingPeriod("2026-06")),
      currency: "USD")
    key.invoiceID = invoice
    key.subAccountID = account
    return Dispute(
      findingID: id, key: key, status: .sent, claimed: amount(claimed),
      openedOn: try #require(Day(on)))
  }

  private func note(
    _ id: Text, _ net: String, gross: String? = nil, corrects: Set<Text> = [],
    seen: String = "2026-08-01"
  ) throws -> LaterCredit {
    var credit = LaterCredit(
      name: Text("ubl:\(id)"), billingAccountID: "1", currency: "USD",
      seen: try #require(Day(seen)))
    credit.net = amount(net)
    credit.gross = amount(gross ?? net)
    credit.invoiceIDs = corrects
    return credit
  }

  private func matched(
    _ claims: [Dispute], _ credits: [LaterCredit], known: [Text: Set<Text>] = [:]
  ) throws -> [String] {
    let forward = try DisputeMatching(claims, credits, known: known).result
    // The order in which they come does not matter.
    #expect(
      try DisputeMatching(claims.reversed(), credits.reversed(), known: known).result == forward)
    return forward.map { dispute in
      let lists = [dispute.credits, dispute.possibleCredits].map {
        $0.map(\.string).joined(separator: "+")
      }
      return
        "\(dispute.status.rawValue) \(dispute.recovered) left \(dispute.left) \(lists[0])|\(lists[1])"
    }
  }

  @Test func `a credit of the very amount settles a claim, net or with tax`() throws {
    #expect(
      try matched([claim("F-1", "10.6")], [note("C", "10", gross: "10.6")])
        == ["credited 10.60 left 0.00 ubl:C|"])
    #expect(
      try matched([claim("F-1", "10")], [note("C", "10", gross: "10.6")])
        == ["credited 10.00 left 0.00 ubl:C|"])
    // 10.01 is not what 10.000000000000000001 comes to in cents.
    #expect(
      try matched([claim("F-1", "10.000000000000000001")], [note("C", "10.01")])
        == ["sent 0.00 left 10.000000000000000001 |"])
  }

  @Test func `a credit of the claim in cents settles it`() throws {
    #expect(
      try matched([claim("F-1", "4.0032")], [note("C", "4.00")])
        == ["credited 4.00 left 0.00 ubl:C|"])
    // Half a cent away from zero.
    #expect(
      try matched([claim("F-1", "4.005")], [note("C", "4.01")])
        == ["credited 4.01 left 0.00 ubl:C|"])
    #expect(
      try matched([claim("F-1", "4.005")], [note("C", "4.00")])
        == ["sent 0.00 left 4.005 |"])
  }

  // 4.0032 × 1.06 = 4.243392
  @Test(arguments: ["4.243392", "4.24"])
  func `a credit with the agreed tax on top settles the claim without it`(_ gross: String) throws {
    let claims = [try claim("F-1", "4.0032")]
    #expect(
      try DisputeMatching(claims, [note("C", gross)], taxRates: [amount("0.06")]).result.map {
        "\($0.status.rawValue) \($0.recovered) \($0.left)"
      } == ["credited 4.0032 0.00"])
    #expect(try matched(claims, [note("C", gross)]) == ["sent 0.00 left 4.0032 |"])
  }

  @Test func `what names the finding counts whatever its amount`() throws {
    var credit = try note("C", "1.5")
    credit.words = ["Refund F-1"]
    #expect(
      try matched([claim("F-1", "4.0032")], [credit])
        == ["credited in part 1.50 left 2.5032 ubl:C|"])
    (credit.net, credit.gross) = (amount("5"), amount("5"))
    #expect(
      try matched([claim("F-1", "4.0032")], [credit]) == ["credited 5.00 left 0.00 ubl:C|"])
  }

  @Test func `what came before the claim, or in another currency, or to another payer, is none`()
    throws
  {
    var euro = try note("C", "10")
    euro.currency = "EUR"
    var other = try note("C", "10")
    other.billingAccountID = "2"
    for credit in [try note("C", "10", seen: "2026-07-10"), euro, other] {
      #expect(try matched([claim("F-1", "10")], [credit]) == ["sent 0.00 left 10.00 |"])
    }
    #expect(
      try matched([claim("F-1", "10")], [note("C", "10", seen: "2026-07-11")])
        == ["credited 10.00 left 0.00 ubl:C|"])
  }

  @Test func `what contradicts is none: account, service, invoice, an earlier month`() throws {
    var rows = try note("C", "10")
    rows.subAccountID = "20"
    #expect(try matched([claim("F-1", "10", account: "21")], [rows]) == ["sent 0.00 left 10.00 |"])
    #expect(
      try matched([claim("F-1", "10", account: "20")], [rows]) == [
        "credited 10.00 left 0.00 ubl:C|"
      ])
    // Credits often stand in the payer's own account.
    rows.subAccountID = "1"
    #expect(
      try matched([claim("F-1", "10", account: "21")], [rows]) == [
        "credited 10.00 left 0.00 ubl:C|"
      ])
    #expect(
      try matched([claim("F-1", "10", invoice: "I1")], [note("C", "10", corrects: ["I2"])])
        == ["sent 0.00 left 10.00 |"])
    rows.billingPeriod = BillingPeriod("2026-05")
    #expect(try matched([claim("F-1", "10")], [rows]) == ["sent 0.00 left 10.00 |"])
    rows.billingPeriod = BillingPeriod("2026-07")
    #expect(try matched([claim("F-1", "10")], [rows]) == ["credited 10.00 left 0.00 ubl:C|"])
  }

  @Test func `where two claims or two credits fit, nothing is counted and both are named`() throws {
    #expect(
      try matched([claim("F-1", "10"), claim("F-2", "10")], [note("C", "10")])
        == ["sent 0.00 left 10.00 |ubl:C", "sent 0.00 left 10.00 |ubl:C"])
    #expect(
      try matched([claim("F-1", "10")], [note("C", "10"), note("D", "10")])
        == ["sent 0.00 left 10.00 |ubl:C+ubl:D"])
  }

  @Test func `the invoice that a credit corrects, or a FindingId in it, tells two claims apart`()
    throws
  {
    let claims = [try claim("F-1", "10", invoice: "I1"), try claim("F-2", "10", invoice: "I2")]
    #expect(
      try matched(claims, [note("C", "10", corrects: ["I2"])])
        == ["sent 0.00 left 10.00 |", "credited 10.00 left 0.00 ubl:C|"])
    var named = try note("C", "10")
    named.words = ["Refund for case 17, your F-1"]
    #expect(
      try matched([claim("F-1", "10"), claim("F-2", "10")], [named])
        == ["credited 10.00 left 0.00 ubl:C|", "sent 0.00 left 10.00 |"])
  }

  /// Rows of an account and a service, as one sum.
  private func rows(
    _ net: String, _ type: ChargeType = "Refund", naming id: Text = "", service: Text = "AmazonRDS"
  ) throws -> LaterCredit {
    var credit = try note("", net)
    credit.name = Text("rows:2026-07//20/\(service)/\(type)/\(id)")
    credit.gross = nil
    (credit.rowType, credit.subAccountID, credit.serviceName) = (type, "20", service)
    credit.words = [id].filter { !$0.isEmpty }
    return credit
  }

  private func claimOfRDS(_ id: Text, _ claimed: String) throws -> Dispute {
    var claim = try claim(id, claimed, account: "20")
    claim.key.serviceName = "AmazonRDS"
    return claim
  }

  // 4.32 + 4.32 = 8.64; 4.3218 is paid as 4.32, and 2 × 4.3218 = 8.6436 as 8.64.
  @Test(arguments: ["4.32", "4.3218"])
  func `refunds of equal claims in one sum settle all of them`(_ claimed: String) throws {
    let claims = [try claimOfRDS("F-1", claimed), try claimOfRDS("F-2", claimed)]
    let name = "rows:2026-07//20/AmazonRDS/Refund/"
    let settled = "credited \(claimed) left 0.00 \(name)|"
    #expect(try matched(claims, [rows("8.64")]) == [settled, settled])
    // So it stays.
    let known: [Text: Set<Text>] = ["F-1": [Text(name)], "F-2": [Text(name)]]
    #expect(try matched(claims, [rows("8.64")], known: known) == [settled, settled])
    // One cent more, and who knows whose it is.
    let unsettled = "sent 0.00 left \(claimed) |\(name)"
    #expect(try matched(claims, [rows("8.65")]) == [unsettled, unsettled])
    // Three claims, and money for two.
    let three = claims + [try claimOfRDS("F-3", claimed)]
    #expect(try matched(three, [rows("8.64")]) == [unsettled, unsettled, unsettled])
  }

  // 2 × 2.00 = 4.00; 101.18 + 7.77 = 108.95.
  @Test(arguments: [("2.00", "4.00"), ("101.18", "108.95"), ("4.32", "1.00")])
  func `a sum that may hold the claim, or refunds a part, is named`(
    _ claimed: String, _ sum: String
  ) throws {
    let claims = [try claimOfRDS("F-1", claimed)]
    #expect(
      try matched(claims, [rows(sum)])
        == ["sent 0.00 left \(claimed) |rows:2026-07//20/AmazonRDS/Refund/"])
    // Of another service it is not meant, nor is a promotion of less.
    #expect(
      try matched(claims, [rows(sum, service: "AmazonS3"), rows("0.50", "Credit")])
        == ["sent 0.00 left \(claimed) |"])
  }

  @Test func `a document and rows that both name a claim may be one credit, and count once`() throws
  {
    var document = try note("C", "4.32", gross: "4.58")
    document.words = ["F-1"]
    let claims = [try claimOfRDS("F-1", "4.32")]
    let credits = [document, try rows("4.32", naming: "F-1")]
    #expect(
      try matched(claims, credits)
        == ["credited 4.32 left 0.00 rows:2026-07//20/AmazonRDS/Refund/F-1|ubl:C"])
    // Also what an older program counted twice, and where more was claimed than one of them gives back.
    let known: [Text: Set<Text>] = ["F-1": Set(credits.map(\.name))]
    #expect(try matched(claims, credits, known: known)[0].hasPrefix("credited 4.32 left 0.00"))
    #expect(
      try matched([claimOfRDS("F-1", "9")], credits)
        == ["credited in part 4.32 left 4.68 rows:2026-07//20/AmazonRDS/Refund/F-1|ubl:C"])
    #expect(
      try matched([claimOfRDS("F-1", "9")], [document, rows("1", naming: "F-1")])[0]
        .hasPrefix("credited in part 5.32 left 3.68"))
  }

  // 5.00 − 4.01, since 4.0032 could be asked for as 4.00; 4.005 as 4.01.
  @Test(arguments: [("4.0032", "5", "0.9968"), ("4.005", "4.01", "0.00"), ("4", "4", "0.00")])
  func `what comes back beyond the claim is a surplus`(
    _ claimed: String, _ credit: String, _ surplus: String
  ) throws {
    var named = try note("C", credit)
    named.words = ["F-1"]
    let disputes = try DisputeMatching([claim("F-1", claimed)], [named]).result
    #expect(disputes.map { "\($0.surplus)" } == [surplus])
  }

  @Test func `parts are counted where they name the invoice of one claim`() throws {
    let credits = [
      try note("C", "4", corrects: ["I1"]), try note("D", "5", corrects: ["I1"]),
    ]
    #expect(
      try matched([claim("F-1", "10", invoice: "I1")], credits)
        == ["credited in part 9.00 left 1.00 ubl:C+ubl:D|"])
    #expect(
      try matched([claim("F-1", "10", invoice: "I1")], [note("C", "4")]) == [
        "sent 0.00 left 10.00 |"
      ])
    #expect(
      try matched([claim("F-1", "10", invoice: "I1"), claim("F-2", "9", invoice: "I1")], credits)
        == ["sent 0.00 left 10.00 |ubl:C+ubl:D", "sent 0.00 left 9.00 |ubl:C+ubl:D"])
  }

  @Test func `what an earlier night counted stays while it is there`() throws {
    let claims = [try claim("F-1", "10"), try claim("F-2", "10")]
    #expect(
      try matched(claims, [note("C", "10")], known: ["F-2": ["ubl:C", "ubl:gone"]])
        == ["sent 0.00 left 10.00 |", "credited 10.00 left 0.00 ubl:C|"])
  }

  /// Neither claim has its amount, and the refund names no invoice: only what was counted tells.
  @Test func `what an earlier program counted under another name stays`() throws {
    let claims = [try claim("F-1", "20"), try claim("F-2", "10")]
    var rows = try note("C", "4")
    rows.earlierName = "rows:2026-07/Refund"
    #expect(
      try matched(claims, [rows], known: ["F-1": [rows.earlierName]])
        == ["credited in part 4.00 left 16.00 ubl:C|", "sent 0.00 left 10.00 |"])
    // Of two payers that shared the name it is the claim's; of two credits of one payer neither is known.
    var other = rows
    (other.name, other.billingAccountID) = ("ubl:D", "2")
    let known: [Text: Set<Text>] = ["F-1": ["rows:2026-07/Refund"]]
    #expect(
      try matched(claims, [rows, other], known: known)
        == ["credited in part 4.00 left 16.00 ubl:C|", "sent 0.00 left 10.00 |"])
    other.billingAccountID = "1"
    #expect(
      try matched(claims, [rows, other], known: known)
        == ["sent 0.00 left 20.00 |", "sent 0.00 left 10.00 |"])
  }

  @Test
  func `a refused claim keeps what did not come back, and one that is paid after all is credited`()
    throws
  {
    var claim = try claim("F-1", "10")
    claim.status = .refused
    #expect(try matched([claim], []) == ["refused 0.00 left 10.00 |"])
    var named = try note("C", "10")
    named.words = ["F-1"]
    #expect(try matched([claim], [named]) == ["credited 10.00 left 0.00 ubl:C|"])
  }
}
