package import ExactNumbers

/// What was agreed, from `pipelines/contract.yaml`. An absent fact makes the rules that need it
/// "not checked".
package struct Contract: Hashable, Sendable {
  /// Where the tax of a seller stands in the export.
  package enum ChargedTax: String, Hashable, Sendable, CaseIterable {
    /// In rows of its own, of type Tax.
    case rows
    /// Nowhere: costs are without tax, and the invoice adds it.
    case exclusive
    /// In the costs themselves.
    case inclusive
  }

  /// A tax rate by seller and, where it differs, product. Empty texts match everything.
  package struct TaxRate: Hashable, Sendable {
    package var legalEntity: Text
    package var productCode: Text
    /// A fraction: 0.06 for 6 %.
    package var rate: Amount
    package var charged: ChargedTax

    package init(
      legalEntity: Text, productCode: Text, rate: Amount, charged: ChargedTax = .rows
    ) {
      self.legalEntity = legalEntity
      self.productCode = productCode
      self.rate = rate
      self.charged = charged
    }
  }

  /// A seller whose invoices are expected, as they should name it.
  package struct Seller: Hashable, Sendable {
    package var name: Text
    package var taxID: Text
    /// Without spaces; empty where none was agreed.
    package var bankAccounts: Set<Text>

    package init(name: Text, taxID: Text, bankAccounts: Set<Text>) {
      self.name = name
      self.taxID = taxID
      self.bankAccounts = bankAccounts
    }
  }

  /// The company, or a part of it, as invoices to it should name it.
  package struct Buyer: Hashable, Sendable {
    package var name: Text
    package var taxID: Text
    /// The payers that it stands behind; empty for all.
    package var payers: Set<Text>

    package init(name: Text, taxID: Text, payers: Set<Text>) {
      self.name = name
      self.taxID = taxID
      self.payers = payers
    }
  }

  /// An order that invoices may refer to.
  package struct PurchaseOrder: Hashable, Sendable {
    package var number: Text
    /// Whose charges are ordered by it; empty for any payer.
    package var billingAccountID: Text
    /// Who may invoice it; empty for anyone.
    package var seller: Text

    package init(number: Text, billingAccountID: Text, seller: Text) {
      self.number = number
      self.billingAccountID = billingAccountID
      self.seller = seller
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
  package var sellers: [Seller]?
  package var buyers: [Buyer]?
  package var purchaseOrders: [PurchaseOrder]?
  package var payers: [Payer]?
  /// Names that may stand in BillingEntity, InvoicingEntity and LegalEntity.
  package var billingEntities: Set<Text>?
  package var invoiceIssuers: Set<Text>?
  package var legalEntities: Set<Text>?
  package var terms = ContractTerms()

  package init() {}
}

/// One account of the organization.
package struct Account: Hashable, Sendable, Codable {
  package var id: Text
  package var name: Text
  /// Values for dimensions that hold for the whole account.
  package var dimensions: [Dimension: Text]
  /// The path of the organizational unit that it lies in, with `/` between units; empty where not known.
  package var unit: Text

  package init(id: Text, name: Text, dimensions: [Dimension: Text], unit: Text = "") {
    self.id = id
    self.name = name
    self.dimensions = dimensions
    self.unit = unit
  }
}

/// The accounts of the organization; empty where no list was given.
package struct AccountDirectory: Hashable, Sendable {
  package let accounts: [Text: Account]
  /// Values that hold for all accounts of an organizational unit, by its path.
  package let units: [Text: [Dimension: Text]]

  package init(_ accounts: [Account], units: [Text: [Dimension: Text]] = [:]) {
    self.accounts = Dictionary(
      accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.units = units
  }

  package subscript(id: Text) -> Account? { accounts[id] }
  package var isEmpty: Bool { accounts.isEmpty }

  /// The units that an account lies in, the nearest first: `Shop/Online/Prod`, `Shop/Online`, `Shop`.
  package func units(of id: Text) -> [Text] {
    let parts = (accounts[id]?.unit.string ?? "").split(separator: "/")
    return parts.indices.reversed().map { Text(parts[...$0].joined(separator: "/")) }
  }
}
