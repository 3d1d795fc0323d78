/// The agreed rates, looked up by seller and product: the most specific entry holds.
package struct TaxRates: Sendable {
  private var entries: [[Text]: Contract.TaxRate] = [:]

  package init(_ agreed: [Contract.TaxRate]) {
    for entry in agreed { entries[[entry.legalEntity, entry.productCode]] = entry }
  }

  package func entry(_ entity: Text, _ product: Text) -> Contract.TaxRate? {
    entries[[entity, product]] ?? entries[[entity, ""]] ?? entries[["", product]]
      ?? entries[["", ""]]
  }

  package var isEmpty: Bool { entries.isEmpty }
}
