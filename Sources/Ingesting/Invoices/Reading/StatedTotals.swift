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

  /// What the rules about lines are checked on.
  struct Lines {
    var tax: Amount?
    var gross: Amount?
    var worstGross: WorstLine?
    var worstTax: WorstLine?
    var worstProduct: WorstLine?
    /// Rate → Σ of what a base of that rate takes in.
    var bases: [Amount: Amount]?
  }

  var currency: Text = ""
  var net: Amount?
  var tax: Amount?
  var gross: Amount?
  var grossRounding: Amount?
  var withheld: Amount?
  /// The gross total, also where it is worked out.
  var wholeGross: Amount?
  var payable: Amount?
  var prepaid: Amount?
  var rounding: Amount?
  var lineTotal: Amount?
  var allowanceTotal: Amount?
  var chargeTotal: Amount?
  var taxTotals: [TaxTotal] = []
  var allowances: [Allowance] = []
  var lineNetSum: Amount?
  var lines = Lines()
  /// Amounts that are spelled with too many decimals; nil where no amount was read.
  var decimals: [DecimalFault]?

  var statesTotals: Bool {
    [net, gross, payable, lineTotal, allowanceTotal, chargeTotal].contains { $0 != nil }
  }
}

/// An amount that is spelled with more decimals than EN 16931 allows.
struct DecimalFault {
  /// BT-109 …
  var term: Text
  /// The term with its place.
  var subject: Text
  var amount: Amount
}

extension Arithmetic {
  /// Each rule that the stated numbers allow to check, in the order of the rules.
  func checks(_ totals: StatedTotals) throws(AmountOverflow) -> [ArithmeticCheck] {
    switch self {
    case .en16931(let exceptions):
      try EN16931Checks(totals: totals, exceptions: exceptions).all()
    case .plain(let tolerance, let own):
      try PlainChecks(totals: totals, tolerance: tolerance, own: own).all()
    }
  }
}
