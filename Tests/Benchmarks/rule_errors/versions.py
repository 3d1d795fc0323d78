"""Payers whose months come more than once, by two exports, or with rows that cannot be read."""
import csv
import json
import os
import random
from collections import defaultdict
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal as D

from .bills import BEFORE, MONTH, Month, text
from .shops import amount

RESTATED, DROPPED, TWICE, BROKEN, UNPROVED, CLOSING = (f"1000000000{n}" for n in range(32, 38))
PAYERS = (RESTATED, DROPPED, TWICE, BROKEN, UNPROVED, CLOSING)


def small_month(first, payer, seed):
    """Three services by day, and a yearly fee; the same streams in each month."""
    month = Month(first, [f"4{payer[-2:]}{seed:04d}{n:05d}" for n in range(1, 4)], payer)
    chance = random.Random(f"small {payer} {seed}")
    day_chance = random.Random(f"small {payer} {seed} {first}")
    for account in month.accounts:
        for product in ("AmazonEC2", "AmazonRDS", "AmazonS3"):
            rate = D(chance.randint(1, 99999)) / D(10) ** 5
            for offset in range(0, month.days, 2):
                month.usage(
                    account, product, f"{product[-2:]}-Units", rate, D(day_chance.randint(100, 9000)) / 100,
                    first + timedelta(days=offset))
    return month


def deliver(month, inbox, version):
    """As AWS does it: a folder for each version, and manifests that name the newest."""
    assembly = f"{version:08d}-0000-4000-8000-{month.payer}"
    folder = os.path.join(inbox, f"report-{month.payer}", month.span)
    month.write_rows(os.path.join(folder, assembly, "report-1.csv"))
    manifest = {
        "assemblyId": assembly, "account": month.payer, "charset": "UTF-8", "compression": "None",
        "contentType": "text/csv", "reportName": f"report-{month.payer}",
        "billingPeriod": {"start": f"{month.first:%Y%m%d}T000000.000Z", "end": f"{month.end:%Y%m%d}T000000.000Z"},
        "bucket": "bills", "reportKeys": [f"report-{month.payer}/{month.span}/{assembly}/report-1.csv"]}
    for place in (folder, os.path.join(folder, assembly)):
        with open(os.path.join(place, f"report-{month.payer}-Manifest.json"), "w") as file:
            json.dump(manifest, file)


def places(month):
    """Cost by invoice, account, service and type: what may not change once an invoice names it."""
    sums = defaultdict(D)
    for row in month.rows:
        place = (row[column] for column in (
            "bill/InvoiceId", "lineItem/UsageAccountId", "product/ProductName", "lineItem/LineItemType"))
        sums[tuple(place)] += row["cost"]
    return sums


def changes(old, new):
    """By place of an invoice that the old version names."""
    before, after = places(old), places(new)
    final = {place[0] for place in before}
    moved = {place: after.get(place, D(0)) - before.get(place, D(0)) for place in {**before, **after}}
    return {place: step for place, step in moved.items() if step and place[0] in final}


