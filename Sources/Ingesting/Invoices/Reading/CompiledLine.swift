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

  init(_ rule: AllowanceRule, _ outline: Outline, from place: Int) {
    path = outline.compile(rule.path, from: place)
    let own = Int(path.end.place)
    isCharge = outline.compile(rule.isCharge, from: own)
    chargeMark = rule.chargeMark
    amount = outline.compile(rule.amount, from: own)
    percent = rule.percent.map { outline.compile($0, from: own) }
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

  /// What the texts of a line are made of: lines with the same values there have the same texts.
  let textPaths: [CompiledPath]
  /// Those of ``textPaths``.
  let textEnds: [CompiledPath.End]

  init(_ rule: LineRule, _ outline: Outline, _ place: Int, _ arithmetic: Arithmetic) {
    func compile(_ field: FieldRule?) -> CompiledField? {
      field.map { outline.compile($0, from: place) }
    }
    productRule = if case .en16931 = arithmetic { .peppolR120 } else { .lineProduct }
    net = outline.compile(rule.net, from: place)
    tax = compile(rule.tax)
    gross = compile(rule.gross)
    service = compile(rule.service)
    account = compile(rule.account)
    order = compile(rule.order)
    quantity = compile(rule.quantity)
    price = compile(rule.price)
    baseQuantity = compile(rule.baseQuantity)
    rate = compile(rule.rate)
    allowance = rule.allowance.map { CompiledAllowance($0, outline, from: place) }
    textPaths = [service, account, order].compactMap(\.self).flatMap { $0.parts + $0.paths }
    textEnds = textPaths.map(\.end)
  }
}
