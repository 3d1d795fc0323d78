import BillingModel
import ExactNumbers

/// The books of the benchmark's month: what was charged so far, and the rows that close it so that each
/// invoice comes out in whole cents.
struct MonthClose {
  /// One product on one invoice, or in one taxed account.
  private struct Place: Hashable, Comparable {
    var number: Int
    var product: Product

    static func < (a: Self, b: Self) -> Bool {
      (a.number, a.product.code) < (b.number, b.product.code)
    }
  }

  /// A row of the close.
  struct Row {
    var account: Int
    var product: Product
    var type: String
    var usageType: String
    var description: String
    var cost: Amount
  }

  /// For each profile its invoice's and its account's entry, or nil where the seller charges no tax.
  private let entries: [(net: Int, base: Int?)]
  private let netPlaces: [Place]
  private let basePlaces: [Place]
  /// In steps of 10⁻¹⁸.
  private var nets: [Int128]
  private var bases: [Int128]

  init(_ table: ProfileTable) {
    // Each invoice has the fee of a reservation, even one that no profile is on.
    let ofReservations = BenchCompany.invoices.indices.map { Place(number: $0, product: .ec2) }
    let netPlaces = Set(
      ofReservations + Self.places(table) { BenchCompany.invoice(of: $0.account) }
    ).sorted()
    // Fees of the close go to the first account of their invoice.
    let taxed = BenchCompany.invoices.indices.filter {
      BenchCompany.invoices[$0].seller.vatRate != nil
    }
    let ofFees = netPlaces.filter { taxed.contains($0.number) }.map {
      Place(number: BenchCompany.invoices[$0.number].accounts.lowerBound, product: $0.product)
    }
    let ofUsage = Self.places(table) {
      taxed.contains(BenchCompany.invoice(of: $0.account)) ? $0.account : nil
    }
    let basePlaces = Set(ofFees + ofUsage).sorted()
    entries = table.profiles.map { profile in
      let (account, product) = (profile.account, profile.offer.product)
      let net = Place(number: BenchCompany.invoice(of: account), product: product)
      let base = Place(number: account, product: product)
      return (netPlaces.firstIndex(of: net) ?? 0, basePlaces.firstIndex(of: base))
    }
    self.netPlaces = netPlaces
    self.basePlaces = basePlaces
    nets = Array(repeating: 0, count: netPlaces.count)
    bases = Array(repeating: 0, count: basePlaces.count)
  }

  private static func places(
    _ table: ProfileTable, _ number: (UsageProfile) -> Int?
  ) -> [Place] {
    table.profiles.compactMap { profile in
      number(profile).map { Place(number: $0, product: profile.offer.product) }
    }
  }

  /// How many rows ``rows()`` will return.
  var rowCount: Int { BenchCompany.invoices.count + netPlaces.count + basePlaces.count }

  mutating func add(_ charge: RowWriter.Charge) {
    let units = Int128(charge.cost) * Self.scales[18 - charge.digits]
    let entry = entries[charge.profile]
    nets[entry.net] += units
    if let base = entry.base { bases[base] += units }
  }

  private static let scales: [Int128] = (0...18).map { digits in
    (0..<digits).reduce(1) { scale, _ in scale * 10 }
  }

  // MARK: Closing

  /// The fees of the reservations, a fee for each product that fills its net up to a multiple of 0.05,
  /// and the tax. Each adds to the books, which ``drafts(issued:)`` then reads.
  mutating func rows() throws(AmountOverflow) -> [Row] {
    var rows: [Row] = []
    for number in BenchCompany.invoices.indices { rows.append(try reservationFee(number)) }
    for index in netPlaces.indices { rows.append(try fee(index)) }
    return rows + (try taxes())
  }

  private mutating func book(_ row: Row) {
    let invoice = BenchCompany.invoice(of: row.account)
    let net = Place(number: invoice, product: row.product)
    if let index = netPlaces.firstIndex(of: net) { nets[index] += row.cost.units }
    let base = Place(number: row.account, product: row.product)
    if let index = basePlaces.firstIndex(of: base) { bases[index] += row.cost.units }
  }

  private mutating func reservationFee(_ invoice: Int) throws(AmountOverflow) -> Row {
    let hours = try Amount(BenchSettings.period.hourCount)
    let row = Row(
      account: BenchCompany.invoices[invoice].accounts.lowerBound, product: .ec2, type: "RIFee",
      usageType: "HeavyUsage:m5.large",
      description: "USD 0.039 hourly fee per Linux/UNIX (Amazon VPC), m5.large instance",
      cost: try hours.multiplied(by: "0.039"))
    book(row)
    return row
  }

  private mutating func fee(_ index: Int) throws(AmountOverflow) -> Row {
    let place = netPlaces[index]
    let step: Int128 = 50_000_000_000_000_000
    let missing = step - (nets[index] % step + step) % step
    let row = Row(
      account: BenchCompany.invoices[place.number].accounts.lowerBound, product: place.product,
      type: "Fee", usageType: "Fee:" + place.product.code,
      description: "Minimum fee of \(place.product.name)", cost: try Amount(units: missing))
    book(row)
    return row
  }

  /// The tax of each account and product in whole cents; the last takes what that leaves of a fifth of
  /// the invoice's net.
  private func taxes() throws(AmountOverflow) -> [Row] {
    var rows: [Row] = []
    for (place, base) in zip(basePlaces, bases) {
      let seller = BenchCompany.invoices[BenchCompany.invoice(of: place.number)].seller
      let exact = try Amount(units: base).multiplied(by: seller.vatRate ?? .zero)
      rows.append(
        Row(
          account: place.number, product: place.product, type: "Tax", usageType: "",
          description: "Tax for product code \(place.product.code)",
          cost: exact.rounded(toFractionDigits: 2, .halfAwayFromZero)))
    }
    for (number, invoice) in BenchCompany.invoices.enumerated() {
      guard let rate = invoice.seller.vatRate,
        let last = rows.lastIndex(where: { BenchCompany.invoice(of: $0.account) == number })
      else { continue }
      let taxed = try Amount.sum(
        rows.filter { BenchCompany.invoice(of: $0.account) == number }.map(\.cost))
      rows[last].cost = try rows[last].cost + (try net(number).multiplied(by: rate) - taxed)
    }
    return rows
  }

  private func net(_ invoice: Int) throws(AmountOverflow) -> Amount {
    try Amount(
      units: zip(netPlaces, nets).reduce(0) { $1.0.number == invoice ? $0 + $1.1 : $0 })
  }

  // MARK: Documents

  /// The invoices that fit, once the books are closed: a line for each product.
  func drafts(_ rows: [Row], issued: Day) throws(AmountOverflow) -> [InvoiceDraft] {
    var drafts: [InvoiceDraft] = []
    for (number, invoice) in BenchCompany.invoices.enumerated() {
      var lines: [InvoiceDraft.Line] = []
      for (place, net) in zip(netPlaces, nets) where place.number == number {
        let tax = rows.filter {
          $0.type == "Tax" && $0.product == place.product
            && BenchCompany.invoice(of: $0.account) == number
        }
        lines.append(
          InvoiceDraft.Line(
            service: place.product.name, net: try Amount(units: net),
            tax: try Amount.sum(tax.map(\.cost))))
      }
      drafts.append(
        InvoiceDraft(
          invoice.id, invoice.seller, BenchCompany.payer, BenchSettings.period, issued: issued,
          lines: lines))
    }
    return drafts
  }
}
