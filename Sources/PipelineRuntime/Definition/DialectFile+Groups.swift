import BillingModel
import Ingesting

/// Where the parts stand that a document has many of.
extension DialectFile {
  func line(_ node: YAMLNode) -> LineRule? {
    let keys = [
      "at", "net", "tax", "gross", "service", "account", "order", "quantity", "price",
      "baseQuantity", "rate", "allowances",
    ]
    let values = node.mapping(keys, required: ["at", "net"])
    guard let at = values["at"], let net = values["net"].flatMap(rule) else { return nil }
    var line = LineRule(paths: paths(at), net: net)
    line.tax = values["tax"].flatMap(rule)
    line.gross = values["gross"].flatMap(rule)
    line.service = values["service"].flatMap(rule)
    line.account = values["account"].flatMap(rule)
    line.order = values["order"].flatMap(rule)
    line.quantity = values["quantity"].flatMap(rule)
    line.price = values["price"].flatMap(rule)
    line.baseQuantity = values["baseQuantity"].flatMap(rule)
    line.rate = values["rate"].flatMap(rule)
    line.allowance = values["allowances"].flatMap(lineAllowance)
    return line
  }

  func taxTotal(_ node: YAMLNode) -> TaxTotalRule? {
    let values = node.mapping(
      ["at", "amount", "currency", "rows", "additions"], required: ["at"])
    guard let at = values["at"].flatMap(path) else { return nil }
    var total = TaxTotalRule(path: at)
    total.amount = values["amount"].flatMap(rule)
    total.currency = values["currency"].flatMap(rule)
    total.addition = values["additions"].flatMap(addition)
    let rows = values["rows"]?.mapping(
      ["at", "category", "rate", "base", "tax", "baseRounding"], required: ["at"])
    total.subtotal = rows?["at"].flatMap(path)
    total.category = rows?["category"].flatMap(rule)
    total.rate = rows?["rate"].flatMap(rule)
    total.base = rows?["base"].flatMap(rule)
    total.tax = rows?["tax"].flatMap(rule)
    total.baseRounding = rows?["baseRounding"].flatMap(rule)
    return total
  }

  private func addition(_ node: YAMLNode) -> AdditionRule? {
    let keys = ["at", "rate", "amount"]
    let values = node.mapping(keys, required: keys)
    guard let at = values["at"].flatMap(path), let rate = values["rate"].flatMap(rule),
      let amount = values["amount"].flatMap(rule)
    else { return nil }
    return AdditionRule(path: at, rate: rate, amount: amount)
  }

  func allowance(_ node: YAMLNode) -> AllowanceRule? {
    allowance(node, ["at", "isCharge", "charge", "amount"])
  }

  private func lineAllowance(_ node: YAMLNode) -> AllowanceRule? {
    allowance(node, ["at", "isCharge", "charge", "amount", "percent", "perUnit"])
  }

  private func allowance(_ node: YAMLNode, _ keys: [String]) -> AllowanceRule? {
    let values = node.mapping(keys, required: ["at", "isCharge", "amount"])
    guard let at = values["at"].flatMap(path), let isCharge = values["isCharge"].flatMap(rule),
      let amount = values["amount"].flatMap(rule)
    else { return nil }
    var allowance = AllowanceRule(path: at, isCharge: isCharge, amount: amount)
    allowance.chargeMark = values["charge"]?.text().map { Text($0) }
    allowance.percent = values["percent"].flatMap(rule)
    allowance.isPerUnit = values["perUnit"]?.flag() ?? false
    return allowance
  }

  func converted(_ node: YAMLNode) -> ConvertedRule? {
    let values = node.mapping(
      ["currency", "net", "tax", "gross", "exchangeRate"], required: ["currency"])
    guard let currency = values["currency"].flatMap(rule) else { return nil }
    var converted = ConvertedRule(currency: currency)
    converted.net = values["net"].flatMap(rule)
    converted.tax = values["tax"].flatMap(rule)
    converted.gross = values["gross"].flatMap(rule)
    converted.exchangeRate = values["exchangeRate"].flatMap(rule)
    return converted
  }
}
