import BillingModel
import ExactNumbers

/// The bytes that all rows of a profile share, cut where a row has its own.
struct RowTemplate {
  enum Slot {
    case lineItemID, interval, start, end, resource, description
    case usage, cost, publicCost, effectiveCost
  }

  /// Bytes before each slot, and behind the last.
  private(set) var pieces: [[UInt8]] = [[]]
  private(set) var slots: [Slot] = []
  /// The description, and the one that a hundredth of the rows has: with doubled quotes.
  let descriptions: [[UInt8]]
  /// By number of the resource.
  let resources: [[UInt8]]
  /// In steps of 10^-costDigits for each step of usage; 0 where nothing is charged.
  let rate: Int
  let costDigits: Int

  init(_ profile: UsageProfile, _ columns: [String]) {
    let offer = profile.offer
    rate = profile.kind == .reserved ? 0 : offer.rate
    costDigits = offer.rateDigits + offer.usageDigits
    descriptions = Self.descriptions(profile).map { Array(Spelling.field($0).utf8) }
    resources = (0..<profile.resources).map { Array(Self.resource(profile, $0).utf8) }
    let fields = ProfileFields(profile)
    for (index, column) in columns.enumerated() {
      if index > 0 { pieces[pieces.count - 1].append(UInt8(ascii: ",")) }
      if let slot = Self.slot(column, profile) {
        slots.append(slot)
        pieces.append([])
      } else if let value = fields[column] {
        pieces[pieces.count - 1] += Spelling.field(value).utf8
      }
    }
    pieces[pieces.count - 1].append(UInt8(ascii: "\n"))
  }

  private static func slot(_ column: String, _ profile: UsageProfile) -> Slot? {
    switch column {
    case "identity/LineItemId": .lineItemID
    case "identity/TimeInterval": .interval
    case "lineItem/UsageStartDate": .start
    case "lineItem/UsageEndDate": .end
    case "lineItem/ResourceId": .resource
    case "lineItem/UsageAmount": .usage
    case "lineItem/UnblendedCost", "lineItem/BlendedCost": .cost
    case "lineItem/LineItemDescription": .description
    case "pricing/publicOnDemandCost": profile.kind == .usage ? .publicCost : nil
    case "savingsPlan/SavingsPlanEffectiveCost": profile.kind == .covered ? .effectiveCost : nil
    default: nil
    }
  }

  private static func descriptions(_ profile: UsageProfile) -> [String] {
    let rate = profile.rateText
    let account = BenchCompany.payer.accounts[profile.account].id
    switch profile.kind {
    case .usage, .covered:
      return [
        "$\(rate) \(profile.offer.wording)",
        "$\(rate) \"\(profile.offer.operation)\" \(profile.offer.wording)",
      ]
    case .reserved:
      return [
        "Linux/UNIX (Amazon VPC), \(profile.usageType) reserved instance applied",
        "Linux/UNIX (\"Amazon VPC\"), \(profile.usageType) reserved instance applied",
      ]
    case .negated:
      return [
        "SavingsPlanNegation used by AccountId : \(account) and UsageSku : \(profile.skuID)",
        "\"SavingsPlanNegation\" used by AccountId : \(account)",
      ]
    case .planFee: return [profile.offer.wording, "\"\(profile.offer.wording)\""]
    case .credit:
      return ["Migration Acceleration Program credit MAP-000417", "\"MAP\" credit MAP-000417"]
    }
  }

  private static func resource(_ profile: UsageProfile, _ number: Int) -> String {
    guard profile.kind == .usage || profile.kind == .covered || profile.kind == .reserved else {
      return ""
    }
    var chance = SplitMix64("resource \(profile.origin) \(number)")
    let account = BenchCompany.payer.accounts[profile.account].id
    switch profile.offer.resource {
    case .none: return ""
    case .identifier(let kind): return kind + chance.hex(17)
    case .bucket: return "meridian-\(profile.region.id)-" + chance.hex(10)
    case .name(let service, let rest):
      return Streams.arn(profile.region, service, account, rest + "-" + chance.hex(8))
    }
  }
}

extension UsageProfile {
  /// As the export spells it.
  var rateText: String { DecimalWriter.text(offer.rate, offer.rateDigits, padded: 10) }
}
