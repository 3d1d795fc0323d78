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
    return distinct(LineReading(pack.columns).invoiceID).joined(separator: ", ")
  }

  private var sellers: [String] {
    let names = pack.documents.map { $0.issuer.isEmpty ? $0.seller.name : $0.issuer }
    if !names.isEmpty { return Set(names).sorted().map(\.string) }
    return distinct(LineReading(pack.columns).seller)
  }

  private func distinct(_ value: (DisputePack.Line) -> Text) -> [String] {
    Set(pack.lines.map(value).filter { !$0.isEmpty }).sorted().map(\.string)
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

  private var opening: Words {
    switch dispute.status {
    case .credited:
      Words(
        "we found an error in our bill, and you have credited it.",
        zh: "我们在账单中发现的差错，贵方已予退还。")
    case .reopened:
      Words(
        "we found an error in our bill, and are checking it again.",
        zh: "我们在账单中发现一处差错，正在重新核对。")
    default:
      Words(
        "we found an error in our bill and ask you to correct it.",
        zh: "我们在账单中发现一处差错，请予以更正。")
    }
  }

  private var sums: Words {
    pack.documents.isEmpty
      ? Words(
        "the sums of evidence.csv, which can be computed\nagain from it, and what the rule computed",
        zh: "evidence.csv 各行的合计（可据其重新计算）与规则的计算结果")
      : Words(
        "the sums, which can be computed again from\nevidence.csv", zh: "各项合计，可由 evidence.csv 重新计算")
  }

  /// True where the money stands on no invoice: nothing can be credited.
  private var isCorrection: Bool { dispute.status == .notInvoiced || dispute.asked.isZero }

  private var subject: Words {
    let amount = isCorrection ? "\(key.currency) \(finding.impact)" : claimed
    return isCorrection
      ? Words("Error of \(amount) in the cost export", zh: "成本导出文件差错 \(amount)")
      : Words("Billing error of \(amount)", zh: "账单差错 \(amount)")
  }

  var english: String {
    let to = DisputeAddressee(sellers)
    return """
      To: \(to.line.english)
      Subject: \(subject.english) in \(key.billingPeriod), account \(key.billingAccountID) \
      (\(dispute.findingID))

      Dear \(to.name.english),

      \(opening.english)

      \(lines(facts.map { ($0.name.english.string, $0.value) }, ": "))

      What was billed, and what is right:
      \(lines(amounts.map { ($0.name.english.string, $0.value.english.string) }, ": "))

      The rule (\(key.rule)): \(DisputeGround.of(key.rule).english)
      What we found: \(finding.explanation.english)

      \(asked.english)

      Attached: evidence.csv, \(attached.english); arithmetic.csv, \(sums.english).

      Kind regards

      Name: ________________
      Date: ________________

      """
  }

  var chinese: String {
    let to = DisputeAddressee(sellers)
    return """
      致：\(to.line.chinese)
      主题：\(key.billingPeriod) \(subject.chinese)，账号 \(key.billingAccountID)（\(dispute.findingID)）

      \(to.name.chinese)：

      您好！\(opening.chinese)

      \(lines(facts.map { ($0.name.chinese.string, $0.value) }, "："))

      账单所列与正确结果：
      \(lines(amounts.map { ($0.name.chinese.string, $0.value.chinese.string) }, "："))

      依据的规则（\(key.rule)）：\(DisputeGround.of(key.rule).chinese)
      核对结果：\(finding.explanation.chinese)

      \(asked.chinese)

      附件：evidence.csv，\(attached.chinese)；arithmetic.csv，\(sums.chinese)。

      此致
      敬礼！

      姓名：________________
      日期：________________

      """
  }

  private var facts: [(name: Words, value: String)] {
    [
      (Words("Reference", zh: "编号"), dispute.findingID.string),
      (Words("Payer account", zh: "付款账号"), key.billingAccountID.string),
      (Words("Linked account", zh: "关联账号"), key.subAccountID.string),
      (Words("Billing period", zh: "账期"), "\(key.billingPeriod)"),
      (Words("Invoice", zh: "发票号"), invoices),
      (Words("Seller", zh: "发票开具方"), sellers.joined(separator: ", ")),
      (Words("Service", zh: "服务"), key.serviceName.string),
      (Words("Usage type", zh: "用量类型"), key.usageType.string),
      (Words("Operation", zh: "操作"), key.operation.string),
      (Words("Resource", zh: "资源"), key.resourceID.string), (Words("Days", zh: "日期"), days),
      (Words("Detail", zh: "明细"), key.detail.string),
    ]
  }

  private var amounts: [(name: Words, value: Words)] {
    let sides = DisputeSides(finding)
    let none = Words("", zh: "")
    let count = "\(finding.lineCount)"
    let isOfDocuments = !pack.documents.isEmpty
    func plain(_ text: String) -> Words { Words(text, zh: ChineseText(text)) }
    let owed = isCorrection ? "\(key.currency) \(finding.impact)" : claimed
    return [
      (Words("Billed", zh: "账单所列"), sides?.billed ?? none),
      (Words("Right", zh: "正确应为"), sides?.right ?? none),
      (
        isOfDocuments ? Words("Documents", zh: "单据数") : Words("Line items", zh: "明细行数"),
        plain(isOfDocuments ? "\(pack.documents.count)" : count)
      ),
      (Words("Sum of the attached line items", zh: "所附明细行合计"), plain(sumOfLines)),
      (
        isCorrection ? Words("Amount", zh: "差错金额") : Words("Charged too much", zh: "多收金额"),
        plain(owed)
      ),
      (Words("Credited so far", zh: "已退还"), plain(credited)),
      (Words("Still claimed", zh: "尚待退还"), plain(left)),
    ]
  }

  // MARK: Parts

  private var asked: Words {
    if dispute.status == .credited {
      let names = dispute.credits.map {
        CreditRows(named: $0)?.words ?? Words("\($0)", zh: "\($0)")
      }
      let english = names.map(\.english.string).joined(separator: "; ")
      let chinese = names.map(\.chinese.string).joined(separator: "；")
      let surplus = "\(key.currency) \(dispute.surplus)"
      let more =
        dispute.surplus.isZero
        ? Words("", zh: "") : Words(", \(surplus) more than was claimed", zh: "，比申请多 \(surplus)")
      return Words(
        "This claim is settled: \(credited) came back by \(english)\(more.english). "
          + "We ask for nothing more.",
        zh: "本申请已结清：\(credited) 已由 \(chinese) 退还\(more.chinese)，无需进一步处理。")
    }
    if dispute.status == .reopened {
      return Words(
        "We shall write again once that is done; until then there is nothing to do.",
        zh: "核对完成后我们将另行函告；在此之前无需进一步处理。")
    }
    return isCorrection ? askedToCorrect : askedToCredit
  }

  /// As it can be paid, and exactly where that is not the same.
  private var askedToCredit: Words {
    let exact = dispute.left
    let payable = key.currency.payable(exact)
    let amount = "\(key.currency) \(payable)"
    let exactly = exact == payable ? nil : "\(key.currency) \(exact)"
    return Words(
      """
      We ask you to
      1. confirm the error, or explain line by line why the amount is right;
      2. credit \(amount)\(exactly.map { " (exactly \($0), as it can be paid)" } ?? "") to payer account \
      \(key.billingAccountID), with the tax that was charged on it and less the discount that was given on it, if any, and tell us \
      the number of the credit note;
      3. name \(dispute.findingID) in the credit note or in your answer.
      """,
      zh: """
        请贵方
        1. 确认该差错，或逐行说明该金额正确的理由；
        2. 向付款账号 \(key.billingAccountID) 退还 \(amount)\(exactly.map { "（精确金额为 \($0)，按可支付的最小单位取整）" } ?? "")\
        及其已收的税款，并扣除已就其给予的折扣（如有），并告知贷项通知单（红字发票）号码；
        3. 在贷项通知单或答复中注明 \(dispute.findingID)。
        """)
  }

  private var askedToCorrect: Words {
    let isTiny = dispute.status != .notInvoiced
    return Words(
      """
      \(isTiny ? "The amount is less than can be paid" : "The invoice does not contain this amount"): we ask for \
      no credit. We ask you to
      1. confirm the error, or explain line by line why the export is right;
      2. deliver the export of \(key.billingPeriod) again, corrected, so that it agrees with the invoice;
      3. name \(dispute.findingID) in your answer.
      """,
      zh: """
        \(isTiny ? "该金额小于可支付的最小单位" : "发票并不包含该金额")，故不申请退款。请贵方
        1. 确认该差错，或逐行说明导出文件正确的理由；
        2. 更正并重新投递 \(key.billingPeriod) 的成本导出文件，使其与发票一致；
        3. 在答复中注明 \(dispute.findingID)。
        """)
  }

  private var credited: String {
    dispute.recovered.isZero ? "" : "\(key.currency) \(dispute.recovered)"
  }

  private var left: String {
    dispute.recovered.isZero || dispute.status == .credited ? "" : "\(key.currency) \(dispute.left)"
  }

  private var attached: Words {
    if !pack.documents.isEmpty {
      let count = pack.documents.count
      return Words(
        "the figures of \(count) document\(count == 1 ? "" : "s") of yours",
        zh: "贵方 \(count) 份单据所列的各项数值")
    }
    let count = pack.lines.count
    let lacking = pack.lacking
    return Words(
      "\(count) line item\(count == 1 ? "" : "s"), verbatim from your export"
        + (lacking.map { " (\($0.english))" } ?? ""),
      zh: "贵方导出文件中的 \(count) 条明细行原文\(lacking.map { "（\($0.chinese)）" } ?? "")")
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
