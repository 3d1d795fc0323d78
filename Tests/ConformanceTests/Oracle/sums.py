"""Exact sums over cost exports with Python's csv and decimal: sums.py COLUMN,… FILE…

Prints what `counterfoil summarize` must print. A column is a name of the files, or one of the model's names
below. BilledCost is the net cost where a row states one and its payer's invoice holds no discount row, else
the unblended cost; for FOCUS it is the column of that name. A row of split cost repeats money of its parent
and adds nothing. A quantity is added up where all rows count in
one unit.
"""
import csv, decimal, gzip, sys

decimal.getcontext().prec = 60
csv.field_size_limit(1 << 30)

# The columns of each format: cost, net cost, currency, quantity, unit, payer, invoice, type.
FORMATS = {
    "lineItem/UnblendedCost": dict(
        net="lineItem/NetUnblendedCost", currency="lineItem/CurrencyCode", quantity="lineItem/UsageAmount",
        unit="pricing/unit", payer="bill/PayerAccountId", invoice="bill/InvoiceId",
        kind="lineItem/LineItemType"),
    "line_item_unblended_cost": dict(
        net="line_item_net_unblended_cost", currency="line_item_currency_code",
        quantity="line_item_usage_amount", unit="pricing_unit", payer="bill_payer_account_id",
        invoice="bill_invoice_id", kind="line_item_line_item_type"),
    "BilledCost": dict(
        net="", currency="BillingCurrency", quantity="ConsumedQuantity", unit="ConsumedUnit",
        payer="BillingAccountId", invoice="InvoiceId", kind="ChargeCategory"),
}
MODEL = {"InvoiceId": "invoice", "LineItemType": "kind", "BillingAccountId": "payer"}
DISCOUNTS = {"EdpDiscount", "PrivateRateDiscount", "BundledDiscount", "SppDiscount", "Discount"}


def rows_of(path):
    with open(path, "rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    opened = gzip.open if is_gzip else open
    with opened(path, "rt", newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield {name: "" if text == "NULL" else text for name, text in row.items()}


def spelled(amount):
    """Exact, at least two digits after the point, no exponent, no -0."""
    whole, _, fraction = format(amount, "f").partition(".")
    text = f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"
    return text if text.strip("-0.") else text.lstrip("-")


def number(text):
    return decimal.Decimal(text) if text else decimal.Decimal(0)


def read(paths):
    for path in paths:
        for row in rows_of(path):
            cost = next(name for name in FORMATS if name in row)
            yield row, cost, FORMATS[cost]


def is_split(row):
    operation = row.get("lineItem/Operation") or row.get("line_item_operation")
    parent = row.get("splitLineItem/ParentResourceId") or row.get("split_line_item_parent_resource_id")
    return bool(parent) or operation in ("EKSPod-EC2", "ECSTask-EC2")


def net_invoices(items):
    """The payers' invoices whose net cost counts."""
    filled, discounted = set(), set()
    for row, _, names in items:
        group = row[names["payer"]], row.get(names["invoice"], "")
        if row.get(names["net"]):
            filled.add(group)
        if row[names["kind"]] in DISCOUNTS:
            discounted.add(group)
    return filled - discounted


def main(columns, paths, readings={}):
    """`readings` says how columns are read that no file has."""
    items = list(read(paths))
    net = net_invoices(items)
    sums = {}
    for row, cost, names in items:
        key = [
            readings[c](row) if c in readings else row[names[MODEL[c]] if c in MODEL and c not in row else c]
            for c in columns
        ]
        group = row[names["payer"]], row.get(names["invoice"], "")
        sum = sums.setdefault((*key, row[names["currency"]]), [decimal.Decimal(0)] * 2 + [0, set()])
        if not is_split(row):
            sum[0] += number(group in net and row.get(names["net"]) or row[cost])
        sum[1] += number(row[names["quantity"]])
        sum[2] += 1
        if row[names["quantity"]]:
            sum[3].add(row.get(names["unit"], ""))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*columns, "BillingCurrency", "BilledCost", "ConsumedQuantity", "LineItems"])
    for key in sorted(sums, key=lambda key: [part.encode() for part in key]):
        cost, quantity, count, units = sums[key]
        out.writerow([*key, spelled(cost), spelled(quantity) if len(units) == 1 else "", count])


if __name__ == "__main__":
    main([name for name in sys.argv[1].split(",") if name], sys.argv[2:])
