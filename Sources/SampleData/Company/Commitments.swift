import ExactNumbers

/// What was bought ahead: one reserved instance, and for the global payer one savings plan.
struct Commitments {
  struct Reservation {
    var account: String
    var seller: Seller
    var region: Region
    var instanceType: String
    /// Recurring fee per hour; the covered usage itself costs nothing.
    var hourly: Amount
    var publicRate: Amount
  }

  struct SavingsPlan {
    var account: String
    var seller: Seller
    var region: Region
    /// Recurring fee per hour.
    var hourly: Amount
    /// What it covers around the clock, at the on-demand rate it is negated by.
    var covered: [(instanceType: String, rate: Amount)]

    var arn: String {
      "arn:aws:savingsplans::\(account):savingsplan/"
        + Streams.hex(8, "savings plan \(account)") + "-0000-4000-8000-000000000001"
    }
  }

  var reservation: Reservation
  var savingsPlan: SavingsPlan?

  static let global = Commitments(
    reservation: Reservation(
      account: "200000000004", seller: .inc, region: .virginia, instanceType: "r5.large",
      hourly: "0.0794", publicRate: "0.126"),
    savingsPlan: SavingsPlan(
      account: "200000000003", seller: .inc, region: .virginia, hourly: "0.118",
      covered: [("c5.large", "0.085"), ("c5.xlarge", "0.17")]))

  static let china = Commitments(
    reservation: Reservation(
      account: "400000000002", seller: .nwcd, region: .ningxia, instanceType: "m5.large",
      hourly: "0.4455", publicRate: "0.7075"),
    savingsPlan: nil)
}

extension Commitments.Reservation {
  var arn: String {
    Streams.arn(
      region, "ec2", account,
      "reserved-instances/" + Streams.hex(8, "reservation \(account)")
        + "-0000-4000-8000-000000000002")
  }
}
