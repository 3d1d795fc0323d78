import BillingModel
import ExactNumbers

/// Who sells: the legal entity that issues the invoice.
struct Seller: Hashable {
  var legalEntity: String
  /// The name on a Chinese tax document; empty elsewhere.
  var chineseName = ""
  var billingEntity: String
  /// A fraction of the net; nil where the seller charges no tax.
  var vatRate: Amount?
  var taxID: String
  /// How its invoice ids begin, `YY` for the year; the month follows.
  var invoicePrefix: String
  /// Where it is paid; empty where its documents do not say.
  var bankAccount = ""

  func invoiceID(_ period: BillingPeriod) -> String {
    let month = (period.month < 10 ? "0" : "") + "\(period.month)"
    let parts = invoicePrefix.split(separator: "YY", omittingEmptySubsequences: false)
    return parts.joined(separator: "\(period.year % 100)") + month
  }

  static let inc = Seller(
    legalEntity: "Amazon Web Services, Inc.", billingEntity: "AWS", vatRate: nil,
    taxID: "", invoicePrefix: "19YY0417")
  static let emea = Seller(
    legalEntity: "Amazon Web Services EMEA SARL", billingEntity: "AWS", vatRate: "0.20",
    taxID: "LU00000000", invoicePrefix: "EUINFRYY-7701", bankAccount: "LU280019400644750000")
  static let sinnet = Seller(
    legalEntity: "Beijing Sinnet Technology Co., Ltd.", chineseName: "北京光环新网科技股份有限公司",
    billingEntity: "Beijing", vatRate: "0.06", taxID: "9111000000SAMPLE1X",
    invoicePrefix: "91YY0011")
  static let nwcd = Seller(
    legalEntity: "Ningxia Western Cloud Data Technology Co., Ltd.",
    chineseName: "宁夏西云数据科技有限公司", billingEntity: "Ningxia", vatRate: "0.06",
    taxID: "9164000000SAMPLE2X", invoicePrefix: "64YY0022")
}

/// One account of the group, and what its people say they use it for.
struct Account: Hashable {
  var id: String
  var name: String
  var businessUnit: String
  var owner: String
  var environment: String
  var application: String
  var costCenter: String
  var criticality: String
}

/// Who pays: one consolidated bill in one currency.
struct Payer {
  var id: String
  var name: String
  var currency: String
  var taxID: String
  var sellers: [Seller]
  var accounts: [Account]
  var streams: [UsageStream]
  /// Where support is charged, by seller.
  var supportAccounts: [Seller: String]
  var commitments: Commitments
}

/// Meridian Group: a global payer and a payer in China, and sixteen accounts as `pipelines/accounts.csv`
/// lists them. All of it is invented.
enum Company {
  static let global = Payer(
    id: "100000000001", name: "Meridian Group 子午集团", currency: "USD", taxID: "FR00000000000",
    sellers: [.inc, .emea],
    accounts: [
      Account(
        id: "200000000001", name: "Meridian Retail Europe", businessUnit: "Retail",
        owner: "julie.roux@meridian.example", environment: "prod", application: "boutique",
        costCenter: "CC-2100", criticality: "critical"),
      Account(
        id: "200000000002", name: "Meridian Retail Americas", businessUnit: "Retail",
        owner: "retail-us@meridian.example", environment: "prod", application: "storefront",
        costCenter: "CC-2110", criticality: "high"),
      Account(
        id: "200000000003", name: "Meridian Logistics", businessUnit: "Logistics",
        owner: "logistics-ops@meridian.example", environment: "prod", application: "routing",
        costCenter: "CC-2200", criticality: "high"),
      Account(
        id: "200000000004", name: "Meridian Payments", businessUnit: "Payments",
        owner: "payments@meridian.example", environment: "prod", application: "ledger",
        costCenter: "CC-2300", criticality: "critical"),
      Account(
        id: "200000000005", name: "Meridian Energy Trading", businessUnit: "Energy",
        owner: "emil.sousa@meridian.example", environment: "prod", application: "forecasts",
        costCenter: "CC-2400", criticality: "medium"),
      Account(
        id: "200000000006", name: "Meridian Media Studios", businessUnit: "Media",
        owner: "studios@meridian.example", environment: "prod", application: "streaming",
        costCenter: "CC-2500", criticality: "medium"),
      Account(
        id: "200000000007", name: "Meridian Health", businessUnit: "Health",
        owner: "hana.weber@meridian.example", environment: "prod", application: "records",
        costCenter: "CC-2600", criticality: "critical"),
      Account(
        id: "200000000008", name: "Meridian Data Platform", businessUnit: "Data",
        owner: "data-platform@meridian.example", environment: "prod", application: "lakehouse",
        costCenter: "CC-2700", criticality: "high"),
      Account(
        id: "200000000009", name: "Meridian Shared Services", businessUnit: "Platform",
        owner: "platform@meridian.example", environment: "shared", application: "gateway",
        costCenter: "CC-2800", criticality: "high"),
      Account(
        id: "200000000010", name: "Meridian Security", businessUnit: "Corporate",
        owner: "security@meridian.example", environment: "shared", application: "log-archive",
        costCenter: "CC-1010", criticality: "critical"),
      Account(
        id: "200000000011", name: "Meridian Quality Lab", businessUnit: "Platform",
        owner: "qa@meridian.example", environment: "test", application: "testbench",
        costCenter: "CC-2800", criticality: "low"),
      Account(
        id: "200000000012", name: "Meridian Sandbox", businessUnit: "Platform",
        owner: "goran.ilic@meridian.example", environment: "sandbox", application: "trials",
        costCenter: "CC-2810", criticality: "low"),
    ],
    streams: Streams.global, supportAccounts: [.inc: "200000000009", .emea: "200000000001"],
    commitments: .global)

  static let china = Payer(
    id: "300000000001", name: "子午集团（中国）", currency: "CNY", taxID: "9131000000SAMPLE0X",
    sellers: [.sinnet, .nwcd],
    accounts: [
      Account(
        id: "400000000001", name: "子午零售（北京）", businessUnit: "Retail",
        owner: "wang.fang@meridian.example", environment: "生产", application: "商城",
        costCenter: "CC-4100", criticality: "核心"),
      Account(
        id: "400000000002", name: "子午物流（宁夏）", businessUnit: "Logistics",
        owner: "li.wei@meridian.example", environment: "prod", application: "运单",
        costCenter: "CC-4200", criticality: "high"),
      Account(
        id: "400000000003", name: "子午支付科技", businessUnit: "Payments",
        owner: "支付运维", environment: "生产", application: "清算",
        costCenter: "CC-4300", criticality: "核心"),
      Account(
        id: "400000000004", name: "子午研发中心", businessUnit: "Platform",
        owner: "sun.lei@meridian.example", environment: "dev", application: "ci",
        costCenter: "CC-4400", criticality: "low"),
    ],
    streams: Streams.china, supportAccounts: [.sinnet: "400000000001", .nwcd: "400000000002"],
    commitments: .china)

  static let payers = [global, china]
}

extension Payer {
  func account(_ id: String) -> Account? { accounts.first { $0.id == id } }
}
