package import ExactNumbers

/// What was agreed about prices: discounts, private rates, credits, support, and where to run. An absent
/// list makes the rules that need it "not checked".
package struct ContractTerms: Hashable, Sendable {
  /// The days on which something holds, both included; open where no day is given.
  package struct Span: Hashable, Sendable {
    package var from: Day?
    package var to: Day?

    package init(from: Day? = nil, to: Day? = nil) {
      self.from = from
      self.to = to
    }

    package func contains(_ day: Day) -> Bool {
      (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }

    /// Whether every day of the period is one.
    package func covers(_ period: BillingPeriod) -> Bool {
      contains(period.firstDay) && contains(period.lastDay)
    }

    package func touches(_ period: BillingPeriod) -> Bool {
      (from.map { $0 <= period.lastDay } ?? true) && (to.map { period.firstDay <= $0 } ?? true)
    }
  }

  /// A discount on all that a payer is charged, or on some products of it.
  package struct Discount: Hashable, Sendable {
    /// Empty for all payers.
    package var billingAccountID: Text
    /// The type of the rows that grant it, such as `EdpDiscount`.
    package var type: ChargeType
    /// A fraction: 0.09 for 9 %.
    package var rate: Amount
    /// Product codes; empty for all but those of ``except``.
    package var products: Set<Text>
    package var except: Set<Text>
    package var span: Span

    package init(
      billingAccountID: Text, type: ChargeType, rate: Amount, products: Set<Text>,
      except: Set<Text>, span: Span
    ) {
      self.billingAccountID = billingAccountID
      self.type = type
      self.rate = rate
      self.products = products
      self.except = except
      self.span = span
    }
  }

  /// What one unit of a usage type was agreed to cost.
  package struct PrivateRate: Hashable, Sendable {
    package var billingAccountID: Text
    package var usageType: Text
    /// Empty for all SKUs of the usage type.
    package var skuID: Text
    package var rate: Amount
    package var span: Span

    package init(
      billingAccountID: Text, usageType: Text, skuID: Text, rate: Amount, span: Span
    ) {
      self.billingAccountID = billingAccountID
      self.usageType = usageType
      self.skuID = skuID
      self.rate = rate
      self.span = span
    }
  }

  /// A credit that was granted.
  package struct Credit: Hashable, Sendable {
    package var billingAccountID: Text
    /// A part of the description of its lines.
    package var name: Text
    package var currency: CurrencyCode
    /// Above zero.
    package var amount: Amount
    /// What was used up before the first month that is booked here.
    package var used: Amount
    package var products: Set<Text>
    package var span: Span

    package init(
      billingAccountID: Text, name: Text, currency: CurrencyCode, amount: Amount, used: Amount,
      products: Set<Text>, span: Span
    ) {
      self.billingAccountID = billingAccountID
      self.name = name
      self.currency = currency
      self.amount = amount
      self.used = used
      self.products = products
      self.span = span
    }
  }

  /// What support costs: a share of the charges, by tiers.
  package struct Support: Hashable, Sendable {
    package struct Tier: Hashable, Sendable {
      /// Charges up to here; nil for all the rest.
      package var upTo: Amount?
      package var rate: Amount

      package init(upTo: Amount?, rate: Amount) {
        self.upTo = upTo
        self.rate = rate
      }
    }

    /// Which month's charges it is a share of.
    package enum Basis: String, Hashable, Sendable, CaseIterable {
      case sameMonth, monthBefore
    }

    package var billingAccountID: Text
    /// The seller of record; empty for all.
    package var legalEntity: Text
    /// The product codes of support itself.
    package var products: Set<Text>
    package var basis: Basis
    package var minimum: Amount
    package var tiers: [Tier]
    package var tolerance: Amount
    package var span: Span

    package init(
      billingAccountID: Text, legalEntity: Text, products: Set<Text>, basis: Basis,
      minimum: Amount, tiers: [Tier], tolerance: Amount, span: Span
    ) {
      self.billingAccountID = billingAccountID
      self.legalEntity = legalEntity
      self.products = products
      self.basis = basis
      self.minimum = minimum
      self.tiers = tiers
      self.tolerance = tolerance
      self.span = span
    }

    /// The fee for charges of so much: each tier's rate on what lies within it, at least the minimum.
    package func fee(on charges: Amount) throws(AmountOverflow) -> Amount {
      var fee = Amount.zero
      var below = Amount.zero
      for tier in tiers where charges > below {
        let top = tier.upTo.map { min($0, charges) } ?? charges
        try fee += (top - below).multiplied(by: tier.rate)
        below = top
      }
      return max(fee, minimum)
    }
  }

  /// How much of each account's usage must say a dimension by its tags.
  package struct RequiredTag: Hashable, Sendable {
    package var billingAccountID: Text
    package var dimension: Dimension
    /// A fraction of the cost.
    package var share: Amount
    package var span: Span

    package init(billingAccountID: Text, dimension: Dimension, share: Amount, span: Span) {
      self.billingAccountID = billingAccountID
      self.dimension = dimension
      self.share = share
      self.span = span
    }
  }

  package var discounts: [Discount]?
  package var privateRates: [PrivateRate]?
  package var credits: [Credit]?
  package var support: [Support]?
  /// Where the company may run anything.
  package var regions: Set<Text>?
  package var requiredTags: [RequiredTag]?

  package init() {}
}

extension Text {
  /// Whether this is the account, or names none.
  package func isAny(or account: Text) -> Bool { isEmpty || self == account }
}
