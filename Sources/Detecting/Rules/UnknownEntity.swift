import BillingModel
import ExactNumbers

/// A seller, issuer or billing entity that the contract does not name.
///
/// *Formula.* BillingEntity, InvoicingEntity or LegalEntity of a charge is not in the contract's list.
/// *Source.* The contract.
/// *False positives.* A new marketplace seller is one until the contract names it. A list that is not
/// given is not checked; an empty name is none.
struct UnknownEntity: Detector {
  static let id: RuleID = "UnknownEntity"

  private struct Role {
    let field: Field
    let listName: String
    let allowed: Set<Text>?
    let entity: (ChargeKey) -> Text

    /// As the contract calls it.
    var name: String { field == .invoiceIssuer ? "InvoiceIssuer" : field.rawValue }
  }

  private struct Place: Hashable {
    var currency: CurrencyCode
    var entity: Text
  }

  private static func roles(_ contract: Contract) -> [Role] {
    [
      Role(
        field: .billingEntity, listName: "billingEntities", allowed: contract.billingEntities,
        entity: \.billingEntity),
      Role(
        field: .invoiceIssuer, listName: "invoiceIssuers", allowed: contract.invoiceIssuers,
        entity: \.invoiceIssuer),
      Role(
        field: .legalEntity, listName: "legalEntities", allowed: contract.legalEntities,
        entity: \.legalEntity),
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for role in Self.roles(facts.contract) {
      guard let allowed = role.allowed else {
        judgement.unchecked.append(Self.unchecked("the contract has no list \(role.listName)"))
        continue
      }
      for booking in facts.bookings {
        judgement.findings += try Self.findings(booking, role, allowed)
      }
    }
    return judgement
  }

  private static func findings(
    _ booking: Booking, _ role: Role, _ allowed: Set<Text>
  ) throws(AmountOverflow) -> [Finding] {
    let groups = try booking.groups { charge in
      let entity = role.entity(charge.key)
      return entity.isEmpty || allowed.contains(entity)
        ? nil : Place(currency: charge.key.currency, entity: entity)
    }
    return groups.map { place, group in
      var key = key(booking.billingAccountID, booking.billingPeriod, place.currency)
      key.detail = Text("\(role.name)=\(place.entity)")
      return claim(group, place, role).finding(
        key, lines: group.lines, selection: Selection([[role.field: place.entity]]))
    }
  }

  private static func claim(_ group: ChargeGroup, _ place: Place, _ role: Role) -> Claim {
    let cost = Phrase.money(group.cost, place.currency)
    return Claim(
      impact: group.cost, atStake: group.gross, actual: place.entity.string,
      expected: "one of the contract's \(role.listName)",
      explanation: Words(
        "\(place.entity) stands as \(role.name) on \(Phrase.count(group.lines, "line item")), \(cost), and "
          + "the contract does not know it.",
        zh: "\(place.entity)作为 \(role.name) 出现在 \(group.lines) 条明细中，共 \(cost)，而合同中没有它。"),
      recommendation: Words(
        "Find out who ordered from \(place.entity); add it to \(role.listName) if it is wanted, else dispute \(cost).",
        zh: "请查明是谁向\(place.entity)订购的；如果需要，请将其加入 \(role.listName)，否则请就 \(cost) 提出申诉。"),
      confidence: .likely, leastSeverity: .low)
  }
}
