import BillingModel
import ExactNumbers

/// A service, by its code in the price list and its name on the bill.
struct Product: Hashable {
  var code: String
  var name: String

  static let ec2 = Product(code: "AmazonEC2", name: "Amazon Elastic Compute Cloud")
  static let eks = Product(
    code: "AmazonEKS", name: "Amazon Elastic Container Service for Kubernetes")
  static let rds = Product(code: "AmazonRDS", name: "Amazon Relational Database Service")
  static let s3 = Product(code: "AmazonS3", name: "Amazon Simple Storage Service")
  static let lambda = Product(code: "AWSLambda", name: "AWS Lambda")
  static let cloudFront = Product(code: "AmazonCloudFront", name: "Amazon CloudFront")
  static let savingsPlans = Product(
    code: "ComputeSavingsPlans", name: "Savings Plans for AWS Compute usage")
  static let support = Product(code: "AWSSupportBusiness", name: "AWS Support (Business)")
  static let chinaSupport = Product(code: "OCBPremiumSupport", name: "AWS Premium Support")
}

/// What one resource uses day after day, so that months join without a step.
struct UsageStream {
  /// How a day's usage follows from the stream's daily amount.
  enum Shape {
    /// The same every day: an instance that never stops.
    case flat
    /// Less on Saturday and Sunday (per cent of a weekday), and up to 1.5 % of noise either way.
    case weekly(weekend: Int)
    /// A few whole requests a day: costs far below a cent.
    case handful
  }

  var account: String
  var seller: Seller
  var product: Product
  var usageType: String
  var operation: String
  var region: String
  var zone = ""
  var resource: String
  var unit: String
  var rate: Amount
  var daily: Amount
  var shape: Shape
  /// As the price list words it, after the rate.
  var wording: String

  /// What keeps two streams of one bill apart.
  var name: String { "\(account) \(resource) \(usageType)" }
}

extension UsageStream {
  /// The usage of one day, to six fraction digits.
  func usage(on day: Day) throws(AmountOverflow) -> Amount {
    var chance = SplitMix64("usage \(name) \(day)")
    switch shape {
    case .flat: return daily
    case .handful: return try Amount(chance.number(2...5))
    case .weekly(let weekend):
      let percent = try Amount(day.weekday > 5 ? weekend : 100)
      let noise = try Amount(chance.number(-15...15) + 1000)
      return try daily.multiplied(by: percent).multiplied(by: noise)
        .multiplied(by: "0.00001").rounded(toFractionDigits: 6, .halfAwayFromZero)
    }
  }
}
