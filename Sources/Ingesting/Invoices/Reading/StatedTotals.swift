import BillingModel
import ExactNumbers

/// The numbers of a document that its arithmetic is checked on; nil is what it does not state.
struct StatedTotals {
  struct TaxTotal {
    var amount: Amount?
    var currency: Text = ""
    var subtotals: [TaxSubtotal] = []
  }

  struct Allowance {
    var isCharge: Bool
    var amount: Amount
  }

  var currency: Text = ""
  var net: Amount?
  var tax: Amount?
  var gross: Amount?
  var payable: Amount?
  var prepaid: Amount?
  var rounding: Amount?
  var lineTotal: Amount?
  var allowanceTotal: Amount?
  var chargeTotal: Amount?
  var taxTotals: [TaxTotal] = []
  var allowances: [Allowance] = []
  var lineNetSum: Amount?
  var worstLine: LineSums.Totals?

  var statesTotals: Bool {
    [net, gross, payable, lineTotal, allowanceTotal, chargeTotal].contains { $0 != nil }
  }
}

extension Arithmetic {
  /// Each rule that the stated numbers allow to check, in the order of the rules.
  func checks(_ totals: StatedTotals) throws(AmountOverflow) -> [ArithmeticCheck] {
    switch self {
    case .en16931(let exceptions):
      try EN16931Checks(totals: totals, exceptions: exceptions).all()
    case .plain(let tolerance): try PlainChecks(totals: totals, tolerance: tolerance).all()
    }
  }
}
