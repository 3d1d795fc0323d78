import BillingModel
import ExactNumbers

/// What was billed and what is right, in words that a reader outside knows.
struct DisputeSides {
  let billed: Words
  let right: Words

  /// Nil where both sides are in the words of what was found, and in no shorter ones.
  init?(_ finding: Finding) {
    let (actual, expected) = (finding.actual.string, finding.expected.string)
    let currency = finding.key.currency
    switch finding.key.rule {
    case "DuplicateLineItem", "RepeatedUsage":
      (billed, right) = (Self.counted(actual, "行"), Self.counted(expected, "行"))
    case "MoreHoursThanPeriod", "CommitmentHoursWrong", "ReservationIdle":
      (billed, right) = (Self.counted(actual, "小时"), Self.counted(expected, "小时"))
    case "RateInconsistent", "PrivateRateNotApplied", "RateChanged":
      (billed, right) = (Self.rates(actual), Self.rates(expected))
    case "CommitmentOutsideTerm":
      billed = Words("fees in \(actual)", zh: "\(actual) 账期的费用")
      right = Words("fees within the term \(expected)", zh: "有效期 \(expected) 之内的费用")
    case "MarketplaceBilledTwice":
      billed = Words("invoices \(actual)", zh: "发票 \(actual.replacing(" and ", with: "、"))")
      right = Words("one invoice", zh: "一张发票")
    case "UnknownAccount":
      billed = Words("charges of account \(actual)", zh: "账号 \(actual) 的费用")
      right = Words("charges of our own accounts only", zh: "仅本组织各账号的费用")
    case "UnknownEntity":
      billed = Words("charges by \(actual)", zh: "\(actual) 计收的费用")
      right = Words("charges by those that were agreed only", zh: "仅约定各方计收的费用")
    case "RegionNotAllowed":
      billed = Words("usage in \(actual)", zh: "\(actual) 区域的用量")
      right = Words("no usage in that region", zh: "该区域没有用量")
    case "NegativeCharge":
      billed = Words(
        actual,
        zh: ChineseText(
          actual.replacing("cost ", with: "费用 ").replacing(", quantity ", with: "，数量 ")))
      right = Words("no quantity below zero", zh: "数量不小于零")
    default:
      guard let billed = Self.money(actual, currency), let right = Self.money(expected, currency)
      else { return nil }
      (self.billed, self.right) = (billed, right)
    }
  }

  /// `at most 744 hours` → `至多 744 小时`.
  private static func counted(_ text: String, _ unit: String) -> Words {
    let number = text.split(separator: " ").first { (try? Amount(parsing: String($0))) != nil }
    let limit = text.hasPrefix("at most ") ? "至多 " : ""
    let idle = text.hasSuffix(" idle") ? "闲置 " : ""
    return Words(text, zh: ChineseText(number.map { "\(limit)\(idle)\($0) \(unit)" } ?? text))
  }

  private static func rates(_ text: String) -> Words {
    switch text {
    case "one rate": Words(text, zh: "同一单价")
    case "more than one rate": Words(text, zh: "多个单价")
    default:
      Words("a rate of \(text)", zh: "单价 \(text.replacing(", ", with: "、"))")
    }
  }

  private static func money(_ text: String, _ currency: CurrencyCode) -> Words? {
    let limit = "at most "
    let isLimit = text.hasPrefix(limit)
    let number = isLimit ? String(text.dropFirst(limit.count)) : text
    guard (try? Amount(parsing: number)) != nil else { return nil }
    return Words(
      "\(isLimit ? limit : "")\(currency) \(number)",
      zh: "\(isLimit ? "至多 " : "")\(currency) \(number)")
  }
}
