import BillingModel
import ExactNumbers

/// The letter by which the customer asks for the money, in English and in Chinese with the same facts.
struct DisputeLetter {
  private let pack: DisputePack
  private var dispute: Dispute { pack.dispute }
  private var finding: Finding { pack.reported.finding }
  private var key: FindingKey { dispute.key }

  init(_ pack: DisputePack) { self.pack = pack }

  private var claimed: String { "\(key.currency) \(dispute.claimed)" }

  /// The invoices that the finding names, else those of its line items.
  private var invoices: String {
    if !key.invoiceID.isEmpty { return key.invoiceID.string }
    return distinct(LineReading(pack.columns).invoiceID)
  }

  private var sellers: String { distinct(LineReading(pack.columns).seller) }

  private func distinct(_ value: (DisputePack.Line) -> Text) -> String {
    Set(pack.lines.map(value).filter { !$0.isEmpty }).sorted().map(\.string)
      .joined(separator: ", ")
  }

  private var sumOfLines: String {
    let reading = LineReading(pack.columns)
    let costs = pack.lines.compactMap(reading.cost)
    guard !costs.isEmpty, let sum = try? Amount.sum(costs) else { return "" }
    return "\(key.currency) \(sum)"
  }

  private var days: String {
    guard let start = finding.chargePeriodStart, let end = finding.chargePeriodEnd else {
      return ""
    }
    return start == end ? start.description : "\(start) – \(end)"
  }

  var english: String {
    let ground = DisputeGround.of(key.rule)
    let facts = lines(
      [
        ("Reference", dispute.findingID.string), ("Payer account", key.billingAccountID.string),
        ("Linked account", key.subAccountID.string), ("Billing period", "\(key.billingPeriod)"),
        ("Invoice", invoices), ("Seller", sellers), ("Service", key.serviceName.string),
        ("Usage type", key.usageType.string), ("Operation", key.operation.string),
        ("Resource", key.resourceID.string), ("Days", days), ("Detail", key.detail.string),
      ], ": ")
    let amounts = lines(
      [
        ("Billed", finding.actual.string), ("Right", finding.expected.string),
        ("Line items", "\(finding.lineCount)"), ("Sum of the attached line items", sumOfLines),
        ("Claimed", claimed), ("Credited so far", credited), ("Still claimed", left),
      ], ": ")
    return """
      To: AWS Support, Account and billing
      Subject: Billing error of \(claimed) in \(key.billingPeriod), account \(key.billingAccountID) \
      (\(dispute.findingID))

      Dear AWS Support,

      we found an error in our bill and ask you to correct it.

      \(facts)

      What was billed, and what is right:
      \(amounts)

      The rule (\(key.rule)): \(ground.english)
      What we found: \(finding.explanation.english)

      \(asked.english)

      Attached: evidence.csv, \(attached.english); arithmetic.csv, the sums, which can be
      computed again from evidence.csv.

      Kind regards

      """
  }

  var chinese: String {
    let ground = DisputeGround.of(key.rule)
    let facts = lines(
      [
        ("编号", dispute.findingID.string), ("付款账户", key.billingAccountID.string),
        ("关联账户", key.subAccountID.string), ("账期", "\(key.billingPeriod)"),
        ("发票号", invoices), ("销售方", sellers), ("服务", key.serviceName.string),
        ("用量类型", key.usageType.string),
        ("操作", key.operation.string), ("资源", key.resourceID.string), ("日期", days),
        ("明细", key.detail.string),
      ], "：")
    let amounts = lines(
      [
        ("账单所列", finding.actual.string), ("正确应为", finding.expected.string),
        ("行项数", "\(finding.lineCount)"), ("所附行项合计", sumOfLines), ("申请退还", claimed),
        ("已退还", credited), ("尚待退还", left),
      ], "：")
    return """
      致：AWS Support 账户与账单支持
      主题：\(key.billingPeriod) 账单差错 \(claimed)，账户 \(key.billingAccountID)（\(dispute.findingID)）

      AWS Support 您好：

      我们在账单中发现一处差错，请予以更正。

      \(facts)

      账单所列与正确结果：
      \(amounts)

      依据的规则（\(key.rule)）：\(ground.chinese)
      核对结果：\(finding.explanation.chinese)

      \(asked.chinese)

      附件：evidence.csv，\(attached.chinese)；arithmetic.csv，各项合计，可由 evidence.csv 重新计算。

      此致

      """
  }

  // MARK: Parts

  private var asked: Words {
    if dispute.status == .credited {
      let names = dispute.credits.map(\.string).joined(separator: "; ")
      return Words(
        "This claim is settled: \(credited) came back by \(names). We ask for nothing more.",
        zh: "本申请已结清：\(credited) 已由 \(names) 退还，无需进一步处理。")
    }
    let amount = left.isEmpty ? claimed : left
    return Words(
      """
      We ask you to
      1. confirm the error, or explain line by line why the amount is right;
      2. credit \(amount) to payer account \(key.billingAccountID), and tell us the number of the credit note;
      3. name \(dispute.findingID) in the credit note or in your answer.
      """,
      zh: """
        请贵方
        1. 确认该差错，或逐行说明该金额正确的理由；
        2. 向付款账户 \(key.billingAccountID) 退还 \(amount)，并告知贷项通知单（红字发票）号码；
        3. 在贷项通知单或答复中注明 \(dispute.findingID)。
        """)
  }

  private var credited: String {
    dispute.recovered.isZero ? "" : "\(key.currency) \(dispute.recovered)"
  }

  private var left: String {
    dispute.recovered.isZero || dispute.status == .credited ? "" : "\(key.currency) \(dispute.left)"
  }

  private var attached: Words {
    let count = pack.lines.count
    guard let lacking = pack.lacking else {
      return Words(
        "\(count) line item\(count == 1 ? "" : "s"), verbatim from your export",
        zh: "贵方导出文件中的 \(count) 个行项原文")
    }
    return Words(
      "\(count) line item\(count == 1 ? "" : "s"), verbatim from your export (\(lacking.english))",
      zh: "贵方导出文件中的 \(count) 个行项原文（\(lacking.chinese)）")
  }

  /// `name: value`, a line each; what is empty is left out.
  private func lines(_ facts: [(String, String)], _ colon: String) -> String {
    facts.filter { !$0.1.isEmpty }.map { "- \($0.0)\(colon)\(oneLine($0.1))" }
      .joined(separator: "\n")
  }

  private func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
