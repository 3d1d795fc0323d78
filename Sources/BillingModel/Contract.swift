package import ExactNumbers

/// What was agreed, from `pipelines/contract.yaml`. An absent fact makes the rules that need it
/// "not checked".
package struct Contract: Hashable, Sendable {
  /// A tax rate by seller and, where it differs, product. Empty texts match everything.
  package struct TaxRate: Hashable, Sendable {
    package var legalEntity: Text
    package var productCode: Text
    /// A fraction: 0.06 for 6 %.
    package var rate: Amount

    package init(legalEntity: Text, productCode: Text, rate: Amount) {
      self.legalEntity = legalEntity
      self.productCode = productCode
      self.rate = rate
    }
  }

  /// The currency that a payer is billed in.
  package struct Payer: Hashable, Sendable {
    package var billingAccountID: Text
    package var currency: CurrencyCode

    package init(billingAccountID: Text, currency: CurrencyCode) {
      self.billingAccountID = billingAccountID
      self.currency = currency
    }
  }

  package var taxRates: [TaxRate]?
  package var payers: [Payer]?
  /// Names that may stand in BillingEntity, InvoicingEntity and LegalEntity.
  package var billingEntities: Set<Text>?
  package var invoiceIssuers: Set<Text>?
  package var legalEntities: Set<Text>?

  package init() {}
}

/// One account of the organization.
package struct Account: Hashable, Sendable, Codable {
  package var id: Text
  package var name: Text
  /// Values for dimensions that hold for the whole account.
  package var dimensions: [Dimension: Text]

  package init(id: Text, name: Text, dimensions: [Dimension: Text]) {
    self.id = id
    self.name = name
    self.dimensions = dimensions
  }
}

/// The accounts of the organization; empty where no list was given.
package struct AccountDirectory: Hashable, Sendable {
  package let accounts: [Text: Account]

  package init(_ accounts: [Account]) {
    self.accounts = Dictionary(
      accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package subscript(id: Text) -> Account? { accounts[id] }
  package var isEmpty: Bool { accounts.isEmpty }
}
