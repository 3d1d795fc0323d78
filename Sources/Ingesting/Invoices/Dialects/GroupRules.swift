package import BillingModel

/// The lines of a document.
package struct LineRule: Hashable, Sendable {
  /// From the document to each line.
  package var paths: [ElementPath]
  package var net: FieldRule
  package var tax: FieldRule?
  package var gross: FieldRule?
  package var service: FieldRule?
  package var account: FieldRule?
  package var order: FieldRule?
  /// One where it is not stated.
  package var quantity: FieldRule?
  package var price: FieldRule?
  /// How many units the price is for; one where it is not stated.
  package var baseQuantity: FieldRule?
  /// Of the tax, in per cent.
  package var rate: FieldRule?
  /// Allowances and charges of a line, which its net amount takes in.
  package var allowance: AllowanceRule?

  package init(paths: [ElementPath], net: FieldRule) {
    self.paths = paths
    self.net = net
  }
}

/// Tax totals, one for each currency, with their breakdown (EN 16931 BG-23).
package struct TaxTotalRule: Hashable, Sendable {
  package var path: ElementPath
  package var amount: FieldRule?
  package var currency: FieldRule?
  /// From the tax total to each row of its breakdown. A path from the root leads to rows that stand apart
  /// from the totals: they break down the one in the currency of the document.
  package var subtotal: ElementPath?
  package var category: FieldRule?
  package var rate: FieldRule?
  package var base: FieldRule?
  package var tax: FieldRule?
  /// What a base was rounded by beyond the lines of its rate.
  package var baseRounding: FieldRule?
  /// Amounts of the document, by rate, that bases take in beside the lines.
  package var addition: AdditionRule?

  package init(path: ElementPath) { self.path = path }
}

/// An amount that is taxed without being a line, such as the contribution to an Italian pension fund.
package struct AdditionRule: Hashable, Sendable {
  package var path: ElementPath
  package var rate: FieldRule
  package var amount: FieldRule

  package init(path: ElementPath, rate: FieldRule, amount: FieldRule) {
    self.path = path
    self.rate = rate
    self.amount = amount
  }
}

/// Allowances and charges of a document or line (EN 16931 BG-20, BG-21, BG-27, BG-28).
package struct AllowanceRule: Hashable, Sendable {
  package var path: ElementPath
  package var isCharge: FieldRule
  /// What marks a charge; `true` or `1` where it is not said. Anything else is an allowance.
  package var chargeMark: Text?
  package var amount: FieldRule
  /// Of the price, where no amount is stated (lines only).
  package var percent: FieldRule?
  /// The amount is one of each unit, not of the line.
  package var isPerUnit = false

  package init(path: ElementPath, isCharge: FieldRule, amount: FieldRule) {
    self.path = path
    self.isCharge = isCharge
    self.amount = amount
  }
}

/// The totals in another currency than that of the document.
package struct ConvertedRule: Hashable, Sendable {
  package var currency: FieldRule
  package var net: FieldRule?
  /// Where it is not stated, the tax total in that currency.
  package var tax: FieldRule?
  package var gross: FieldRule?
  package var exchangeRate: FieldRule?

  package init(currency: FieldRule) { self.currency = currency }
}
