"""Plants ten faults into a copy of a cost export, each of another kind: plant.py EXPORT COPY

Prints, as JSON, the record and the code of each reject that must come of it, and the rows and the money that
must be kept.
"""
import csv, decimal, io, json, sys

decimal.getcontext().prec = 60
COLUMNS = {
    "lineItem/UnblendedCost": ("lineItem/CurrencyCode", "bill/BillingPeriodStartDate"),
    "BilledCost": ("BillingCurrency", "BillingPeriodStart"),
}


def line(fields):
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()


def main(source, target):
    with open(source, newline="", encoding="utf-8") as file:
        header, *records = list(csv.reader(file))
    cost_name = next(name for name in COLUMNS if name in header)
    cost = header.index(cost_name)
    currency, start = (header.index(name) for name in COLUMNS[cost_name])

    def with_field(index, text):
        return lambda fields: line(fields[:index] + [text] + fields[index + 1:])

    faults = [
        ("ColumnCount", lambda fields: line(fields) + ",one too many"),
        ("ColumnCount", lambda fields: line(fields[:-1])),
        ("TextAfterQuote", lambda fields: '"x"y' + line(fields)),
        ("UnreadableCost", with_field(cost, "1,000.00")),
        ("UnreadableCost", with_field(cost, "NaN")),
        ("UnreadableCost", with_field(cost, "")),
        ("UnreadableCurrency", with_field(currency, "usd")),
        ("UnreadableCurrency", with_field(currency, "")),
        ("UnreadableBillingPeriod", with_field(start, "soon")),
        ("NULByte", lambda fields: "\0" + line(fields)),
    ]
    places = {(index + 1) * 83: fault for index, fault in enumerate(faults)}
    kept, rows = {}, 0
    with open(target, "w", newline="", encoding="utf-8") as file:
        file.write(line(header) + "\n")
        for number, fields in enumerate(records, 1):
            if number in places:
                file.write(places[number][1](fields) + "\n")
                continue
            file.write(line(fields) + "\n")
            rows += 1
            money = kept.get(fields[currency], decimal.Decimal(0))
            kept[fields[currency]] = money + decimal.Decimal(fields[cost])
    json.dump(
        {
            "rejects": [f"{number} {code}" for number, (code, _) in places.items()],
            "kept": {name: format(amount.normalize(), "f") for name, amount in kept.items()},
            "rows": rows,
        },
        sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