class Versions:
    """First versions, and what comes in the second night."""

    def __init__(self, seed, faulty):
        self.chance = random.Random(f"versions {seed}")
        self.errors = []
        self.signed, self.final = (small_month(first, RESTATED, seed) for first in (BEFORE, MONTH))
        self.long, self.shadowed, self.broken, self.unproved, self.closing = (
            small_month(MONTH, payer, seed) for payer in PAYERS[1:])
        self.months = [self.signed, self.final, self.long, self.shadowed, self.broken, self.unproved, self.closing]
        for name in ("Raised", "Lowered", "Vanished"):
            for month in (self.signed, self.final):
                month.fee(month.accounts[1], f"Plant{name}", amount(self.chance) + 2000, "yearly")
        self.closing.row(
            self.closing.accounts[1], "Credit", "AmazonEC2", "", -amount(self.chance), MONTH, **{
                "lineItem/LineItemDescription": "promotion"})
        self.second = {month: deepcopy(month) for month in (self.signed, self.final, self.long, self.closing)}
        self.fill_long()
        self.leave_open()
        # A second version may be written in another order, and bring charges of a further invoice.
        late = self.second[self.final].fee(self.final.accounts[1], "AWSLate", amount(self.chance), "late")
        late["bill/InvoiceId"] = "LATE-1"
        for month in self.second.values():
            self.chance.shuffle(month.rows)
        self.missing = {}
        self.invoiced = {}
        # Fields as the export spells them, by row.
        self.misspelled = []
        if faulty:
            self.restate()
            self.drop()
            self.export_less()
            self.break_rows()
            self.invoice_more()

    def fill_long(self):
        """Rows that cost nothing may go, up to a tenth of all; those of one service are more."""
        second = self.second[self.long]
        for number in range(60):
            row = self.long.usage(
                self.long.accounts[0], "PlantDropped", "Units", D("0.01"), D(self.chance.randint(1, 4000)),
                MONTH + timedelta(days=number % 30), **{"lineItem/ResourceId": f"res-{number}"})
            second.rows.append(dict(row))
        for number in range(len(second.rows) // 9):
            self.long.usage(
                self.long.accounts[0], "AmazonS3", f"Free-{number // 30}", D(0), D(1),
                MONTH + timedelta(days=number % 30))

    def leave_open(self):
        """A month whose lines get their invoice ids one after another: none has changed, and no credit is late."""
        for row in self.closing.rows:
            if self.chance.random() < 0.4 or row["lineItem/LineItemType"] == "Credit":
                row["bill/InvoiceId"] = ""

    def fee(self, month, name):
        return next(row for row in self.second[month].rows if row["lineItem/ProductCode"] == f"Plant{name}")

    def restate(self):
        """Fees that change in the second version; in the month before, which was signed off by then, two."""
        for month, names in ((self.signed, ("Raised", "Lowered")), (self.final, ("Raised", "Lowered", "Vanished"))):
            rows = self.second[month].rows
            for name in names:
                fee = self.fee(month, name)
                if name == "Vanished":
                    rows.remove(fee)
                else:
                    fee["cost"] += amount(self.chance) * (1 if name == "Raised" else -1)
        self.second[self.final].fee(self.final.accounts[1], "PlantAppeared", amount(self.chance), "yearly")
        net = sum(changes(self.signed, self.second[self.signed]).values())
        self.errors.append((BEFORE, "ChangedAfterSignOff", "since: 2 repriced", abs(net)))
        self.add_changes(self.final)

    def add_changes(self, month):
        for (_, _, product, _), step in changes(month, self.second[month]).items():
            self.errors.append((MONTH, "ChangedAfterFinalisation", product, abs(step)))

    def drop(self):
        """The rows of one service, more than a tenth of all."""
        second = self.second[self.long]
        second.rows = [row for row in second.rows if row["lineItem/ProductCode"] != "PlantDropped"]
        moved = sum(changes(self.long, second).values())
        self.errors.append((MONTH, "RowsDropped", f"before held {len(self.long.rows)}", abs(moved)))
        self.add_changes(self.long)

    def export_less(self):
        """The second export lacks a row."""
        row = self.chance.choice(self.shadowed.rows)
        off = max(amount(self.chance), D("0.05"))
        self.missing = {row["identity/LineItemId"]: off}
        self.errors.append((MONTH, "ExportsDisagree", "FOCUS 1.2", self.total_apart()))

    def break_rows(self):
        """Rows that cannot be kept: of some the cost can be read, of others nothing proves the invoice."""
        rows = self.chance.sample(self.broken.rows, self.chance.randint(1, 3))
        self.misspelled += [(row, "bill/BillingPeriodStartDate", self.chance.choice(["", "soon"])) for row in rows]
        self.errors.append((MONTH, "RejectedRows", "with USD", sum(row["cost"] for row in rows)))
        rows = self.chance.sample(self.unproved.rows, self.chance.randint(1, 3))
        self.misspelled += [(row, "lineItem/UnblendedCost", self.chance.choice(["", "N/A", "1,5"])) for row in rows]
        self.errors.append((MONTH, "RejectedRows", "cannot be read", D(0)))
        self.errors.append((MONTH, "TotalOff", self.unproved.invoice, sum(row["cost"] for row in rows)))

    def invoice_more(self):
        """Than the month charges that got its ids line by line."""
        off = amount(self.chance)
        self.invoiced = {self.closing.invoice: off}
        self.errors.append((MONTH, "TotalOff", self.closing.invoice, off))

    # What is written.

    def early_night(self, inbox):
        """Before the invoices are issued."""
        self.closing.spell()
        deliver(self.closing, inbox, 1)

    def first_night(self, inbox):
        for month in self.months:
            # An invoice is for all its charges, those that lack their id yet too.
            (self.second[month] if month is self.closing else month).write_summaries(inbox, self.invoiced)
            month.spell()
            for row, column, spelling in self.misspelled:
                row[column] = spelling
            if month is not self.closing:
                deliver(month, inbox, 1)
        self.write_focus(inbox)
        with open(os.path.join(inbox, f"sign-off-{BEFORE:%Y-%m}.csv"), "w") as file:
            file.write(f"BillingPeriod,SignedBy,Note\n{BEFORE:%Y-%m},Controller,\n")

    def second_night(self, inbox):
        for month in self.second.values():
            month.spell()
            deliver(month, inbox, 2)
        late = deepcopy(self.second[self.final])
        late.rows = [row for row in late.rows if row["bill/InvoiceId"] == "LATE-1"]
        late.write_summaries(inbox, {})

    def focus_cost(self, row):
        """Exports write costs with different numbers of digits."""
        return row["cost"].quantize(D("1e-6")) - self.missing.get(row["identity/LineItemId"], 0)

    def total_apart(self):
        return abs(sum(row["cost"] - self.focus_cost(row) for row in self.shadowed.rows))

    def write_focus(self, inbox):
        month = self.shadowed
        folder = os.path.join(inbox, "focus")
        os.makedirs(folder)
        columns = {
            "BillingAccountId": "bill/PayerAccountId", "BillingPeriodStart": "bill/BillingPeriodStartDate",
            "BillingPeriodEnd": "bill/BillingPeriodEndDate", "InvoiceId": "bill/InvoiceId",
            "InvoiceIssuerName": "bill/InvoicingEntity", "ProviderName": "bill/BillingEntity",
            "PublisherName": "lineItem/LegalEntity", "SubAccountId": "lineItem/UsageAccountId",
            "ChargePeriodStart": "lineItem/UsageStartDate", "ChargePeriodEnd": "lineItem/UsageEndDate",
            "ServiceName": "product/ProductName", "SkuMeter": "lineItem/UsageType",
            "BillingCurrency": "lineItem/CurrencyCode", "ChargeDescription": "lineItem/LineItemDescription",
            "ConsumedQuantity": "lineItem/UsageAmount", "ConsumedUnit": "pricing/unit"}
        with open(os.path.join(folder, "focus.csv"), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*columns, "ChargeCategory", "ChargeClass", "BilledCost"])
            for row in month.rows:
                writer.writerow([row.get(name, "") for name in columns.values()]
                                + ["Usage", "", text(self.focus_cost(row))])
