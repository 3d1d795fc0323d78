import BillingModel
import ExactNumbers

/// Reads `contract.yaml`: what was agreed. A list that is absent leaves its rules unchecked.
struct ContractFile {
  static let keys = ["payers", "taxRates", "invoiceIssuers", "billingEntities", "legalEntities"]

  static func read(_ root: YAMLNode) -> Contract {
    let values = root.mapping(keys)
    var contract = Contract()
    contract.payers = values["payers"].map { unique($0.list(), payer) { [$0.billingAccountID] } }
    contract.taxRates = values["taxRates"].map {
      unique($0.list(), taxRate) { [$0.legalEntity, $0.productCode] }
    }
    contract.invoiceIssuers = values["invoiceIssuers"].map(names)
    contract.billingEntities = values["billingEntities"].map(names)
    contract.legalEntities = values["legalEntities"].map(names)
    return contract
  }

  /// Two entries for one thing cannot both be right.
  private static func unique<Entry>(
    _ nodes: [YAMLNode], _ read: (YAMLNode) -> Entry?, key: (Entry) -> [Text]
  ) -> [Entry] {
    var seen: Set<[Text]> = []
    var entries: [Entry] = []
    for node in nodes {
      guard let entry = read(node) else { continue }
      if !seen.insert(key(entry)).inserted { node.mistake("an entry above is for the same") }
      entries.append(entry)
    }
    return entries
  }

  private static func names(_ node: YAMLNode) -> Set<Text> { Set(node.texts().map { Text($0) }) }

  private static func payer(_ node: YAMLNode) -> Contract.Payer? {
    let values = node.mapping(["account", "currency"], required: ["account", "currency"])
    guard let accountNode = values["account"], let account = accountNode.text(),
      let currency = values["currency"]?.currency()
    else { return nil }
    if account.utf8.count != 12 || !account.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
      accountNode.mistake("an account id has 12 digits, not \"\(account)\"")
    }
    return Contract.Payer(billingAccountID: Text(account), currency: currency)
  }

  private static func taxRate(_ node: YAMLNode) -> Contract.TaxRate? {
    let values = node.mapping(
      ["legalEntity", "productCode", "rate"], required: ["legalEntity", "rate"])
    guard let rate = values["rate"]?.amount() else { return nil }
    if rate.isNegative || rate > .one {
      values["rate"]?.mistake("expected a fraction from 0 to 1, such as 0.06 for 6 %")
    }
    return Contract.TaxRate(
      legalEntity: Text(values["legalEntity"]?.text() ?? ""),
      productCode: Text(values["productCode"]?.text() ?? ""), rate: rate)
  }
}
