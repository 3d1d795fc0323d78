"""A made company's bill, month by month, as a legacy report and the summaries of its invoices."""
import csv
import decimal
import json
import os
import random
from collections import defaultdict
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
splitLineItem/ParentResourceId splitLineItem/SplitCost splitLineItem/UnusedCost resourceTags/user:Environment""".split()
UNBILLED = "Amazon Web Services Japan G.K."
CANADA, AUSTRALIA = "Amazon Web Services Canada, Inc.", "Amazon Web Services Australia Pty Ltd"
SINGAPORE = "Amazon Web Services Singapore Private Limited"
TAX_RATES = {TAXED: D("0.2"), CANADA: D("0.05"), AUSTRALIA: D("0.1")}
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

    def __init__(self, first, accounts, payer=PAYER):
        self.first = first
        self.accounts = accounts
        self.payer = payer
        self.end = (first + timedelta(days=31)).replace(day=1)
        self.days = (self.end - first).days
        self.hours = 24 * self.days
        prefixes = {INC: "19", TAXED: "EU", CANADA: "CA", AUSTRALIA: "AU", SINGAPORE: "SG"}
        self.numbers = {seller: f"{prefix}{first:%y%m}{payer[-2:]}" for seller, prefix in prefixes.items()}
        self.invoice, self.taxed_invoice = self.numbers[INC], self.numbers[TAXED]
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
            "bill/InvoiceId": self.numbers.get(seller, "JP-1"),
            "bill/InvoicingEntity": seller, "lineItem/LegalEntity": seller,
            "bill/BillingEntity": "AWS", "bill/BillType": "Anniversary",
            "bill/PayerAccountId": self.payer,
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

    def share(self, parent, split, unused):
        """What a pod is given of its instance; its cost is part of the parent's."""
        day = date.fromisoformat(parent["lineItem/UsageStartDate"][:10])
        return self.row(
            parent["lineItem/UsageAccountId"], "Usage", "AmazonEKS", "EKS-EC2-vCPU-Hours", D(0), day, split=True, **{
                "lineItem/Operation": "EKSPod-EC2", "lineItem/UsageAmount": "24",
                "splitLineItem/ParentResourceId": parent["lineItem/ResourceId"],
                "splitLineItem/SplitCost": text(split), "splitLineItem/UnusedCost": text(unused)})

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
                self.row(self.accounts[0], "EdpDiscount", product, "", -granted, seller=seller)

    def support(self, previous, more=D(0)):
        kinds = ("Usage", "DiscountedUsage", "SavingsPlanCoveredUsage", "SavingsPlanNegation",
                 "Fee", "RIFee", "SavingsPlanRecurringFee", "EdpDiscount")
        base = sum((money(r) for r in previous.charges() if r["lineItem/LineItemType"] in kinds), D(0))
        fee = min(base, D(10000)) * D("0.10")
        if base > 10000:
            fee += (base - 10000) * D("0.07")
        self.fee(self.accounts[0], SUPPORT, max(fee, D(100)) + more, "AWS Support")

    def base(self, seller):
        return sum((money(r) for r in self.rows if r["lineItem/LegalEntity"] == seller), D(0))

    def tax(self, wrong):
        """On all charges, credits included; `wrong` is by how much it is off, None for no tax at all."""
        for seller, rate in TAX_RATES.items():
            if wrong.get(seller, 0) is not None:
                due = ten(self.base(seller) * rate) + wrong.get(seller, 0)
                self.row(self.accounts[0], "Tax", "AmazonS3", "", due, seller=seller)

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
            "AccountId": self.payer, "InvoiceId": name,
            "IssuedDate": f"{self.end + timedelta(days=2)}T08:00:00+00:00",
            "Entity": {"InvoicingEntity": seller},
            "BillingPeriod": {"Month": self.first.month, "Year": self.first.year},
            "InvoiceType": "INVOICE", "BaseCurrencyAmount": {
                "TotalAmount": text(net + tax), "TotalAmountBeforeTax": text(net),
                "CurrencyCode": "USD", "AmountBreakdown": {
                    "SubTotalAmount": text(net), "Taxes": {"TotalAmount": text(tax), "Breakdown": []}}}}

    def write(self, inbox, changes):
        self.spell()
        self.write_rows(os.path.join(inbox, "report", self.span, "report-1.csv"))
        self.write_summaries(inbox, changes)

    @property
    def span(self):
        return f"{self.first:%Y%m%d}-{self.end:%Y%m%d}"

    def spell(self):
        for row in self.rows:
            row["lineItem/UnblendedCost"] = text(row["cost"])

    def write_rows(self, path):
        os.makedirs(os.path.dirname(path))
        with open(path, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for row in self.rows:
                writer.writerow([row.get(column, "") for column in COLUMNS])

    def write_summaries(self, inbox, changes):
        os.makedirs(inbox, exist_ok=True)
        with open(os.path.join(inbox, f"summaries-{self.payer}-{self.first:%Y-%m}.json"), "w") as file:
            json.dump({"InvoiceSummaries": self.invoices(changes)}, file)


def clean_month(month, seed):
    """The same streams in each month, other quantities each day."""
    chance = random.Random(seed)
    day_chance = random.Random(f"{seed} {month.first}")
    for account in month.accounts[1:]:
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
    for offset in range(month.days):
        node = month.usage(
            month.accounts[3], "AmazonEC2", "BoxUsage:node", D("0.1"), D(24), month.first + timedelta(days=offset))
        spare = D(day_chance.randint(0, 130)) / 100
        month.share(node, D("1.1"), spare)
        month.share(node, D("1.3") - spare, D(0))
    arn, plan = "arn:aws:ec2::reserved/main", "arn:aws:savingsplans::main"
    month.row(
        month.accounts[1], "RIFee", "AmazonEC2", "HeavyUsage:r5.large", ten(D("0.08") * month.hours), **{
            "reservation/ReservationARN": arn, "lineItem/UsageAmount": text(D(month.hours)),
            "reservation/StartTime": "2025-06-01T00:00:00Z",
            "reservation/EndTime": "2026-06-01T00:00:00Z",
            "reservation/NumberOfReservations": "1", "reservation/UnusedQuantity": "0",
            "reservation/UnusedRecurringFee": "0"})
    for offset in range(month.days):
        day = month.first + timedelta(days=offset)
        month.row(
            month.accounts[1], "DiscountedUsage", "AmazonEC2", "BoxUsage:r5.large", D(0), day, **{
                "lineItem/UsageAmount": "24", "lineItem/UnblendedRate": "0",
                "lineItem/ResourceId": "i-reserved", "pricing/publicOnDemandRate": "0.126",
                "reservation/ReservationARN": arn})
        covered = {"savingsPlan/SavingsPlanARN": plan, "lineItem/UsageAmount": "24"}
        month.row(
            month.accounts[2], "SavingsPlanCoveredUsage", "AmazonEC2", "BoxUsage:c5.large", D("2.04"), day,
            **{"lineItem/UnblendedRate": "0.085", "lineItem/ResourceId": "i-planned", **covered})
        month.row(
            month.accounts[2], "SavingsPlanNegation", "AmazonEC2", "BoxUsage:c5.large", D("-2.04"), day, **covered)
        month.row(
            month.accounts[2], "SavingsPlanRecurringFee", "ComputeSavingsPlans", "ComputeSP", D("1.2"), day, **{
                **covered, "savingsPlan/StartTime": "2025-01-01T00:00:00Z",
                "savingsPlan/EndTime": "2028-01-01T00:00:00Z",
                "savingsPlan/TotalCommitmentToDate": "1.2", "savingsPlan/UsedCommitment": "1.1"})
    month.row(
        month.accounts[1], "Credit", "AmazonEC2", "", D("-5"), **{"lineItem/LineItemDescription": f"{CREDIT}-CLEAN"})
