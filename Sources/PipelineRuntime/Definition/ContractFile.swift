import BillingModel
import ExactNumbers

/// Reads `contract.yaml`: what was agreed. A list that is absent leaves its rules unchecked.
struct ContractFile {
  static let keys = ["payers", "taxRates", "invoiceIssuers", "billingEntities", "legalEntities"]

  static func read(_ root: YAMLNode) -> Contract {
    let values = root.mapping(keys)
    var contract = Contract()
    contract.payers = values["payers"]?.list().compactMap(payer)
    contract.taxRates = values["taxRates"]?.list().compactMap(taxRate)
    contract.invoiceIssuers = values["invoiceIssuers"].map(names)
    contract.billingEntities = values["billingEntities"].map(names)
    contract.legalEntities = values["legalEntities"].map(names)
    return contract
  }

  private static func names(_ node: YAMLNode) -> Set<Text> { Set(node.texts().map { Text($0) }) }

  private static func payer(_ node: YAMLNode) -> Contract.Payer? {
    let values = node.mapping(["account", "currency"], required: ["account", "currency"])
    guard let account = values["account"]?.text(), let node = values["currency"],
      let currency = node.text()
    else { return nil }
    let code = CurrencyCode(Text(currency))
    if !code.isWellFormed {
      node.mistake("expected an ISO 4217 code such as USD, not \"\(currency)\"")
    }
    return Contract.Payer(billingAccountID: Text(account), currency: code)
  }

  private static func taxRate(_ node: YAMLNode) -> Contract.TaxRate? {
    let values = node.mapping(["legalEntity", "productCode", "rate"], required: ["rate"])
    guard let rate = values["rate"]?.amount() else { return nil }
    if rate.isNegative || rate > .one {
      values["rate"]?.mistake("expected a fraction from 0 to 1, such as 0.06 for 6 %")
    }
    return Contract.TaxRate(
      legalEntity: Text(values["legalEntity"]?.text() ?? ""),
      productCode: Text(values["productCode"]?.text() ?? ""), rate: rate)
  }
}
