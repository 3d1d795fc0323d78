import BillingModel

extension DisputeGround {
  /// What follows from commitments, from what was agreed, and from the account's own history.
  static let ofAgreements: [RuleID: Words] = [
    "UpfrontFeeTwice": Words(
      "the upfront fee of a reservation or savings plan is charged once, at purchase; what all its fees less refunds come to beyond one fee is charged too much.",
      zh: "预留实例或 Savings Plan 的预付费用只在购买时收取一次；各次预付费用减去退款后超出一次费用的部分属多收。"),
    "CommitmentHoursWrong": Words(
      "a commitment has one hourly fee for each hour of its term in the month and each reservation; the hours beyond that, at the average rate, are charged too much.",
      zh: "承诺在当月有效期内，每份每小时只收一次小时费；超出的小时数按平均费率计算属多收。"),
    "CommitmentOutsideTerm": Words(
      "a reservation or savings plan is charged from its start to its end (StartTime, EndTime in the export); fees for days outside that term are charged too much, by their cost.",
      zh: "预留实例或 Savings Plan 只在其起止时间（导出文件中的 StartTime、EndTime）之内收费；有效期以外各日的费用全部属多收。"),
    "MarketplaceBilledTwice": Words(
      "a contract fee of AWS Marketplace is invoiced once, when it is agreed; the same fee (account, product, agreement, description, amount) on a further invoice is charged too much.",
      zh: "AWS Marketplace 的合同费用只在签约时开票一次；同一费用（账号、产品、协议、说明、金额均相同）再次出现在另一张发票上属多收。"),
    "FreeTierCharged": Words(
      "usage that its own usage type or description places under a free tier has a rate of zero in the AWS price list; its whole cost is charged too much.",
      zh: "用量类型或说明表明属于免费套餐的用量，在 AWS 价目表中单价为零；其费用全部属多收。"),
    "NegativeCharge": Words(
      "only credits, refunds, discounts and negations lower a bill; a usage line with a quantity below zero cannot have been metered, and its cost is not owed.",
      zh: "只有抵扣、退款、折扣与抵消行可为负；数量小于零的用量行不可能由计量产生，其费用不应收取。"),
    "DiscountMissing": Words(
      "a discount was agreed for this product, and nothing of it is granted; what the agreed rate makes of the charges is charged too much.",
      zh: "双方约定该产品享有折扣，而账单分文未给；按约定折扣率计算的金额属多收。"),
    "DiscountRateWrong": Words(
      "the discount is the agreed rate times the usage and fees within the days of the agreement, less discounts of other types; what was granted less than that is charged too much.",
      zh: "折扣等于约定折扣率乘以协议期内的用量与费用（先减去其他折扣）；少给的部分属多收。"),
    "PrivateRateNotApplied": Words(
      "a private rate was agreed for this usage type; charged too much is cost − cost × agreed rate ÷ rate charged.",
      zh: "双方就该用量类型约定了专属单价；多收金额为 费用 − 费用 × 约定单价 ÷ 实收单价。"),
    "CreditMissing": Words(
      "a credit that was granted and has a balance is applied to what it is for; the lesser of the balance and the eligible charges was not taken off.",
      zh: "已授予且有余额的抵扣金应抵减适用的费用；余额与适用费用两者中较小的金额未予抵减。"),
    "SupportFeeWrong": Words(
      "the support fee is the greater of the minimum and the tiers of the plan applied to the charges (usage, fees and discounts, without support, Marketplace, tax, credits and refunds); what exceeds that is charged too much.",
      zh: "支持费等于最低收费与按方案各档费率计算所得两者中的较大者（计费基数为用量、费用与折扣，不含支持费、Marketplace、税、抵扣与退款）；超出部分属多收。"),
    "TaxMissing": Words(
      "these charges are exempt: every agreed tax rate for them is zero, so the tax on them is charged too much.",
      zh: "该等费用免税：约定税率均为零，所收税额全部属多收。"),
    "TaxBeforeCredits": Words(
      "tax is the agreed rate times the charges after credits and refunds; it was computed before them.",
      zh: "税额应以抵扣与退款之后的费用乘以约定税率计算；账单按抵扣与退款之前的费用计税。"),
    "InvoiceWithoutCharges": Words(
      "the cost of the line items that bear an invoice's id equals that invoice (FOCUS); your export holds no line item for this one.",
      zh: "带有某发票号的明细行费用合计应等于该发票（FOCUS 规则）；贵方导出文件中没有该发票的任何明细行。"),
    "UnknownAccount": Words(
      "a payer owes the charges of the accounts of its organization; this account is not among them by our list of accounts.",
      zh: "付款账号只承担其组织内各账号的费用；据我方账号清单，该账号不在其中。"),
    "UnknownEntity": Words(
      "charges come from the sellers, issuers and billing entities that were agreed; the one named here is none of them.",
      zh: "费用只应来自约定的销售方、开票方与计费主体；此处所列并不在约定之内。"),
    "RegionNotAllowed": Words(
      "our own list of regions does not name this one, and we know of no use of ours there; please say who started this usage, and review the charge as unauthorized use if it was none of ours.",
      zh: "该区域不在我方允许使用的区域清单内，我方亦不知有相应的使用；请说明该用量由谁发起，如非我方使用，请按未经授权的使用复核该费用。"),
    "RateChanged": Words(
      "the same SKU and usage type had another rate in the month before, and no change of the price list is known to us; charged too much is the difference of the rates times the usage.",
      zh: "同一 SKU 与用量类型上月单价不同，而我方未获悉价目表变更；多收金额为两个单价之差乘以用量。"),
    "ReservationIdle": Words(
      "a reservation covers matching usage of any account of the payer before usage on demand is charged; its hours lay idle while such usage was charged on demand.",
      zh: "预留实例应优先覆盖同一付款账号下任一账号的匹配用量；其时数闲置，而匹配用量按需计费。"),
    "DailyCostAnomaly": Words(
      "the cost of these days left what the history of the same account and service makes likely, and we know of no use of ours that explains it; please state what was metered.",
      zh: "这些日期的费用偏离同一账号、同一服务的历史水平，而我方并无相应的使用；请说明计量依据。"),
  ]
}
