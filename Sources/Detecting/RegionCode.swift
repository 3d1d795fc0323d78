import BillingModel

/// The short names of regions that usage types begin with.
enum RegionCode {
  /// Prefixes that mean one region and nothing else. Source: the `regionCode` and `usagetype` of AWS's
  /// public price list. `EU` is left out, since edge locations use it for a continent.
  private static let regions: [Text: Text] = [
    "USE1": "us-east-1", "USE2": "us-east-2", "USW1": "us-west-1", "USW2": "us-west-2",
    "UGW1": "us-gov-west-1", "UGE1": "us-gov-east-1", "CAN1": "ca-central-1",
    "SAE1": "sa-east-1", "EUW2": "eu-west-2", "EUW3": "eu-west-3", "EUC1": "eu-central-1",
    "EUC2": "eu-central-2", "EUN1": "eu-north-1", "EUS1": "eu-south-1", "EUS2": "eu-south-2",
    "APN1": "ap-northeast-1", "APN2": "ap-northeast-2", "APN3": "ap-northeast-3",
    "APS1": "ap-southeast-1", "APS2": "ap-southeast-2", "APS3": "ap-south-1",
    "APS4": "ap-southeast-3", "APS5": "ap-south-2", "APS6": "ap-southeast-4", "APE1": "ap-east-1",
    "MES1": "me-south-1", "MEC1": "me-central-1", "AFS1": "af-south-1", "ILC1": "il-central-1",
    "CNN1": "cn-north-1", "CNW1": "cn-northwest-1",
  ]

  /// The region that a usage type names; nil where it names none, or more than one place.
  static func region(of usageType: Text) -> Text? {
    let parts = usageType.string.split(separator: "-", maxSplits: 2).map { Text(String($0)) }
    guard parts.count > 1, let region = regions[parts[0]] else { return nil }
    return isPlace(parts[1]) ? nil : region
  }

  /// Another region, an edge (`EU`) or a local zone (`LAX1`): capitals, then perhaps a digit.
  private static func isPlace(_ part: Text) -> Bool {
    let letters = part.string.prefix { $0.isASCII && $0.isUppercase }
    let rest = part.string.dropFirst(letters.count)
    return !letters.isEmpty && letters.count <= 4 && rest.count <= 1 && rest.allSatisfy(\.isNumber)
  }
}
