import BillingModel
import ExactNumbers
import Testing

@Suite struct FileTallyTests {
  private func totals(_ rows: Int, _ costs: (String, CurrencyCode)...) throws -> ControlTotals {
    var totals = ControlTotals()
    totals.rows = rows
    for (text, currency) in costs { try totals.cost.add(Amount(parsing: text), currency) }
    return totals
  }

  private func tally(
    read: ControlTotals, kept: ControlTotals, rejected: ControlTotals
  ) -> FileTally {
    var tally = FileTally(file: "may.csv.gz", sha256: "", format: .cur2)
    (tally.read, tally.kept, tally.rejected) = (read, kept, rejected)
    return tally
  }

  @Test func `a file balances if rows and money read are kept or rejected`() throws {
    let tally = tally(
      read: try totals(3, ("10", "USD"), ("5", "CNY")), kept: try totals(2, ("10", "USD")),
      rejected: try totals(1, ("5", "CNY")))
    #expect(tally.balances)
  }

  @Test func `an empty file balances`() {
    #expect(FileTally(file: "", sha256: "", format: .legacy).balances)
  }

  @Test func `a currency whose costs cancel balances with none`() throws {
    let tally = tally(
      read: try totals(2, ("1", "USD"), ("-1", "USD")), kept: try totals(2), rejected: try totals(0)
    )
    #expect(tally.balances)
  }

  @Test func `a lost row, lost money or another currency is out of balance`() throws {
    let read = try totals(3, ("10", "USD"))
    let none = try totals(0)
    #expect(!tally(read: read, kept: try totals(2, ("10", "USD")), rejected: none).balances)
    #expect(
      !tally(
        read: read, kept: try totals(3, ("9.999999999999999999", "USD")), rejected: none
      ).balances)
    #expect(!tally(read: read, kept: try totals(3, ("10", "CNY")), rejected: none).balances)
    #expect(
      !tally(read: read, kept: try totals(3, ("10", "USD"), ("1", "EUR")), rejected: none).balances)
    #expect(!tally(read: read, kept: try totals(3), rejected: none).balances)
    #expect(!tally(read: none, kept: none, rejected: try totals(1)).balances)
  }

  @Test func `sums beyond the range are out of balance`() throws {
    let most = try totals(1, ("99999999999999999999", "USD"))
    #expect(!tally(read: most, kept: most, rejected: most).balances)
  }
}
