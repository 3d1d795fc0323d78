"""Exact sums of a CSV file by columns: sums.py FILE COST QUANTITY-or-empty COLUMN...

Prints key columns, the sum of COST, the number of rows; tab-separated, sorted by bytes.
"""
import csv, decimal, sys

decimal.getcontext().prec = 60
path, cost, _, *keys = sys.argv[1:]
sums, counts = {}, {}
with open(path, newline="", encoding="utf-8-sig") as file:
    for row in csv.DictReader(file):
        key = tuple("" if row[name] == "NULL" else row[name] for name in keys)
        sums[key] = sums.get(key, decimal.Decimal(0)) + decimal.Decimal(row[cost])
        counts[key] = counts.get(key, 0) + 1
for key in sorted(sums, key=lambda key: [part.encode() for part in key]):
    value = format(sums[key], "f")
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0").ljust(2, "0")
    value = f"{whole}.{fraction}"
    if not value.strip("-0."):
        value = "0.00"
    print("\t".join([*key, value, str(counts[key])]))
