/// A price of the price list: what is metered, in which unit, at which rate.
///
/// Whole numbers, so that cost = rate × usage comes out exactly, with as many fraction digits as both
/// have together.
struct Offer {
  /// What the resource is called.
  enum Resource {
    case none
    /// A kind and 17 hexadecimal digits: `i-…`.
    case identifier(String)
    /// `arn:aws:<service>:<region>:<account>:<rest>-<8 digits>`.
    case name(service: String, rest: String)
    case bucket
  }

  var product: Product
  /// Without the region's prefix.
  var usageType: String
  var operation: String
  var unit: String
  /// In steps of 10^-rateDigits.
  var rate: Int
  var rateDigits: Int
  /// Of an hour, in steps of 10^-usageDigits; it varies unless the offer is metered by the hour.
  var usage: Int
  var usageDigits: Int
  var resource: Resource
  /// As the price list words it, after the rate.
  var wording: String
  /// Product columns that this offer fills in.
  var attributes: [String: String]

  var isHourly: Bool { unit == "Hrs" }
  var isInstance: Bool { usageType.hasPrefix("BoxUsage:") }
}

extension Region {
  static let tokyo = Region(
    id: "ap-northeast-1", prefix: "APN1-", zone: "c", name: "Asia Pacific (Tokyo)")
  static let singapore = Region(
    id: "ap-southeast-1", prefix: "APS1-", zone: "b", name: "Asia Pacific (Singapore)")

  /// Where the benchmark's company works.
  static let bench = [virginia, oregon, paris, frankfurt, tokyo, singapore]
}

extension Product {
  static let transfer = Product(code: "AWSDataTransfer", name: "AWS Data Transfer")
  static let cache = Product(code: "AmazonElastiCache", name: "Amazon ElastiCache")
  static let balancer = Product(code: "AWSELB", name: "Elastic Load Balancing")
  static let keys = Product(code: "awskms", name: "AWS Key Management Service")
  static let watch = Product(code: "AmazonCloudWatch", name: "AmazonCloudWatch")
  static let queue = Product(code: "AWSQueueService", name: "Amazon Simple Queue Service")
  static let dynamo = Product(code: "AmazonDynamoDB", name: "Amazon DynamoDB")
  static let kubernetes = Product(
    code: "AmazonEKS", name: "Amazon Elastic Container Service for Kubernetes")
}
