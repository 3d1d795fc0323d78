import BillingModel

/// To whom a claim goes: to the operator of AWS's regions in China that issued the invoice, else to AWS.
struct DisputeAddressee {
  /// Parts of the names under which the two operators issue their invoices.
  private static let operators = ["光环新网", "Sinnet", "西云数据", "NWCD", "Western Cloud"]

  let name: Words
  let line: Words

  /// - Parameter issuer: Of the invoices, as the export names it.
  init(_ issuer: String) {
    if Self.operators.contains(where: { issuer.holds($0) }) {
      name = Words(issuer, zh: ChineseText(issuer))
      line = Words("\(issuer), billing", zh: "\(issuer) 账单支持")
    } else {
      name = Words("AWS Support", zh: "AWS Support")
      line = Words("AWS Support, Account and billing", zh: "AWS Support 账号与账单支持")
    }
  }
}

extension String {
  /// Without regard to case.
  fileprivate func holds(_ part: String) -> Bool {
    lowercased().contains(part.lowercased())
  }
}
