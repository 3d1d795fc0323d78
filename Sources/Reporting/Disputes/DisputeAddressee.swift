import BillingModel

/// To whom a claim goes: to the operators of AWS's regions in China that issued the invoices, else to AWS.
struct DisputeAddressee {
  /// Parts of the names under which the two operators issue their invoices, and what they are called in
  /// Chinese.
  private static let operators = [
    (["sinnet", "光环新网"], "北京光环新网科技股份有限公司"),
    (["nwcd", "western cloud", "西云数据"], "宁夏西云数据科技有限公司"),
  ]

  let name: Words
  let line: Words

  /// - Parameter issuers: Of the invoices, as the export names them.
  init(_ issuers: [String]) {
    let known = issuers.compactMap { issuer in Self.chinese(issuer).map { (issuer, $0) } }
    if known.isEmpty {
      name = Words("AWS Support", zh: "AWS Support")
      line = Words("AWS Support, Account and billing", zh: "AWS Support 账号与账单支持")
      return
    }
    // AWS issued what neither of them did.
    let others = known.count < issuers.count ? ["AWS Support"] : []
    let english = (known.map(\.0) + others).joined(separator: " and ")
    var names: [String] = []
    for name in known.map(\.1) + others where !names.contains(name) { names.append(name) }
    let chinese = names.joined(separator: "、")
    name = Words(english, zh: ChineseText(chinese))
    line = Words("\(english), billing", zh: "\(chinese)账单支持")
  }

  private static func chinese(_ issuer: String) -> String? {
    let small = issuer.lowercased()
    return operators.first { parts, _ in parts.contains { small.contains($0) } }?.1
  }
}
