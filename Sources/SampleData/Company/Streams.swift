import ExactNumbers

/// The usage streams of the two payers.
enum Streams {
  // MARK: Kinds

  private static func instance(
    _ account: String, _ seller: Seller, _ place: Region, _ type: String, _ rate: Amount,
    hours: Amount = "24", weekend: Int = 100
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .ec2, usageType: place.prefix + "BoxUsage:" + type,
      operation: "RunInstances", region: place.id, zone: place.id + place.zone,
      resource: "i-" + hex(17, "instance \(account) \(type)"), unit: "Hrs", rate: rate,
      daily: hours, shape: weekend == 100 ? .flat : .weekly(weekend: weekend),
      wording: "per On Demand Linux \(type) Instance Hour")
  }

  private static func volume(
    _ account: String, _ seller: Seller, _ place: Region, _ rate: Amount, _ daily: Amount
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .ec2,
      usageType: place.prefix + "EBS:VolumeUsage.gp3", operation: "CreateVolume-Gp3",
      region: place.id, resource: "vol-" + hex(17, "volume \(account)"), unit: "GB-Mo", rate: rate,
      daily: daily, shape: .weekly(weekend: 100),
      wording: "per GB-month of General Purpose (gp3) provisioned storage")
  }

  private static func transfer(
    _ account: String, _ seller: Seller, _ place: Region, _ rate: Amount, _ daily: Amount,
    weekend: Int
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .ec2,
      usageType: place.prefix + "DataTransfer-Out-Bytes", operation: "RunInstances",
      region: place.id, resource: "i-" + hex(17, "gateway \(account)"), unit: "GB", rate: rate,
      daily: daily, shape: .weekly(weekend: weekend), wording: "per GB data transfer out")
  }

  private static func database(
    _ account: String, _ seller: Seller, _ place: Region, _ type: String, _ rate: Amount
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .rds,
      usageType: place.prefix + "InstanceUsage:" + type, operation: "CreateDBInstance:0016",
      region: place.id, resource: arn(place, "rds", account, "db:main"), unit: "Hrs", rate: rate,
      daily: "24", shape: .flat, wording: "per RDS \(type) Single-AZ instance hour")
  }

  private static func databaseStorage(
    _ account: String, _ seller: Seller, _ place: Region, _ rate: Amount, _ daily: Amount
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .rds,
      usageType: place.prefix + "RDS:GP3-Storage", operation: "CreateDBInstance:0016",
      region: place.id, resource: arn(place, "rds", account, "db:main"), unit: "GB-Mo", rate: rate,
      daily: daily, shape: .weekly(weekend: 100), wording: "per GB-month of provisioned storage")
  }

  private static func bucket(
    _ account: String, _ seller: Seller, _ place: Region, _ name: String, _ rate: Amount,
    _ daily: Amount
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .s3,
      usageType: place.prefix + "TimedStorage-ByteHrs", operation: "StandardStorage",
      region: place.id, resource: name, unit: "GB-Mo", rate: rate, daily: daily,
      shape: .weekly(weekend: 100), wording: "per GB - first 50 TB / month of storage used")
  }

  private static func compute(
    _ account: String, _ seller: Seller, _ place: Region, _ function: String, _ rate: Amount,
    _ daily: Amount, weekend: Int
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .lambda,
      usageType: place.prefix + "Lambda-GB-Second", operation: "Invoke", region: place.id,
      resource: arn(place, "lambda", account, "function:" + function), unit: "Lambda-GB-Second",
      rate: rate, daily: daily, shape: .weekly(weekend: weekend),
      wording: "per GB-Second - Total Compute")
  }

  /// A function that runs a few times a day: its requests cost `4.0E-7`.
  private static func requests(
    _ account: String, _ seller: Seller, _ place: Region, _ function: String, _ rate: Amount
  ) -> UsageStream {
    UsageStream(
      account: account, seller: seller, product: .lambda, usageType: place.prefix + "Request",
      operation: "Invoke", region: place.id,
      resource: arn(place, "lambda", account, "function:" + function), unit: "Requests",
      rate: rate, daily: .one, shape: .handful, wording: "per Request - Total Requests")
  }

  private static func distribution(
    _ account: String, _ seller: Seller, _ area: String, _ rate: Amount, _ daily: Amount,
    weekend: Int
  ) -> UsageStream {
    var chance = SplitMix64("distribution \(account)")
    return UsageStream(
      account: account, seller: seller, product: .cloudFront,
      usageType: area + "-Requests-Tier2-HTTPS", operation: "GET", region: "",
      resource: "arn:aws:cloudfront::\(account):distribution/E\(chance.capitals(13))",
      unit: "Requests", rate: rate, daily: daily, shape: .weekly(weekend: weekend),
      wording: "per HTTPS request")
  }

  static func hex(_ count: Int, _ name: String) -> String {
    var chance = SplitMix64(name)
    return chance.hex(count)
  }

  static func arn(_ place: Region, _ service: String, _ account: String, _ rest: String) -> String {
    "arn:\(place.partition):\(service):\(place.id):\(account):\(rest)"
  }

  // MARK: The streams

  static let global: [UsageStream] = [
    instance("200000000002", .inc, .virginia, "m5.xlarge", "0.192"),
    volume("200000000002", .inc, .virginia, "0.08", "41.5"),
    transfer("200000000002", .inc, .virginia, "0.09", "118.25", weekend: 130),
    distribution("200000000002", .inc, "US", "0.000001", "5400000", weekend: 130),
    database("200000000003", .inc, .virginia, "db.m5.large", "0.171"),
    databaseStorage("200000000003", .inc, .virginia, "0.115", "33.3"),
    instance("200000000004", .inc, .virginia, "m5.2xlarge", "0.384"),
    database("200000000004", .inc, .virginia, "db.r5.large", "0.24"),
    bucket("200000000008", .inc, .virginia, "meridian-lake-raw", "0.023", "910"),
    instance("200000000008", .inc, .virginia, "r5.2xlarge", "0.504"),
    compute("200000000005", .inc, .virginia, "push", "0.0000166667", "640000", weekend: 120),
    requests("200000000005", .inc, .virginia, "rotate-keys", "0.0000002"),
    distribution("200000000006", .inc, "US", "0.000001", "9100000", weekend: 140),
    bucket("200000000006", .inc, .virginia, "meridian-media-masters", "0.023", "530"),
    instance("200000000012", .inc, .oregon, "t3.medium", "0.0416", hours: "16.5", weekend: 35),
    bucket("200000000010", .inc, .virginia, "meridian-audit-trail", "0.023", "88"),
    requests("200000000010", .inc, .virginia, "expire-sessions", "0.0000002"),
    instance("200000000009", .inc, .virginia, "m5.large", "0.096"),
    instance("200000000001", .emea, .paris, "m5.large", "0.112"),
    volume("200000000001", .emea, .paris, "0.0928", "22.75"),
    transfer("200000000001", .emea, .paris, "0.09", "46.5", weekend: 125),
    database("200000000001", .emea, .paris, "db.t3.medium", "0.077"),
    databaseStorage("200000000001", .emea, .paris, "0.133", "9.4"),
    instance("200000000011", .emea, .frankfurt, "t3.large", "0.096", hours: "18.5", weekend: 40),
    bucket("200000000011", .emea, .frankfurt, "meridian-laden-assets", "0.0245", "140"),
    instance("200000000007", .emea, .paris, "c5.large", "0.101"),
  ]

  static let china: [UsageStream] = [
    instance("400000000001", .sinnet, .beijing, "m5.xlarge", "1.993"),
    volume("400000000001", .sinnet, .beijing, "0.7162", "38.5"),
    transfer("400000000001", .sinnet, .beijing, "0.933", "64.25", weekend: 130),
    database("400000000001", .sinnet, .beijing, "db.m5.large", "1.58"),
    databaseStorage("400000000001", .sinnet, .beijing, "0.963", "21.5"),
    instance("400000000003", .sinnet, .beijing, "c5.large", "0.94", hours: "17.25", weekend: 60),
    bucket("400000000003", .sinnet, .beijing, "ziwu-waybills", "0.1755", "260"),
    instance("400000000002", .nwcd, .ningxia, "r5.2xlarge", "3.336"),
    volume("400000000002", .nwcd, .ningxia, "0.5312", "71.5"),
    bucket("400000000002", .nwcd, .ningxia, "ziwu-warehouse", "0.1568", "1240"),
    compute("400000000002", .nwcd, .ningxia, "etl", "0.000113477", "310000", weekend: 80),
    requests("400000000002", .nwcd, .ningxia, "heartbeat", "0.00000136"),
    instance("400000000004", .nwcd, .ningxia, "t3.medium", "0.2755", hours: "15.5", weekend: 30),
    bucket("400000000004", .nwcd, .ningxia, "ziwu-ci-cache", "0.1568", "95"),
  ]
}

/// A region, and how its usage types begin.
struct Region {
  var id: String
  var prefix: String
  var zone: String
  var partition = "aws"
  var name: String

  static let virginia = Region(
    id: "us-east-1", prefix: "", zone: "a", name: "US East (N. Virginia)")
  static let oregon = Region(
    id: "us-west-2", prefix: "USW2-", zone: "b", name: "US West (Oregon)")
  static let paris = Region(id: "eu-west-3", prefix: "EUW3-", zone: "a", name: "EU (Paris)")
  static let frankfurt = Region(
    id: "eu-central-1", prefix: "EUC1-", zone: "b", name: "EU (Frankfurt)")
  static let beijing = Region(
    id: "cn-north-1", prefix: "CNN1-", zone: "a", partition: "aws-cn", name: "China (Beijing)")
  static let ningxia = Region(
    id: "cn-northwest-1", prefix: "CNW1-", zone: "a", partition: "aws-cn", name: "China (Ningxia)")

  static let all = [virginia, oregon, paris, frankfurt, beijing, ningxia]
}
