"""Line items that stand more than once, from the export itself: repeated.py ACCOUNT USAGETYPE FILE…

Prints the record and cost of every row whose (LineItemId, TimeInterval) is not unique, as the file spells
them, and in the last line what all but the first of each pair cost together.
"""
import csv, decimal, gzip, sys

account, usage_type = sys.argv[1:3]
rows = []
for path in sys.argv[3:]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            if row["lineItem/UsageAccountId"] == account and row["lineItem/UsageType"] == usage_type:
                pair = (row["identity/LineItemId"], row["identity/TimeInterval"])
                rows.append((pair, number, row["lineItem/UnblendedCost"]))
seen, repeats = set(), decimal.Decimal(0)
for pair, number, cost in rows:
    if sum(1 for other in rows if other[0] == pair) > 1:
        print(number, cost)
        if pair in seen:
            repeats += decimal.Decimal(cost)
        seen.add(pair)
print(repeats.normalize())
