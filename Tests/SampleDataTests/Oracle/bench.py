"""What a set of the benchmark says when Python reads it: `bench.py FOLDER`. Prints one fact a line."""
import csv
import glob
import gzip
import json
import sys
import xml.etree.ElementTree as tree
from collections import Counter, defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 60
folder = sys.argv[1]
figures = json.load(open(f"{folder}/bench.json"))
rows, plain, widths = [], 0, set()
for path in figures["files"]:
    text = gzip.open(f"{folder}/{path}", "rb").read()
    plain += len(text)
    records = csv.reader(text.decode("utf-8").splitlines())
    header = next(records)
    for record in records:
        widths.add(len(record))
        rows.append(dict(zip(header, record)))


def number(row, column):
    return Decimal(row[column])


def starts(family):
    return [name for name in header if name.startswith(family + "/")]


families = "identity bill lineItem product pricing reservation savingsPlan resourceTags".split()
facts = {
    "columns": (len(header), len(set(header)), sorted(widths) == [len(header)]),
    "families in order": header == [name for family in families for name in starts(family)],
    "rows": len(rows) == figures["rows"],
    "bytes": plain == figures["plainBytes"],
    "accounts": len({row["lineItem/UsageAccountId"] for row in rows}),
    "ids": (len({row["identity/LineItemId"] for row in rows}) == len(rows),
            {len(row["identity/LineItemId"]) for row in rows} == {52}),
}
tags = starts("resourceTags")
key = ["bill/InvoiceId", "lineItem/UsageAccountId", "product/ProductName", "lineItem/UsageType",
       "lineItem/LineItemType", *tags]
groups = {(row["lineItem/UsageStartDate"][:10], *[row[name] for name in key]) for row in rows}
facts["groups"] = len(groups) == figures["groups"]

rated = [row for row in rows if row["lineItem/UnblendedRate"]]
facts["costs are rates times usage"] = len(rated) > 0 and all(
    number(row, "lineItem/UnblendedCost")
    == number(row, "lineItem/UnblendedRate") * number(row, "lineItem/UsageAmount") for row in rated)
rates, units = defaultdict(set), defaultdict(set)
for row in rows:
    units[row["lineItem/UsageType"], row["lineItem/LineItemType"]].add(row["pricing/unit"])
    if row["lineItem/LineItemType"] == "Usage":
        rates[row["product/sku"], row["lineItem/UsageType"]].add(row["lineItem/UnblendedRate"])
facts["one rate, one unit"] = {len(found) for found in [*rates.values(), *units.values()]} == {1}

plans, hours = defaultdict(Decimal), Counter()
for row in rows:
    kind, usage_type = row["lineItem/LineItemType"], row["lineItem/UsageType"]
    if kind in ("SavingsPlanCoveredUsage", "SavingsPlanNegation"):
        plans[row["identity/TimeInterval"], usage_type, row["lineItem/AvailabilityZone"]] += number(
            row, "lineItem/UnblendedCost")
    if row["lineItem/ResourceId"] and row["pricing/unit"] == "Hrs":
        hours[row["lineItem/ResourceId"], row["identity/TimeInterval"], usage_type] += number(
            row, "lineItem/UsageAmount")
facts["plans cancel"] = len(plans) > 0 and set(plans.values()) == {0}
facts["at most an hour an hour"] = max(hours.values()) <= 1
facts["days"] = (min(row["lineItem/UsageStartDate"] for row in rows),
                 max(row["lineItem/UsageEndDate"] for row in rows))

costs = [row["lineItem/UnblendedCost"] for row in rows]
digits = Counter(len(cost.split(".")[1]) for cost in costs)
facts["fraction digits"] = {2, 6, 10, 12, 16, 18} <= set(digits)
facts["types"] = sorted({row["lineItem/LineItemType"] for row in rows})
facts["doubled quotes"] = 0.002 < sum(
    '"' in row["lineItem/LineItemDescription"] for row in rows) / len(rows) < 0.05
values = {row[name] for row in rows for name in tags}
facts["tags"] = (
    any(value.endswith(" ") for value in values), any("," in value for value in values),
    any(not value.isascii() for value in values), {"prod", "PROD"} <= values)

charged, invoiced = defaultdict(Decimal), {}
for row in rows:
    charged[row["bill/InvoiceId"]] += number(row, "lineItem/UnblendedCost")
for path in glob.glob(f"{folder}/inbox/invoices/*.xml"):
    total = [node for node in tree.parse(path).iter()
             if node.tag == "DueAmount" or node.tag.endswith("}PayableAmount")][0]
    invoiced[path.split("/")[-1][:-4]] = Decimal("".join(total.itertext()).strip())
facts["invoices"] = (len(invoiced), invoiced == dict(charged))
manifest = json.load(open(glob.glob(f"{folder}/inbox/cur/*/*/*-Manifest.json")[0]))
facts["manifest"] = (
    [f'{column["category"]}/{column["name"]}' for column in manifest["columns"]] == header,
    ["inbox/" + path for path in manifest["reportKeys"]] == figures["files"])
for name, fact in facts.items():
    print(name, json.dumps(fact))
