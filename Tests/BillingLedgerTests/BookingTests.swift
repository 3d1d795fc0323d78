import BillingLedger
import BillingModel
import ExactNumbers
import GRDB
import Testing

@Suite struct BookingTests {
  let file = LedgerFile()

  private func booking(
    payer: Text = "100000000001", _ month: String = "2026-04", version: Text = "v1"
  ) throws -> Booking {
    var random = RandomBooking(seed: 11)
    var booking = try random.booking(rows: 4)
    booking.billingAccountID = payer
    booking.billingPeriod = period(month)
    for index in booking.contents.usage.indices {
      booking.contents.usage[index].billingPeriod = booking.billingPeriod
      booking.contents.usage[index].series.key.billingAccountID = payer
    }
    booking.version = version
    return booking
  }

  private func add(
    _ booking: Booking, as role: BookingRole = .booked, changing changes: [RoleChange] = [],
    to ledger: Ledger
  ) throws {
    var night = night()
    night.roleChanges = changes
    night.bookings = [NewBooking(booking: booking, role: role, files: ["bb", "aa", "bb"])]
    try ledger.record(night)
  }

  @Test(arguments: 1...20) func `a booking comes back equal, whatever it holds`(seed: Int) throws {
    var random = RandomBooking(seed: UInt64(seed))
    let booking = try random.booking(rows: 40)
    do { try add(booking, as: .shadow, to: file.open()) }
    let ledger = try file.open()
    let id = try #require(try ledger.bookings().first).id
    #expect(try ledger.booking(id) == booking, "seed \(seed)")
  }

  @Test func `a header tells a version from the others`() throws {
    let ledger = try file.open()
    let booking = try booking()
    try add(booking, as: .shadow, to: ledger)
    #expect(
      try ledger.bookings() == [
        BookingHeader(
          id: 1, delivery: booking.delivery, role: .shadow, billingAccountID: "100000000001",
          billingPeriod: period("2026-04"),
          exportName: booking.exportName, format: booking.format, version: "v1",
          versionDay: booking.versionDay, files: ["aa", "bb"])
      ])
  }

  @Test func `deliveries are numbered on`() throws {
    let ledger = try file.open()
    #expect(try ledger.nextDelivery() == 1)
    var booking = try booking()
    booking.delivery = 41
    try add(booking, to: ledger)
    #expect(try ledger.nextDelivery() == 42)
  }

  @Test func `a payer's period is booked once`() throws {
    let ledger = try file.open()
    try add(booking(), to: ledger)
    let fault = #expect(throws: LedgerFault.self) { try add(booking(), to: ledger) }
    #expect(fault?.kind == .refused)
    try add(booking(), as: .shadow, to: ledger)
    try add(booking(payer: "2"), to: ledger)
    try add(booking("2026-05"), to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.booked, .shadow, .booked, .booked])
  }

  @Test func `a replaced version is kept whole, a superseded one by its header`() throws {
    let ledger = try file.open()
    try add(booking(version: "v1"), to: ledger)
    try add(booking(version: "v2"), changing: [.init(booking: 1, role: .replaced)], to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.replaced, .booked])
    #expect(try ledger.booking(1) == booking(version: "v1"))

    try add(
      booking(version: "v3"),
      changing: [.init(booking: 2, role: .replaced), .init(booking: 1, role: .superseded)],
      to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.superseded, .replaced, .booked])
    #expect(try ledger.booking(2) == booking(version: "v2"))
    let fault = #expect(throws: LedgerFault.self) { try ledger.booking(1) }
    #expect(fault?.kind == .missing)
    for table in ["charge", "allocation", "usage_series"] {
      #expect(try file.answers("SELECT count(*) FROM \(table) WHERE booking = 1") == ["0"])
    }
  }

  @Test func `two exports can change places in one night`() throws {
    let ledger = try file.open()
    try add(booking(), to: ledger)
    try add(booking(version: "v2"), as: .shadow, to: ledger)
    try add(
      booking("2026-09"),
      changing: [.init(booking: 2, role: .booked), .init(booking: 1, role: .shadow)], to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.shadow, .booked, .booked])
  }

  @Test func `a version superseded in its own night leaves its header only`() throws {
    let ledger = try file.open()
    try add(booking(), as: .superseded, to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.superseded])
    #expect(try file.answers("SELECT count(*) FROM charge") == ["0"])
    #expect(throws: LedgerFault.self) { try ledger.booking(1) }
  }

  @Test func `a shadow can be superseded, and then changes no more`() throws {
    let ledger = try file.open()
    try add(booking(), as: .shadow, to: ledger)
    try add(
      booking(version: "v2"), as: .shadow, changing: [.init(booking: 1, role: .superseded)],
      to: ledger)
    #expect(try ledger.bookings().map(\.role) == [.superseded, .shadow])
    #expect(throws: LedgerFault.self) {
      try add(booking(), changing: [.init(booking: 1, role: .booked)], to: ledger)
    }
  }

  @Test func `a version that is not there is missing`() throws {
    let ledger = try file.open()
    let fault = #expect(throws: LedgerFault.self) { try ledger.booking(7) }
    #expect(fault?.kind == .missing)
    #expect(throws: LedgerFault.self) {
      try add(booking(), changing: [.init(booking: 7, role: .replaced)], to: ledger)
    }
    #expect(try ledger.bookings().isEmpty)
  }

  @Test func `a stored value out of its vocabulary is damage`() throws {
    do { try add(booking(), to: file.open()) }
    try file.database().write {
      try $0.execute(sql: "UPDATE charge SET billed = '1,5' WHERE position = 2")
    }
    let ledger = try file.open()
    let fault = #expect(throws: LedgerFault.self) { try ledger.booking(1) }
    #expect(fault?.kind == .damaged)
    #expect(
      fault?.message
        == "\(file.path): the ledger holds what cannot be read (the column amount holds a value that "
        + "cannot be read). Run `counterfoil rebuild`, which makes versions, sums and documents "
        + "again from archive/ and keeps decisions; if that does not help, restore a backup")
  }
}
