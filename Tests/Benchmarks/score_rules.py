"""Plants known errors in clean months, runs counterfoil, and counts what it finds, rule by rule.

usage: score_rules.py COUNTERFOIL PIPELINES [--seeds FIRST-LAST]

Each seed makes a company of its own: accounts, usage, a reservation, a savings plan, a discount, support, tax.
Two months of it are run clean, where no ErrorCandidate may arise, and once more with one error for each rule,
of between 0.02 and 2000 units of currency. An error is found if the rule lists one finding that names its
token, with the planted amount at stake to a millionth. Any other ErrorCandidate or Anomaly of a rule is
false, unless CausedBy says that another finding counts its money, or the same row breaks two laws (`echoes`). Sums
are made here, with decimal.
"""
import argparse
import csv
import decimal
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal as D

decimal.getcontext().prec = 50
PAYER = "100000000001"
BEFORE, MONTH = date(2026, 3, 1), date(2026, 4, 1)
INC, TAXED = "Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL"
COLUMNS = """identity/LineItemId identity/TimeInterval bill/InvoiceId bill/InvoicingEntity
bill/BillingEntity bill/BillType bill/PayerAccountId bill/BillingPeriodStartDate
bill/BillingPeriodEndDate lineItem/UsageAccountId lineItem/LineItemType lineItem/UsageStartDate
lineItem/UsageEndDate lineItem/ProductCode lineItem/UsageType lineItem/Operation
lineItem/AvailabilityZone lineItem/ResourceId lineItem/UsageAmount lineItem/CurrencyCode
lineItem/UnblendedRate lineItem/UnblendedCost lineItem/NetUnblendedCost
lineItem/LineItemDescription lineItem/LegalEntity product/ProductName product/regionCode
product/sku pricing/publicOnDemandRate pricing/publicOnDemandCost pricing/unit pricing/currency
discount/TotalDiscount reservation/ReservationARN reservation/StartTime reservation/EndTime
reservation/NumberOfReservations reservation/UnusedQuantity reservation/UnusedRecurringFee
savingsPlan/SavingsPlanARN savingsPlan/StartTime savingsPlan/EndTime
savingsPlan/TotalCommitmentToDate savingsPlan/UsedCommitment
splitLineItem/ParentResourceId resourceTags/user:Environment""".split()
UNBILLED = "Amazon Web Services Japan G.K."
SUPPORT, CREDIT = "AWSSupportBusiness", "GRANT"


def text(number):
    return format(number, "f") if isinstance(number, D) else str(number)


def stamp(day):
    return f"{day}T00:00:00Z"


def ten(number):
    return number.quantize(D("1e-10"), decimal.ROUND_HALF_UP)


def cents(number):
    return number.quantize(D("0.01"), decimal.ROUND_HALF_UP)


def money(row):
    """Rows of split cost repeat the money of their parent."""
    return D(0) if "split" in row else row["cost"]


