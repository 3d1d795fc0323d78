/// How the owners of a resource spelled its tags: every team in its own way, but each readable.
enum TagSpelling {
  /// The six facts of an account, in one of three spellings that the resource's name picks.
  static func tags(of account: Account, _ resource: String) -> [LineItem.Tag] {
    var chance = SplitMix64("tags \(resource)")
    switch chance.number(0...2) {
    case 0: return plain(account)
    case 1: return dashed(account)
    default: return loud(account)
    }
  }

  static func plain(_ account: Account) -> [LineItem.Tag] {
    [
      LineItem.Tag(key: "BusinessUnit", value: account.businessUnit),
      LineItem.Tag(key: "Owner", value: account.owner),
      LineItem.Tag(key: "Environment", value: account.environment),
      LineItem.Tag(key: "Application", value: account.application),
      LineItem.Tag(key: "CostCenter", value: account.costCenter),
      LineItem.Tag(key: "Criticality", value: account.criticality),
    ]
  }

  private static func dashed(_ account: Account) -> [LineItem.Tag] {
    [
      LineItem.Tag(key: "business-unit", value: account.businessUnit),
      LineItem.Tag(key: "owner", value: account.owner),
      LineItem.Tag(key: "env", value: account.environment),
      LineItem.Tag(key: "app", value: account.application),
      LineItem.Tag(key: "cost-center", value: account.costCenter),
    ]
  }

  private static func loud(_ account: Account) -> [LineItem.Tag] {
    [
      LineItem.Tag(key: "BusinessUnit", value: account.businessUnit.uppercased()),
      LineItem.Tag(key: "Environment", value: account.environment.uppercased()),
      LineItem.Tag(key: "Application", value: account.application),
      LineItem.Tag(key: "COST_CENTER", value: account.costCenter.lowercased()),
    ]
  }
}
