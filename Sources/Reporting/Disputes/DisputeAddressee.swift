import BillingModel

/// To whom a claim goes: to the operator of AWS's regions in China that issued the invoice, else to AWS.
struct DisputeAddressee {
  /// Parts of the names under which the two operators issue their invoices, and what they are called in
  /// Chinese.
  private static let operators = [
    (["sinnet", "光环新网"], "北京光环新网科技股份有限公司"),
    (["nwcd", "western cloud", "西云数据"], "宁夏西云数据科技有限公司"),
  ]

  let name: Words
  let line: Words

  /// - Parameter issuer: Of the invoices, as the export names it.
  init(_ issuer: String) {
    let small = issuer.lowercased()
    let known = Self.operators.filter { parts, _ in parts.contains { small.contains($0) } }
    if known.count == 1 {
      name = Words(issuer, zh: ChineseText(known[0].1))
      line = Words("\(issuer), billing", zh: "\(known[0].1)账单支持")
    } else {
      name = Words("AWS Support", zh: "AWS Support")
      line = Words("AWS Support, Account and billing", zh: "AWS Support 账号与账单支持")
    }
  }
}
