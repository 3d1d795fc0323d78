"""Adds up sample-data/ with csv, decimal, gzip and ElementTree, and prints what does not fit.

usage: stories.py FOLDER JOB, where JOB is
  differences  story, export, invoice ids, currency, charged minus documented ("no document" without one)
  rows         story, export, file record, what its own fields contradict
  months       payer, period, stories: each payer's month and who tells it
"""
import collections
import csv
import decimal
import gzip
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal

decimal.getcontext().prec = 60

LEGACY = dict(
    id="identity/LineItemId", interval="identity/TimeInterval", invoice="bill/InvoiceId",
    payer="bill/PayerAccountId", start="bill/BillingPeriodStartDate", type="lineItem/LineItemType",
    usage="lineItem/UsageAmount", rate="lineItem/UnblendedRate", cost="lineItem/UnblendedCost",
    currency="lineItem/CurrencyCode", public="pricing/publicOnDemandRate",
    priced="pricing/currency", plan="savingsPlan/SavingsPlanARN", usageType="lineItem/UsageType",
    resource="lineItem/ResourceId")
CUR2 = dict(
    id="identity_line_item_id", interval="identity_time_interval", invoice="bill_invoice_id",
    payer="bill_payer_account_id", start="bill_billing_period_start_date",
    type="line_item_line_item_type", usage="line_item_usage_amount",
    rate="line_item_unblended_rate", cost="line_item_unblended_cost",
    currency="line_item_currency_code", public="pricing_public_on_demand_rate",
    priced="pricing_currency", plan="savings_plan_savings_plan_a_r_n",
    usageType="line_item_usage_type", resource="line_item_resource_id")
FOCUS = dict(
    invoice="InvoiceId", payer="BillingAccountId", start="BillingPeriodStart",
    type="ChargeCategory", cost="BilledCost", currency="BillingCurrency")


def number(text):
    try:
        return Decimal(text) if text.isascii() else None
    except decimal.InvalidOperation:
        return None


def files(folder):
    """Stories, nights in order, files by name."""
    for story in sorted(os.listdir(folder)):
        for path, _, names in sorted(os.walk(os.path.join(folder, story, "nights"))):
            for name in sorted(names):
                yield story, os.path.join(path, name)


def rows(path):
    """Record number and fields by our own names; nothing where the file cannot be read."""
    try:
        text = gzip.open(path).read().decode()
    except EOFError:
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = reader.fieldnames or []
    names = next((n for n in (LEGACY, CUR2) if n["id"] in header), FOCUS)
    for record, row in enumerate(reader, 1):
        fields = {ours: row.get(theirs) or "" for ours, theirs in names.items()}
        fields["ragged"] = None in row or None in row.values()
        fields["record"] = record
        yield fields


def export(path):
    """The name of a data file without its chunk."""
    return re.sub(r"-\d+\.csv\.gz$|\.csv\.gz$", "", os.path.basename(path))


def documents(path):
    """Ids that a document names, ids that it takes back, its currency and signed gross."""
    if path.endswith("invoice-summaries.json"):
        for each in json.load(open(path))["InvoiceSummaries"]:
            money = each["BaseCurrencyAmount"]
            yield {each["InvoiceId"]}, set(), money["CurrencyCode"], Decimal(money["TotalAmount"])
    if not path.endswith(".xml"):
        return
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError:
        return

    def texts(name):
        return [e.text for e in root.iter() if e.tag.split("}")[-1] == name]

    kind = root.tag.split("}")[-1]
    if kind == "EInvoice":
        ids = set(re.findall(r"(?<!\d)\d{9,10}(?!\d)", texts("Remark")[0]))
        yield ids, set(), "CNY", Decimal(texts("TotalTax-includedAmount")[0])
    elif kind == "cXML":
        header = root.find(".//InvoiceDetailRequestHeader")
        money = root.find(".//InvoiceDetailSummary/NetAmount/Money")
        # A deletion takes back the document whose amounts it repeats.
        takes_back = header.get("purpose") == "creditMemo" or header.get("operation") == "delete"
        sign = -1 if takes_back else 1
        corrected = {e.get("invoiceID") for e in header.findall("InvoiceIDInfo")}
        yield {header.get("invoiceID")}, corrected, money.get("currency"), sign * Decimal(money.text)
    else:
        sign = -1 if kind == "CreditNote" else 1
        own, *corrected = texts("ID")[:2] if sign < 0 else texts("ID")[:1]
        gross = sign * Decimal(texts("TaxInclusiveAmount")[0])
        yield {own}, set(corrected), texts("DocumentCurrencyCode")[0], gross


