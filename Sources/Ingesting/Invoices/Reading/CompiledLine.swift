import BillingModel
import ExactNumbers

/// A rule for allowances and charges, ready for many.
struct CompiledAllowance: Sendable {
  var path: CompiledPath
  var isCharge: CompiledField
  var chargeMark: Text?
  var amount: CompiledField
  var percent: CompiledField?
  var isPerUnit: Bool

  init(_ rule: AllowanceRule, _ outline: Outline) {
    path = outline.compile(rule.path)
    isCharge = outline.compile(rule.isCharge)
    chargeMark = rule.chargeMark
    amount = outline.compile(rule.amount)
    percent = rule.percent.map(outline.compile)
    isPerUnit = rule.isPerUnit
  }

  func marksCharge(_ text: Text) -> Bool {
    chargeMark.map { text == $0 } ?? (text == "true" || text == "1")
  }
}

/// A dialect's line rule, ready for the many lines of a document.
final class CompiledLine: Sendable {
  let net: CompiledField
  let tax: CompiledField?
  let gross: CompiledField?
  let service: CompiledField?
  let account: CompiledField?
  let order: CompiledField?
  let quantity: CompiledField?
  let price: CompiledField?
  let baseQuantity: CompiledField?
  let rate: CompiledField?
  let allowance: CompiledAllowance?
  /// What quantity × price is held to.
  let productRule: ArithmeticRule

  init(_ rule: LineRule, _ outline: Outline, _ arithmetic: Arithmetic) {
    productRule = if case .en16931 = arithmetic { .peppolR120 } else { .lineProduct }
    net = outline.compile(rule.net)
    tax = rule.tax.map(outline.compile)
    gross = rule.gross.map(outline.compile)
    service = rule.service.map(outline.compile)
    account = rule.account.map(outline.compile)
    order = rule.order.map(outline.compile)
    quantity = rule.quantity.map(outline.compile)
    price = rule.price.map(outline.compile)
    baseQuantity = rule.baseQuantity.map(outline.compile)
    rate = rule.rate.map(outline.compile)
    allowance = rule.allowance.map { CompiledAllowance($0, outline) }
  }
}
