import BillingModel
import ExactNumbers

/// Who pays in the benchmark: one payer in USD, forty accounts, three invoices by two sellers.
enum BenchCompany {
  /// One of the month's invoices, and the accounts on it.
  struct Invoice {
    var id: String
    var seller: Seller
    var accounts: Range<Int>
  }

  static let invoices = [
    Invoice(id: "1926041703", seller: .inc, accounts: 0..<16),
    Invoice(id: "1926041811", seller: .inc, accounts: 16..<28),
    Invoice(id: "EUINFR26-880103", seller: .emea, accounts: 28..<40),
  ]

  static let payer = Payer(
    id: "500000000001", name: "Meridian Bench 子午集团", currency: "USD", taxID: "FR00000000001",
    sellers: [.inc, .emea],
    accounts: (0..<40).map { number in
      let like = Company.global.accounts[number % Company.global.accounts.count]
      var account = like
      account.id = "6000000000" + (number < 9 ? "0" : "") + "\(number + 1)"
      account.name = like.name + " \(number + 1)"
      return account
    },
    streams: [], supportAccounts: [:], commitments: .global)

  static func invoice(of account: Int) -> Int {
    invoices.firstIndex { $0.accounts.contains(account) } ?? 0
  }

  static let planARN =
    "arn:aws:savingsplans::\(payer.accounts[0].id):savingsplan/5ca1ab1e-0000-4000-8000-000000000001"

  static func reservationARN(_ invoice: Int) -> String {
    Streams.arn(
      .virginia, "ec2", payer.accounts[invoices[invoice].accounts.lowerBound].id,
      "reserved-instances/7e5e7ved-0000-4000-8000-00000000000\(invoice)")
  }

  // MARK: Tags

  private static let applications = [
    "boutique", "storefront", "routing", "ledger", "forecasts", "streaming", "records", "lakehouse",
    "gateway", "log-archive", "ml, research", "商城", "清算", "zürich-core",
  ]
  private static let units = [
    "Retail", "Logistics", "Payments", "Energy", "Media", "Health", "Data", "Platform", "零售",
    "Größe & Co",
  ]
  private static let owners = [
    "julie.roux@meridian.example", "retail-us@meridian.example", "payments@meridian.example",
    "hana.weber@meridian.example", "Smith, Jane", "支付运维", "wang.fang@meridian.example",
  ]

  /// The tags of one resource as its team typed them, in the order of ``ExportColumns/tagKeys`` and
  /// then of the further ones.
  static func tags(_ count: Int, _ chance: inout SplitMix64) -> [String] {
    guard chance.number(1...100) > 8 else { return Array(repeating: "", count: count) }
    let values = [
      pick(applications, &chance) + "-\(chance.number(1...400))", pick(units, &chance),
      "CC-\(2000 + 10 * chance.number(0...60))",
      pick(["critical", "high", "medium", "low", "核心"], &chance),
      pick(["prod", "prod", "prod", "test", "dev", "sandbox", "生产"], &chance),
      pick(owners, &chance),
    ]
    return (0..<count).map { number in
      guard number < values.count else { return "value \(chance.number(1...9))" }
      return spelled(values[number], &chance)
    }
  }

  private static func pick(_ values: [String], _ chance: inout SplitMix64) -> String {
    values[chance.number(0...values.count - 1)]
  }

  /// Case and trailing spaces differ from team to team; some forget a tag.
  private static func spelled(_ value: String, _ chance: inout SplitMix64) -> String {
    switch chance.number(0...19) {
    case 0, 1: value.uppercased()
    case 2: value.uppercased() + " "
    case 3: value + " "
    case 4: value.lowercased()
    case 5: ""
    default: value
    }
  }
}