class Month:
    """The rows of one month; money as Decimal under short names, the rest by column."""

    def __init__(self, first):
        self.first = first
        self.end = (first + timedelta(days=31)).replace(day=1)
        self.days = (self.end - first).days
        self.hours = 24 * self.days
        self.invoice = f"19{first:%y%m}01"
        self.taxed_invoice = f"EU{first:%y%m}01"
        self.rows = []
        self.ids = 0

    def row(self, account, kind, product, usage_type, cost=None, day=None, **more):
        self.ids += 1
        start = day or self.first
        end = start + timedelta(days=1) if day else self.end
        seller = more.pop("seller", INC)
        row = {
            "identity/LineItemId": f"id{self.ids:06d}",
            "identity/TimeInterval": f"{stamp(start)}/{stamp(start + timedelta(days=1))}",
            "bill/InvoiceId": {INC: self.invoice, TAXED: self.taxed_invoice}.get(seller, "JP-1"),
            "bill/InvoicingEntity": seller, "lineItem/LegalEntity": seller,
            "bill/BillingEntity": "AWS", "bill/BillType": "Anniversary",
            "bill/PayerAccountId": PAYER,
            "bill/BillingPeriodStartDate": stamp(self.first),
            "bill/BillingPeriodEndDate": stamp(self.end),
            "lineItem/UsageAccountId": account, "lineItem/LineItemType": kind,
            "lineItem/UsageStartDate": stamp(start), "lineItem/UsageEndDate": stamp(end),
            "lineItem/ProductCode": product, "product/ProductName": product,
            "lineItem/UsageType": usage_type, "lineItem/Operation": "Run",
            "lineItem/CurrencyCode": "USD", "lineItem/LineItemDescription": usage_type or kind,
            "cost": cost,
        }
        if kind in ("DiscountedUsage", "SavingsPlanCoveredUsage", "SavingsPlanNegation"):
            row["resourceTags/user:Environment"] = "prod"
        row.update(more)
        self.rows.append(row)
        return row

    def usage(self, account, product, usage_type, rate, quantity, day, **more):
        cost = ten(rate * quantity)
        row = self.row(
            account, "Usage", product, usage_type, cost, day, **{
                "lineItem/UsageAmount": text(quantity), "lineItem/UnblendedRate": text(rate),
                "lineItem/ResourceId": f"res-{account}-{usage_type}", "pricing/unit": "Hrs",
                "product/regionCode": "us-east-1", "product/sku": f"SKU{usage_type}",
                "pricing/publicOnDemandRate": text(rate), "pricing/publicOnDemandCost": text(cost),
                "pricing/currency": "USD", "resourceTags/user:Environment": "prod",
                "lineItem/LineItemDescription": f"${text(rate)} per {usage_type}", **more})
        return row

    def fee(self, account, product, cost, description, **more):
        return self.row(account, "Fee", product, "", cost, **{
            "lineItem/LineItemDescription": description, **more})

    # What closes a month: discounts, support, tax.

    def charges(self, seller=None):
        return [r for r in self.rows if r["lineItem/LineItemType"] not in
                ("Tax", "Credit", "Refund") and r["lineItem/ProductCode"] != SUPPORT
                and r["bill/BillingEntity"] != "AWS Marketplace"
                and r["lineItem/CurrencyCode"] == "USD"
                and (seller is None or r["lineItem/LegalEntity"] == seller)]

    def discount(self, wrong):
        bases = defaultdict(D)
        for row in self.charges():
            if row["lineItem/LineItemType"] != "OperatorAdjustment":
                bases[row["lineItem/ProductCode"], row["lineItem/LegalEntity"]] += money(row)
        for (product, seller), base in sorted(bases.items()):
            granted = ten(base * D("0.09")) - wrong.get(product, D(0))
            if granted and base > 0:
                self.row(ACCOUNTS[0], "EdpDiscount", product, "", -granted, seller=seller)

    def support(self, previous, more=D(0)):
        kinds = ("Usage", "DiscountedUsage", "SavingsPlanCoveredUsage", "SavingsPlanNegation",
                 "Fee", "RIFee", "SavingsPlanRecurringFee", "EdpDiscount")
        base = sum((money(r) for r in previous.charges() if r["lineItem/LineItemType"] in kinds), D(0))
        fee = min(base, D(10000)) * D("0.10")
        if base > 10000:
            fee += (base - 10000) * D("0.07")
        self.fee(ACCOUNTS[0], SUPPORT, max(fee, D(100)) + more, "AWS Support")

    def tax(self, more=D(0)):
        base = sum((money(r) for r in self.rows if r["lineItem/LegalEntity"] == TAXED), D(0))
        self.row(ACCOUNTS[0], "Tax", "AmazonS3", "", ten(base * D("0.2")) + more, seller=TAXED)

    def invoices(self, changes):
        totals = defaultdict(lambda: [D(0), D(0), ""])
        for row in self.rows:
            if row["lineItem/CurrencyCode"] != "USD":
                continue
            entry = totals[row["bill/InvoiceId"]]
            entry[1 if row["lineItem/LineItemType"] == "Tax" else 0] += money(row)
            entry[2] = entry[2] or row["bill/InvoicingEntity"]
        result = []
        for name, (net, tax, seller) in sorted(totals.items()):
            if name not in changes or changes[name] is not None:
                net += changes.get(name) or 0
                document = self.document(name, cents(net), cents(tax), seller)
                if seller in changes.get("paid", {}):
                    rate, off = changes["paid"][seller]
                    document["PaymentCurrencyAmount"] = {
                        "TotalAmount": text(cents((cents(net) + cents(tax)) * rate) + off), "CurrencyCode": "INR",
                        "CurrencyExchangeDetails": {
                            "SourceCurrencyCode": "USD", "TargetCurrencyCode": "INR", "Rate": text(rate)}}
                result.append(document)
        return result

    def document(self, name, net, tax, seller):
        return {
            "AccountId": PAYER, "InvoiceId": name,
            "IssuedDate": f"{self.end + timedelta(days=2)}T08:00:00+00:00",
            "Entity": {"InvoicingEntity": seller},
            "BillingPeriod": {"Month": self.first.month, "Year": self.first.year},
            "InvoiceType": "INVOICE", "BaseCurrencyAmount": {
                "TotalAmount": text(net + tax), "TotalAmountBeforeTax": text(net),
                "CurrencyCode": "USD", "AmountBreakdown": {
                    "SubTotalAmount": text(net), "Taxes": {"TotalAmount": text(tax), "Breakdown": []}}}}

    def write(self, inbox, changes):
        span = f"{self.first:%Y%m%d}-{self.end:%Y%m%d}"
        folder = os.path.join(inbox, "report", span)
        os.makedirs(folder)
        for row in self.rows:
            row["lineItem/UnblendedCost"] = text(row["cost"])
        with open(os.path.join(folder, "report-1.csv"), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for row in self.rows:
                writer.writerow([row.get(column, "") for column in COLUMNS])
        with open(os.path.join(inbox, f"summaries-{self.first:%Y-%m}.json"), "w") as file:
            json.dump({"InvoiceSummaries": self.invoices(changes)}, file)


class Planted:
    """What each rule must find: a token that its finding names, and the amount at stake."""

    def __init__(self):
        self.errors = {}

    def add(self, rule, token, amount):
        self.errors[rule] = (token, amount)


def amount(chance):
    """Of all sizes; some below one unit."""
    return cents(D(str(round(10 ** chance.uniform(-1.6, 3.2), 2)))) + D("0.02")


def clean_month(month, seed):
    """The same streams in each month, other quantities each day."""
    chance = random.Random(seed)
    day_chance = random.Random(f"{seed} {month.first}")
    for account in ACCOUNTS[1:]:
        for number in range(chance.randint(3, 8)):
            product = chance.choice(["AmazonEC2", "AmazonRDS", "AmazonS3", "AWSLambda"])
            seller = chance.choice([INC, INC, INC, TAXED])
            usage_type = f"{product[-2:]}{seller[-4:-1].strip()}-{number}-{chance.randint(1, 99)}"
            rate = D(chance.randint(1, 999999)) / D(10) ** chance.randint(4, 7)
            mean = D(str(round(10 ** chance.uniform(0, 2.5), 3)))
            for offset in range(month.days):
                quantity = mean * D(day_chance.randint(800, 1200)) / 1000
                month.usage(
                    account, product, usage_type, rate, quantity,
                    month.first + timedelta(days=offset), seller=seller)
    arn, plan = "arn:aws:ec2::reserved/main", "arn:aws:savingsplans::main"
    month.row(
        ACCOUNTS[1], "RIFee", "AmazonEC2", "HeavyUsage:r5.large", ten(D("0.08") * month.hours), **{
            "reservation/ReservationARN": arn, "lineItem/UsageAmount": text(D(month.hours)),
            "reservation/StartTime": "2025-06-01T00:00:00Z",
            "reservation/EndTime": "2026-06-01T00:00:00Z",
            "reservation/NumberOfReservations": "1", "reservation/UnusedQuantity": "0",
            "reservation/UnusedRecurringFee": "0"})
    for offset in range(month.days):
        day = month.first + timedelta(days=offset)
        month.row(
            ACCOUNTS[1], "DiscountedUsage", "AmazonEC2", "BoxUsage:r5.large", D(0), day, **{
                "lineItem/UsageAmount": "24", "lineItem/UnblendedRate": "0",
                "lineItem/ResourceId": "i-reserved", "pricing/publicOnDemandRate": "0.126",
                "reservation/ReservationARN": arn})
        covered = {"savingsPlan/SavingsPlanARN": plan, "lineItem/UsageAmount": "24"}
        month.row(
            ACCOUNTS[2], "SavingsPlanCoveredUsage", "AmazonEC2", "BoxUsage:c5.large", D("2.04"), day,
            **{"lineItem/UnblendedRate": "0.085", "lineItem/ResourceId": "i-planned", **covered})
        month.row(
            ACCOUNTS[2], "SavingsPlanNegation", "AmazonEC2", "BoxUsage:c5.large", D("-2.04"), day, **covered)
        month.row(
            ACCOUNTS[2], "SavingsPlanRecurringFee", "ComputeSavingsPlans", "ComputeSP", D("1.2"), day, **{
                **covered, "savingsPlan/StartTime": "2025-01-01T00:00:00Z",
                "savingsPlan/EndTime": "2028-01-01T00:00:00Z",
                "savingsPlan/TotalCommitmentToDate": "1.2", "savingsPlan/UsedCommitment": "1.1"})
    month.row(
        ACCOUNTS[1], "Credit", "AmazonEC2", "", D("-5"), **{"lineItem/LineItemDescription": f"{CREDIT}-CLEAN"})


def plant(month, previous, seed):
    """One error a rule, each on rows of its own; returns what must be found and what closes the month."""
    chance = random.Random(f"errors {seed}")
    planted = Planted()
    closing = {"discount": {}, "support": D(0), "tax": D(0), "documents": {}}
    account = chance.choice(ACCOUNTS[1:])

    def day():
        return month.first + timedelta(days=chance.randint(1, month.days - 3))

    def use(rule, value=None, quantity=D(10), **more):
        """Ten units whose cost is the amount; the token is their usage type."""
        value = amount(chance) if value is None else value
        row = month.usage(account, "AmazonEC2", f"Plant{rule}", value / quantity, quantity, day(), **more)
        return row, value, f"Plant{rule}"

    row, value, token = use("DuplicateLineItem")
    month.rows.append(dict(row))
    planted.add("DuplicateLineItem", token, value)
    row, value, token = use("RepeatedUsage")
    month.rows.append({**row, "identity/LineItemId": "again"})
    planted.add("RepeatedUsage", token, value)
    row, value, token = use("CostNotRateTimesUsage")
    off = amount(chance)
    row["cost"] += off
    planted.add("CostNotRateTimesUsage", token, off)
    row, value, token = use("RateAbovePublic")
    excess = amount(chance)
    public = value / 10
    row["lineItem/UnblendedRate"], row["cost"] = text(public + excess / 10), value + excess
    planted.add("RateAbovePublic", token, excess)
    row, value, token = use("RateInconsistent")
    second, _, _ = use("RateInconsistent", value)
    higher = amount(chance)
    second["lineItem/UnblendedRate"] = second["pricing/publicOnDemandRate"] = text((value + higher) / 10)
    second["cost"] = value + higher
    second["pricing/publicOnDemandCost"] = text(value + higher)
    second["lineItem/LineItemDescription"] = row["lineItem/LineItemDescription"]
    second["lineItem/ResourceId"] = "res-other"
    planted.add("RateInconsistent", token, higher)
    value = amount(chance)
    month.row(account, "DiscountedUsage", "AmazonEC2", "PlantReservedUsageCharged", value, day())
    planted.add("ReservedUsageCharged", "PlantReservedUsageCharged", value)
    value = amount(chance)
    month.row(account, "SavingsPlanCoveredUsage", "AmazonEC2", "PlantNegation", value, day(), **{
        "savingsPlan/SavingsPlanARN": "arn:plan"})
    planted.add("SavingsPlanNegationMismatch", "PlantNegation", value)
    over = D(chance.randint(1, 400))
    rate = D(chance.randint(1, 4000)) / 1000
    for part in (D(month.hours), over):
        month.usage(account, "AmazonEC2", "BoxUsage:plant", rate, part, day())
    planted.add("MoreHoursThanPeriod", "BoxUsage:plant", rate * over)
    row, value, token = use("NegativeCharge", -amount(chance), D(-10))
    planted.add("NegativeCharge", token, -value)
    value = amount(chance)
    month.row(account, "Credit", "AmazonEC2", "PlantPositiveCredit", value)
    planted.add("PositiveCredit", account, value)
    value = amount(chance)
    month.fee("299999999999", "AmazonEC2", value, "stray")
    planted.add("UnknownAccount", "299999999999", value)
    value = amount(chance)
    month.fee(account, "AmazonEC2", value, "entity", **{"bill/BillingEntity": "Stranger"})
    planted.add("UnknownEntity", "Stranger", value)
    value = amount(chance)
    month.row(account, "OperatorAdjustment", "AmazonEC2", "PlantType", value)
    planted.add("UnknownLineItemType", "OperatorAdjustment", value)
    value = amount(chance)
    month.fee(account, "AmazonS3", value, "euro", **{
        "lineItem/CurrencyCode": "EUR", "bill/InvoiceId": ""})
    planted.add("CurrencyMismatch", "EUR", value)
    planted.add("HalfFinalMonth", "EUR", value)
    row, value, token = use("ChargedOutsidePeriod")
    row["lineItem/UsageStartDate"] = stamp(month.first - timedelta(days=4))
    planted.add("ChargedOutsidePeriod", token, value)
    # Prices
    row, value, token = use("ChargeableAtZeroRate")
    row["lineItem/UnblendedRate"], row["cost"] = "0", D(0)
    planted.add("ChargeableAtZeroRate", token, value)
    row, value, token = use("FreeTierCharged", **{
        "lineItem/LineItemDescription": "$1 per request under monthly free tier"})
    planted.add("FreeTierCharged", token, value)
    row, value, token = use("RateChanged")
    step = min(amount(chance), value)
    old = (value - step / 2) / 10
    previous.usage(account, "AmazonEC2", token, old, D(5), BEFORE + timedelta(days=3))
    planted.add("RateChanged", token, step / 2)
    row, value, token = use("UnitMismatch")
    larger, _, _ = use("UnitMismatch", value + 1, **{"pricing/unit": "GB"})
    larger["lineItem/LineItemDescription"] += " second tier"
    planted.add("UnitMismatch", token, value)
    row, value, token = use("RegionNotAllowed", **{"product/regionCode": "ap-south-1"})
    planted.add("RegionNotAllowed", "ap-south-1", value)
    row, value, token = use("Region")
    row["lineItem/UsageType"] = "USW2-PlantRegion"
    planted.add("RegionMismatch", "USW2-PlantRegion", value)
    # Tags
    row, value, token = use("Spelling", **{"resourceTags/user:Environment": "Production"})
    planted.add("TagSpellingsDiffer", "Environment prod ", value)
    row, value, token = use("Unlisted", **{"resourceTags/user:Environment": "moonbase"})
    planted.add("TagValueUnknown", "moonbase", value)
    row, value, token = use("Silent", **{"resourceTags/user:Environment": ""})
    row["lineItem/UsageAccountId"] = ACCOUNTS[0]
    planted.add("TagMissing", ACCOUNTS[0], value)
    row, value, token = use("PrivateRateNotApplied")
    agreed = ten(value / 20)
    planted.add("PrivateRateNotApplied", token, value - agreed * 10)
    closing["private"] = (token, agreed)
    row, value, token = use("PublicCostMismatch")
    off = amount(chance)
    row["pricing/publicOnDemandCost"] = text(value + off)
    planted.add("PublicCostMismatch", token, off)
    row, value, token = use("IntervalImpossible")
    row["lineItem/UsageEndDate"] = row["lineItem/UsageStartDate"]
    planted.add("IntervalImpossible", token, value)
    value = amount(chance)
    month.row("29999999998", "Fee", "AmazonS3", "", value)
    planted.add("AccountIDMalformed", "29999999998", value)
    row, value, token = use("SplitCostCounted")
    row["lineItem/Operation"], row["split"] = "EKSPod-EC2", True
    planted.add("SplitCostCounted", "split cost", value)
    # Commitments
    fee = amount(chance) / 10
    over = D(chance.randint(2, 100))
    term = {
        "reservation/StartTime": "2026-01-01T00:00:00Z",
        "reservation/EndTime": "2027-01-01T00:00:00Z", "reservation/NumberOfReservations": "1"}
    month.row(
        account, "RIFee", "AmazonEC2", "HeavyUsage:hours", fee * (month.hours + over), **{
            **term, "reservation/ReservationARN": "arn:hours",
            "lineItem/UsageAmount": text(D(month.hours) + over)})
    planted.add("CommitmentHoursWrong", "arn:hours", fee * over)
    value = amount(chance)
    month.row(account, "RIFee", "AmazonEC2", "HeavyUsage:term", value, **{
        **term, "reservation/ReservationARN": "arn:term",
        "reservation/EndTime": "2026-03-15T00:00:00Z"})
    planted.add("CommitmentOutsideTerm", "arn:term", value)
    value = amount(chance)
    month.row(account, "RIFee", "AmazonEC2", "HeavyUsage:idle.large", D(9), **{
        "reservation/ReservationARN": "arn:idle", "reservation/UnusedQuantity": "10",
        "reservation/UnusedRecurringFee": "1"})
    month.usage(account, "AmazonEC2", "BoxUsage:idle.large", value / 10, D(20), day())
    month.rows[-2]["product/regionCode"] = "us-east-1"
    planted.add("ReservationIdle", "arn:idle", value)
    value = amount(chance)
    month.row(account, "SavingsPlanRecurringFee", "ComputeSavingsPlans", "ComputeSP", D(1), day(), **{
        "savingsPlan/SavingsPlanARN": "arn:over", "savingsPlan/TotalCommitmentToDate": "1",
        "savingsPlan/UsedCommitment": text(1 + value)})
    planted.add("SavingsPlanOverused", "arn:over", value)
    value = amount(chance)
    for where in (previous, month):
        where.fee(account, "AmazonEC2", value, "upfront", **{"reservation/ReservationARN": "arn:upfront"})
    planted.add("UpfrontFeeTwice", "arn:upfront", value)
    value = amount(chance)
    for invoice in ("MP-1", "MP-2"):
        month.fee(account, "prod-plant", value, "contract", **{
            "bill/BillingEntity": "AWS Marketplace", "bill/InvoiceId": invoice,
            "lineItem/ResourceId": "agreement"})
    planted.add("MarketplaceBilledTwice", "prod-plant", value)
    value = amount(chance)
    month.row(account, "Refund", "PlantRefund", "", -value)
    planted.add("RefundWithoutOriginal", "PlantRefund", value)
    # Agreements
    for product in ("PlantRate", "PlantMissing"):
        month.fee(account, product, amount(chance) + 1000, "yearly")
    base = month.rows[-2]["cost"]
    off = D(chance.randint(10, 80)) / 100 * base * D("0.09")
    closing["discount"] = {
        "PlantRate": cents(off), "PlantMissing": ten(month.rows[-1]["cost"] * D("0.09"))}
    planted.add("DiscountRateWrong", "PlantRate", cents(off))
    planted.add("DiscountMissing", "PlantMissing", closing["discount"]["PlantMissing"])
    value = amount(chance)
    for where, share in ((previous, D(90)), (month, 10 + value)):
        where.row(account, "Credit", "AmazonEC2", "", -share, **{
            "lineItem/LineItemDescription": f"{CREDIT}-OVER"})
    planted.add("CreditNotAsGranted", f"{CREDIT}-OVER", value)
    planted.add("CreditMissing", f"{CREDIT}-UNUSED", D("7.50"))
    closing["support"] = amount(chance)
    planted.add("SupportFeeWrong", "Support costs", closing["support"])
    closing["tax"] = amount(chance) + 1
    planted.add("TaxRateWrong", TAXED, closing["tax"])
    closing["documents"] = {month.invoice: amount(chance) + 2, "MP-2": None, "JP-1": None}
    off = amount(chance)
    closing["documents"]["paid"] = {TAXED: (D("83.12"), off)}
    planted.add("PaymentConversionWrong", month.taxed_invoice, off)
    value = amount(chance)
    month.row(ACCOUNTS[1], "Fee", "PlantJapan", "", value, seller=UNBILLED)
    planted.add("InvoicesNeverArrived", UNBILLED, value - ten(value * D("0.09")))
    planted.add("TotalOff", month.invoice, closing["documents"][month.invoice])
    planted.add("ChargesWithoutInvoice", "MP-2", next(
        r["cost"] for r in month.rows if r["bill/InvoiceId"] == "MP-2"))
    return planted, closing


def contract(folder, private):
    lines = [
        f'payers: [{{account: "{PAYER}", currency: USD}}]',
        f'billingEntities: ["AWS", "AWS Marketplace"]', f'invoiceIssuers: ["{INC}", "{TAXED}", "{UNBILLED}"]',
        f'legalEntities: ["{INC}", "{TAXED}", "{UNBILLED}"]',
        f'taxRates: [{{legalEntity: "{INC}", rate: 0}}, {{legalEntity: "{UNBILLED}", rate: 0}}, '
        f'{{legalEntity: "{TAXED}", rate: 0.2}}]',
        "requiredTags: [{dimension: Environment, share: 0.5}]",
        f'discounts: [{{type: EdpDiscount, rate: 0.09, except: ["{SUPPORT}"]}}]',
        f'regions: ["us-east-1"]',
        f'support: [{{products: ["{SUPPORT}"], minimum: 100, tiers: [{{upTo: 10000, rate: 0.10}}, {{rate: 0.07}}]}}]',
        "credits:",
        f'  - {{name: "{CREDIT}-CLEAN", currency: USD, amount: 1000}}',
        f'  - {{name: "{CREDIT}-OVER", currency: USD, amount: 100, from: 2026-01-01, to: 2026-04-30}}',
    ]
    if private:
        lines += [
            f'  - {{name: "{CREDIT}-UNUSED", currency: USD, amount: 7.50, from: 2026-04-01}}',
            f'privateRates: [{{usageType: "{private[0]}", rate: {text(private[1])}}}]']
    else:
        # Nothing is left of the credit that is planted only in faulty months.
        lines[-1] = lines[-1].replace("amount: 100,", "amount: 100, used: 100,")
        lines.append("privateRates: []")
    with open(os.path.join(folder, "contract.yaml"), "w") as file:
        file.write("\n".join(lines) + "\n")
    with open(os.path.join(folder, "accounts.csv"), "w") as file:
        file.write("AccountId,AccountName\n" + "".join(f"{a},name\n" for a in [PAYER] + ACCOUNTS))


def run(program, pipelines, months, closing, private):
    """Findings of the last month, and of the one before."""
    with tempfile.TemporaryDirectory() as home:
        folder = os.path.join(home, "pipelines")
        shutil.copytree(pipelines, folder)
        contract(folder, private)
        inbox = os.path.join(home, "inbox")
        for month in months:
            changes = closing["documents"] if closing and month.first == MONTH else {}
            month.write(inbox, changes)
        done = subprocess.run(
            [program, "run", os.path.join(folder, "nightly.yaml"), "--home", home, "--as-of", "2026-05-20"],
            capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
        if done.returncode != 0:
            sys.exit(f"counterfoil ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        result = []
        for month in months:
            path = os.path.join(home, "out", f"{month.first:%Y-%m}", "anomalies.csv")
            result.append(list(csv.DictReader(open(path, encoding="utf-8-sig"))))
        return result


def build(seed, faulty):
    months = [Month(BEFORE), Month(MONTH)]
    for month in months:
        clean_month(month, seed)
    planted, closing = plant(months[1], months[0], seed) if faulty else (Planted(), None)
    closing = closing or {"discount": {}, "support": D(0), "tax": D(0), "documents": {}}
    months[0].discount({})
    months[0].support(months[0])
    months[0].tax()
    months[1].discount(closing["discount"])
    months[1].support(months[0], closing["support"])
    months[1].tax(closing["tax"])
    return months, planted, closing


def names(finding, token):
    columns = ("UsageType", "SubAccountId", "InvoiceId", "ServiceName", "ResourceId", "BillingCurrency",
               "Actual", "Explanation")
    return any(token in finding[column] for column in columns)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("pipelines")
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--show", action="store_true", help="print what was missed or false")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split("-"))
    count = defaultdict(Counter)
    clean = 0
    for seed in range(first, last + 1):
        global ACCOUNTS
        ACCOUNTS = [f"2{seed:05d}{n:06d}" for n in range(1, 8)]
        months, _, closing = build(seed, False)
        for findings in run(options.program, options.pipelines, months, closing, None):
            for finding in findings:
                if finding["Kind"] == "ErrorCandidate":
                    clean += 1
                    print(f"seed {seed}: clean month: {finding['Rule']}: {finding['Explanation']}")
        months, planted, closing = build(seed, True)
        findings = run(options.program, options.pipelines, months, closing, closing["private"])[1]
        score(seed, planted, findings, count, options.show)
    report(count, clean, last - first + 1)
    missed = sum(c["planted"] - c["found"] for c in count.values())
    return 1 if clean or missed else 0


def score(seed, planted, findings, count, show):
    hit = set()
    for rule, (token, value) in planted.errors.items():
        size = "planted" if value >= 1 else "small"
        count[rule][size] += 1
        found = [f for f in findings if f["Rule"] == rule and names(f, token)]
        # Documents are in whole cents.
        margin = D("0.01") if rule in ("TotalOff", "ChargesWithoutInvoice") else D("0.000001")
        right = [f for f in found if abs(D(f["AmountAtStake"]) - value) <= margin]
        hit.update(f["FindingId"] for f in right[:1])
        count[rule]["found" if size == "planted" else "smallFound"] += bool(right)
        if show and not right:
            print(f"seed {seed}: missed {rule} {token} {value}: {[(f['AmountAtStake']) for f in found]}")
    for finding in findings:
        rule = finding["Rule"]
        if finding["FindingId"] in hit or finding["Rule"] == "DailyCostAnomaly":
            continue
        if finding["CausedBy"] or echoes(finding, planted):
            continue
        count[rule]["false"] += 1
        if show:
            print(f"seed {seed}: false {rule} {finding['AmountAtStake']} {finding['Explanation']}")


def echoes(finding, planted):
    """A planted error that another rule rightly sees as well: the same row breaks two laws."""
    pairs = {
        "RateInconsistent": ["RateAbovePublic"],
        "UnknownAccount": ["AccountIDMalformed"], "HalfFinalMonth": ["CurrencyMismatch"],
        "DiscountMissing": ["CurrencyMismatch"],
    }
    return any(names(finding, planted.errors[other][0]) for other in pairs.get(finding["Rule"], []))


def report(count, clean, seeds):
    print(f"{seeds} seeds; ErrorCandidates in clean months: {clean}")
    print(f"{'rule':30} {'>= 1':>6} {'found':>6} {'< 1':>6} {'found':>6} {'false':>6} {'precision':>9} {'recall':>7}")
    for rule, c in sorted(count.items()):
        found = c["found"] + c["smallFound"]
        listed = found + c["false"]
        precision = f"{found / listed:.3f}" if listed else "-"
        recall = f"{c['found'] / c['planted']:.3f}" if c["planted"] else "-"
        print(f"{rule:30} {c['planted']:6} {c['found']:6} {c['small']:6} {c['smallFound']:6} {c['false']:6} "
              f"{precision:>9} {recall:>7}")


if __name__ == "__main__":
    sys.exit(main())
