import BillingModel
import ExactNumbers

/// The keys of `contract.yaml` about prices: what may be charged, and how much.
extension ContractFile {
  static let termKeys = [
    "discounts", "privateRates", "credits", "support", "regions", "requiredTags",
  ]

  static func terms(_ values: [String: YAMLNode]) -> ContractTerms {
    var terms = ContractTerms()
    terms.discounts = values["discounts"].map { $0.list().compactMap(discount) }
    terms.privateRates = values["privateRates"].map { $0.list().compactMap(privateRate) }
    terms.credits = values["credits"].map {
      unique($0.list(), credit) { [$0.billingAccountID, $0.name] }
    }
    terms.support = values["support"].map { $0.list().compactMap(support) }
    terms.regions = values["regions"].map(names)
    terms.requiredTags = values["requiredTags"].map { $0.list().compactMap(requiredTag) }
    return terms
  }

  private static func requiredTag(_ node: YAMLNode) -> ContractTerms.RequiredTag? {
    let values = node.mapping(["dimension", "share"] + spanKeys, required: ["dimension", "share"])
    guard
      let dimension = values["dimension"]?.word(among: Dimension.allCases.map(\.rawValue))
        .flatMap(Dimension.init(rawValue:)),
      let share = values["share"].flatMap(share)
    else { return nil }
    return ContractTerms.RequiredTag(
      billingAccountID: payer(values), dimension: dimension, share: share, span: span(values))
  }

  private static let spanKeys = ["payer", "from", "to"]

  private static func discount(_ node: YAMLNode) -> ContractTerms.Discount? {
    let values = node.mapping(
      ["type", "rate", "products", "except"] + spanKeys, required: ["type", "rate"])
    guard let type = values["type"]?.text(), let rate = values["rate"].flatMap(share) else {
      return nil
    }
    if ChargeType(Text(type)).chargeClass != .discount {
      values["type"]?.mistake("a discount's rows have a type such as EdpDiscount, not \"\(type)\"")
    }
    return ContractTerms.Discount(
      billingAccountID: payer(values), type: ChargeType(Text(type)), rate: rate,
      products: values["products"].map(names) ?? [], except: values["except"].map(names) ?? [],
      span: span(values))
  }

  private static func privateRate(_ node: YAMLNode) -> ContractTerms.PrivateRate? {
    let values = node.mapping(
      ["usageType", "sku", "rate"] + spanKeys, required: ["usageType", "rate"])
    guard let usageType = values["usageType"]?.text(), let rate = values["rate"]?.amount() else {
      return nil
    }
    if rate.isNegative { values["rate"]?.mistake("a rate is not below zero") }
    return ContractTerms.PrivateRate(
      billingAccountID: payer(values), usageType: Text(usageType),
      skuID: Text(values["sku"]?.text() ?? ""), rate: rate, span: span(values))
  }

  private static func credit(_ node: YAMLNode) -> ContractTerms.Credit? {
    let values = node.mapping(
      ["name", "currency", "amount", "used", "products"] + spanKeys,
      required: ["name", "currency", "amount"])
    guard let name = values["name"]?.text(), let currency = values["currency"]?.currency(),
      let amount = values["amount"]?.amount()
    else { return nil }
    if name.isEmpty { values["name"]?.mistake("a credit's name is part of its description") }
    let used = values["used"]?.amount() ?? .zero
    if amount.isNegative || used.isNegative {
      node.mistake("what was granted and used is written without a sign")
    }
    return ContractTerms.Credit(
      billingAccountID: payer(values), name: Text(name), currency: currency, amount: amount,
      used: used, products: values["products"].map(names) ?? [], span: span(values))
  }

  private static func support(_ node: YAMLNode) -> ContractTerms.Support? {
    let values = node.mapping(
      ["seller", "products", "basis", "minimum", "tiers", "tolerance"] + spanKeys,
      required: ["products", "tiers"])
    guard let products = values["products"].map(names) else { return nil }
    let basis = values["basis"]?.word(among: ContractTerms.Support.Basis.allCases.map(\.rawValue))
      .flatMap(ContractTerms.Support.Basis.init(rawValue:))
    return ContractTerms.Support(
      billingAccountID: payer(values), legalEntity: Text(values["seller"]?.text() ?? ""),
      products: products, basis: basis ?? .monthBefore,
      minimum: values["minimum"]?.amount() ?? .zero, tiers: values["tiers"].map(tiers) ?? [],
      tolerance: values["tolerance"]?.amount() ?? .cent, span: span(values))
  }

  /// Each tier ends above the one before; only the last may be open.
  private static func tiers(_ node: YAMLNode) -> [ContractTerms.Support.Tier] {
    var tiers: [ContractTerms.Support.Tier] = []
    for item in node.list() {
      let values = item.mapping(["upTo", "rate"], required: ["rate"])
      guard let rate = values["rate"].flatMap(share) else { continue }
      let upTo = values["upTo"]?.amount()
      if let last = tiers.last {
        if last.upTo == nil {
          item.mistake("a tier without \"upTo\" is the last")
        } else if let upTo, let below = last.upTo, upTo <= below {
          values["upTo"]?.mistake("expected more than \(below), where the tier before ends")
        }
      }
      tiers.append(ContractTerms.Support.Tier(upTo: upTo, rate: rate))
    }
    return tiers
  }

  private static func share(_ node: YAMLNode) -> Amount? {
    guard let share = node.amount() else { return nil }
    if share.isNegative || share > .one {
      node.mistake("expected a fraction from 0 to 1, such as 0.09 for 9 %")
    }
    return share
  }

  private static func payer(_ values: [String: YAMLNode]) -> Text {
    values["payer"].flatMap(account) ?? ""
  }

  private static func span(_ values: [String: YAMLNode]) -> ContractTerms.Span {
    let span = ContractTerms.Span(from: day(values["from"]), to: day(values["to"]))
    if let from = span.from, let to = span.to, to < from {
      values["to"]?.mistake("the last day, \(to), is before the first, \(from)")
    }
    return span
  }

  private static func day(_ node: YAMLNode?) -> Day? {
    guard let node, let text = node.text() else { return nil }
    guard let day = Day(text) else {
      node.mistake("expected a day such as 2026-01-31, not \"\(text)\"")
      return nil
    }
    return day
  }
}

extension Amount {
  /// 0.01, the smallest step of most currencies.
  fileprivate static var cent: Amount {
    do {
      return try Amount(units: 10_000_000_000_000_000)
    } catch {
      preconditionFailure("a cent is in range")
    }
  }
}
