import BillingModel
import ExactNumbers

/// Reads `contract.yaml`: what was agreed. A list that is absent leaves its rules unchecked.
struct ContractFile {
  static let keys =
    [
      "payers", "taxRates", "sellers", "buyers", "purchaseOrders", "invoiceIssuers",
      "billingEntities", "legalEntities",
    ] + termKeys

  static func read(_ root: YAMLNode) -> Contract {
    let values = root.mapping(keys)
    var contract = Contract()
    contract.payers = values["payers"].map { unique($0.list(), payer) { [$0.billingAccountID] } }
    contract.taxRates = values["taxRates"].map {
      unique($0.list(), taxRate) { [$0.legalEntity, $0.productCode] }
    }
    contract.sellers = values["sellers"].map { unique($0.list(), seller) { [$0.name] } }
    contract.buyers = values["buyers"].map { unique($0.list(), buyer) { [$0.name, $0.taxID] } }
    contract.purchaseOrders = values["purchaseOrders"].map {
      unique($0.list(), purchaseOrder) { [$0.number] }
    }
    contract.invoiceIssuers = values["invoiceIssuers"].map(names)
    contract.billingEntities = values["billingEntities"].map(names)
    contract.legalEntities = values["legalEntities"].map(names)
    contract.terms = terms(values)
    return contract
  }

  /// Two entries for one thing cannot both be right.
  static func unique<Entry>(
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

  static func names(_ node: YAMLNode) -> Set<Text> { Set(node.texts().map { Text($0) }) }

  private static func payer(_ node: YAMLNode) -> Contract.Payer? {
    let values = node.mapping(["account", "currency"], required: ["account", "currency"])
    guard let account = values["account"].flatMap(account),
      let currency = values["currency"]?.currency()
    else { return nil }
    return Contract.Payer(billingAccountID: account, currency: currency)
  }

  static func account(_ node: YAMLNode) -> Text? {
    guard let account = node.text() else { return nil }
    if account.utf8.count != 12 || !account.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
      node.mistake("an account id has 12 digits, not \"\(account)\"")
    }
    return Text(account)
  }

  private static func seller(_ node: YAMLNode) -> Contract.Seller? {
    let values = node.mapping(["name", "taxID", "bankAccounts"], required: ["name"])
    guard let name = values["name"]?.text() else { return nil }
    let accounts = values["bankAccounts"]?.texts() ?? []
    return Contract.Seller(
      name: Text(name), taxID: Text(values["taxID"]?.text() ?? ""),
      bankAccounts: Set(accounts.map { Text($0.filter { $0 != " " }) }))
  }

  private static func buyer(_ node: YAMLNode) -> Contract.Buyer? {
    let values = node.mapping(["name", "taxID", "payers"], required: ["name", "taxID"])
    guard let name = values["name"]?.text(), let taxID = values["taxID"]?.text() else { return nil }
    return Contract.Buyer(
      name: Text(name), taxID: Text(taxID),
      payers: Set((values["payers"]?.list() ?? []).compactMap(account)))
  }

  private static func purchaseOrder(_ node: YAMLNode) -> Contract.PurchaseOrder? {
    let values = node.mapping(["number", "payer", "seller"], required: ["number"])
    guard let number = values["number"]?.text() else { return nil }
    return Contract.PurchaseOrder(
      number: Text(number), billingAccountID: values["payer"].flatMap(account) ?? "",
      seller: Text(values["seller"]?.text() ?? ""))
  }

  private static func taxRate(_ node: YAMLNode) -> Contract.TaxRate? {
    let values = node.mapping(
      ["legalEntity", "productCode", "rate", "charged"], required: ["legalEntity", "rate"])
    guard let rate = values["rate"]?.amount() else { return nil }
    if rate.isNegative || rate > .one {
      values["rate"]?.mistake("expected a fraction from 0 to 1, such as 0.06 for 6 %")
    }
    let charged = values["charged"]?.word(among: Contract.ChargedTax.allCases.map(\.rawValue))
      .flatMap(Contract.ChargedTax.init(rawValue:))
    return Contract.TaxRate(
      legalEntity: Text(values["legalEntity"]?.text() ?? ""),
      productCode: Text(values["productCode"]?.text() ?? ""), rate: rate,
      charged: charged ?? .rows)
  }
}