def differences(folder):
    charged = collections.defaultdict(Decimal)
    newest = {}
    stated = collections.defaultdict(list)
    for story, path in files(folder):
        stated[story] += documents(path)
        if not path.endswith(".csv.gz"):
            continue
        for row in rows(path):
            cost = number(row["cost"])
            if cost is None or row["ragged"] or not row["invoice"] or not row["currency"]:
                continue
            key = (story, export(path), row["invoice"], row["currency"])
            folder_of = os.path.dirname(path)
            if newest.setdefault(key, folder_of) != folder_of:
                newest[key] = folder_of
                charged[key] = Decimal(0)
            charged[key] += cost
    for story, name in sorted({key[:2] for key in charged}):
        mine = {key[2:]: sum_ for key, sum_ in charged.items() if key[:2] == (story, name)}
        sets = [({invoice}, currency) for invoice, currency in mine]
        charged_ids = {invoice for invoice, _ in mine}
        named = [(own if own & charged_ids else other, currency, gross)
                 for own, other, currency, gross in stated[story]]
        for ids, currency, _ in named:
            joined = [s for s in sets if s[0] & ids and s[1] == currency]
            sets = [s for s in sets if s not in joined]
            if joined:
                sets.append((set().union(*(s[0] for s in joined)), currency))
        for ids, currency in sorted(sets, key=lambda s: (sorted(s[0]), s[1])):
            found = [gross for own, cur, gross in named if own & ids and cur == currency]
            total = sum(mine[invoice, currency] for invoice in ids)
            off = f"{(total - sum(found)).normalize():f}" if found else "no document"
            if off != "0":
                yield story, name, ";".join(sorted(ids)), currency, off


def contradictions(row, seen, plans):
    """What one row says against itself or an earlier one."""
    cost, usage, rate = number(row["cost"]), number(row.get("usage", "")), number(row.get("rate", ""))
    if row["ragged"]:
        return ["ragged"]
    if cost is None:
        return ["unreadable cost"]
    found = []
    if "id" not in row:
        return found
    key = row["id"], row["interval"]
    if key in seen:
        found.append("repeated")
    seen.add(key)
    metered = row["type"] in ("Usage", "RIFee", "SavingsPlanRecurringFee")
    if metered and usage is None:
        found.append("unreadable usage")
    elif metered and rate is not None and abs(cost - rate * usage) > Decimal("1e-10"):
        found.append(f"cost is off by {(cost - rate * usage).normalize():f}")
    if row["type"] == "Usage" and number(row["public"]) is not None and rate > number(row["public"]):
        found.append("rate above public")
    if row["type"] == "Usage" and cost < 0:
        found.append("negative")
    if row["type"] == "DiscountedUsage" and cost != 0:
        found.append("reserved usage costs")
    if row["priced"] not in ("", row["currency"]):
        found.append("priced in another currency")
    if row["plan"] and row["type"] in ("SavingsPlanCoveredUsage", "SavingsPlanNegation"):
        plans[row["interval"], row["usageType"]] += cost
    return found


def faults(folder):
    deliveries = collections.defaultdict(list)
    for story, path in files(folder):
        if path.endswith(".csv.gz"):
            deliveries[story, os.path.dirname(path)].append(path)
    for (story, _), paths in deliveries.items():
        seen, plans = set(), collections.defaultdict(Decimal)
        for path in paths:
            for row in rows(path):
                for fault in contradictions(row, seen, plans):
                    yield story, export(path), str(row["record"]), fault
        for (interval, _), sum_ in sorted(plans.items()):
            if sum_ != 0:
                yield story, export(paths[0]), interval[:10], f"plan is off by {sum_.normalize():f}"


def months(folder):
    told = collections.defaultdict(set)
    for story, path in files(folder):
        if path.endswith(".csv.gz"):
            for row in rows(path):
                told[row["payer"], row["start"][:7]].add(story)
    for (payer, period), stories in sorted(told.items()):
        yield payer, period, ";".join(sorted(stories))


JOBS = dict(differences=differences, rows=faults, months=months)
for line in JOBS[sys.argv[2]](sys.argv[1]):
    print("\t".join(line))
