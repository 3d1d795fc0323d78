import BillingModel

/// By which rule an amount is wrong, as a letter says it: the formula with the columns of the export, so
/// that the reader can compute it again.
enum DisputeGround {
  static func of(_ rule: RuleID) -> Words { grounds[rule] ?? anyOther }

  private static let anyOther = Words(
    "the bill must agree with itself, with its invoice and with what was agreed; both sides are stated above.",
    zh: "账单须与其自身、与发票以及与双方约定一致；两边的数值见上。")

  /// Each in one of the tables; the rules that can have none claim no money.
  private static let grounds: [RuleID: Words] = ofLines.merging(ofAgreements) { first, _ in first }

  /// True where a rule has a ground of its own.
  static func isKnown(_ rule: RuleID) -> Bool { grounds[rule] != nil }

  private static let ofLines: [RuleID: Words] = [
    "DuplicateLineItem": Words(
      "a line item id is unique within its time interval; every row after the first of each (id, interval) is charged too much, by its cost.",
      zh: "行项目编号在同一时间区间内唯一；每组（编号、区间）中除第一行外，各行的费用均属多收。"),
    "RepeatedUsage": Words(
      "the same usage (account, resource, type, operation, interval, rate, description and quantity) is charged once; every row after the first of each set is charged too much, by its cost.",
      zh: "同一用量（账号、资源、类型、操作、区间、费率、说明、数量均相同）只应收费一次；每组中除第一行外，各行的费用均属多收。"),
    "CostNotRateTimesUsage": Words(
      "the cost of a line is its rate times its usage amount; what exceeds that is charged too much.",
      zh: "每行费用等于费率乘以用量；超出部分属多收。"),
    "RateAbovePublic": Words(
      "no rate lies above the public on-demand rate of the same line; charged too much is the sum of (rate − public rate) × usage amount.",
      zh: "费率不得高于同一行所列的公开按需价；多收金额为（费率 − 公开价）× 用量之和。"),
    "RateInconsistent": Words(
      "lines of the same SKU, usage type and description have one rate; charged too much is what exceeds the usage at the lowest rate.",
      zh: "SKU、用量类型、说明均相同的行应使用同一费率；超出按最低费率计算的部分属多收。"),
    "ReservedUsageCharged": Words(
      "usage that a reservation covers (DiscountedUsage) costs nothing, since its price is in the fee of the reservation; its whole cost is charged too much.",
      zh: "预留实例覆盖的用量（DiscountedUsage）费用应为零，其价格已含在预留费用中；该部分费用全部属多收。"),
    "SavingsPlanNegationMismatch": Words(
      "usage that a savings plan covers is cancelled by its negation in the same interval, to zero; what is left is charged too much.",
      zh: "Savings Plan 覆盖的用量在同一区间内应被抵消行冲减至零；余额属多收。"),
    "MoreHoursThanPeriod": Words(
      "one resource cannot run for more hours than the month has; the hours too many, at the average rate, are charged too much.",
      zh: "单个资源的运行小时数不可能超过当月小时数；超出的小时数按平均费率计算属多收。"),
    "ChargedOutsidePeriod": Words(
      "a month bills the usage of that month; usage that began before it does not belong on its bill.",
      zh: "账期只应收取当月用量；起始时间早于账期的用量不应列入。"),
    "PositiveCredit": Words(
      "credits and refunds lower the bill; one with a positive cost raises it.",
      zh: "抵扣与退款应减少账单金额；费用为正的抵扣反而增加了账单。"),
    "TaxRateWrong": Words(
      "tax is the agreed rate times the cost before tax; what exceeds that is charged too much.",
      zh: "税额等于约定税率乘以不含税费用；超出部分属多收。"),
    "TotalOff": Words(
      "the line items of an invoice add up to its total; what the invoice states beyond that is charged too much.",
      zh: "发票总额应等于其明细行合计；发票超出合计的部分属多收。"),
    "InvoiceArithmetic": Words(
      "the figures of an invoice follow from each other by the rules of its format; the figure stated differs from the one computed.",
      zh: "发票各项数值须符合其格式规定的计算关系；所列数值与计算结果不符。"),
    "ChangedAfterFinalisation": Words(
      "once an invoice is issued its line items do not change; what was added afterwards under the same invoice is not on it.",
      zh: "发票开具后其明细行不应再变动；之后以同一发票号增加的金额并不在发票之内。"),
    "DuplicateInvoice": Words(
      "an invoice number is unique for its seller, and an invoice is paid once.",
      zh: "同一销售方的发票号唯一，一张发票只应支付一次。"),
    "PaymentConversionWrong": Words(
      "the payment amount is the total times the exchange rate, rounded to the digits of the payment currency.",
      zh: "付款金额等于总额乘以汇率，并按付款货币的位数取整。"),
    "CurrencyMismatch": Words(
      "charges are in the currency that was agreed.", zh: "费用应以约定的货币计收。"),
    "DiscountReadingsDisagree": Words(
      "the discounts as rows and the net costs describe the same bill and give the same sum.",
      zh: "以折扣行列示与以净额列示描述同一账单，两者合计应一致。"),
  ]
}
