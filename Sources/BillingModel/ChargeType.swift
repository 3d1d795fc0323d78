/// What a line item is: CUR's `LineItemType`, or FOCUS's `ChargeCategory`, in its own spelling.
package struct ChargeType: Hashable, Comparable, Sendable, Codable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let text: Text

  package init(_ text: Text) { self.text = text }
  package init(stringLiteral value: String) { self.text = Text(value) }

  package static func < (a: ChargeType, b: ChargeType) -> Bool { a.text < b.text }
  package var description: String { text.string }

  package init(from decoder: any Decoder) throws { self.text = try Text(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

/// The kinds of charge that reconciliation and rules tell apart.
package enum ChargeClass: String, Sendable, Hashable, CaseIterable, Codable {
  case usage, purchase, tax, credit, refund, discount, adjustment
  /// A type that no table knows: its money counts, and it is reported.
  case other
}

extension ChargeType {
  /// AWS CUR user guide, `lineItem/LineItemType`; FOCUS 1.0 and 1.2, `ChargeCategory`.
  private static let classes: [Text: ChargeClass] = [
    "Usage": .usage, "DiscountedUsage": .usage, "SavingsPlanCoveredUsage": .usage,
    "SavingsPlanNegation": .usage, "FlatRateSubscription": .usage,
    "Fee": .purchase, "RIFee": .purchase, "SavingsPlanUpfrontFee": .purchase,
    "SavingsPlanRecurringFee": .purchase, "Purchase": .purchase,
    "Tax": .tax, "Credit": .credit, "Refund": .refund, "Adjustment": .adjustment,
    "EdpDiscount": .discount, "PrivateRateDiscount": .discount, "BundledDiscount": .discount,
    "RiVolumeDiscount": .discount, "SppDiscount": .discount, "Discount": .discount,
  ]

  /// The types of some classes that the table knows, sorted.
  package static func known(as wanted: Set<ChargeClass>) -> [Text] {
    classes.filter { wanted.contains($0.value) }.map(\.key).sorted()
  }

  /// A type that ends in `Discount` is a discount row, whatever the programme is called.
  package var chargeClass: ChargeClass {
    if let known = Self.classes[text] { return known }
    return text.string.utf8.count > 8 && text.string.hasSuffix("Discount") ? .discount : .other
  }
}
