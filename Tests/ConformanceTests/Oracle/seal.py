"""Checks the seals of published documents from nothing but themselves: seal.py OUT, seal.py --version FOLDER…

Prints a line for each thing that is not as stated, and nothing where all is right: hash, size, rows and
control total of each document of each version, documents without a seal, rows and money read that were
neither kept nor rejected, a link that does not point to the newest version.
"""
import csv, decimal, hashlib, json, os, sys

decimal.getcontext().prec = 60


def money(amounts):
    sums = {currency: decimal.Decimal(text) for currency, text in amounts.items()}
    return {currency: amount for currency, amount in sums.items() if amount}


def rows_of(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def totals(rows, column):
    """Money that another finding already counts is left out; an empty cell is no amount."""
    sums = {}
    for row in rows:
        currency = row["BillingCurrency"]
        if not row.get("CausedBy") and row[column]:
            sums[currency] = sums.get(currency, decimal.Decimal(0)) + decimal.Decimal(row[column])
    return {currency: amount for currency, amount in sums.items() if amount}


def check_document(folder, entry):
    path = os.path.join(folder, entry["name"])
    with open(path, "rb") as file:
        data = file.read()
    if len(data) != entry["bytes"]:
        yield f"{path}: {len(data)} bytes, sealed as {entry['bytes']}"
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        yield f"{path}: another content than was sealed"
    rows = rows_of(path) if path.endswith(".csv") else []
    if len(rows) != entry["rows"]:
        yield f"{path}: {len(rows)} rows, sealed as {entry['rows']}"
    if entry["controlTotal"]:
        found = totals(rows, entry["controlTotal"]["column"])
        if found != money(entry["controlTotal"]["amounts"]):
            yield f"{path}: control total {found}, sealed as {entry['controlTotal']}"


def stages_of(path):
    """Stage -> (rows, money by currency)."""
    with open(path, encoding="utf-8") as file:
        stages = json.load(file)["stages"]
    return {stage["stage"]: (stage["rows"], money(stage["cost"])) for stage in stages}


def add(a, b):
    sums = {key: a[1].get(key, 0) + b[1].get(key, 0) for key in {*a[1], *b[1]}}
    return a[0] + b[0], {key: amount for key, amount in sums.items() if amount}


def check_summary(path):
    stages = stages_of(path)
    if stages and stages["read"] != add(stages["kept"], stages["rejected"]):
        yield f"{path}: what was read is not what was kept and rejected: {stages}"


def check_whole(summaries):
    """One file can hold several months: what was kept of it stands in one of them."""
    total = {name: (0, {}) for name in ("kept", "charges", "allocations")}
    for path in summaries:
        stages = stages_of(path)
        for name in total:
            total[name] = add(total[name], stages.get(name, (0, {})))
    for name in ("charges", "allocations"):
        if total[name] != total["kept"]:
            yield f"{name} of all periods are not what was kept: {total}"


def check_version(folder):
    with open(os.path.join(folder, "MANIFEST.json"), encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    sealed = {entry["name"] for entry in documents} | {"MANIFEST.json"}
    there = {
        os.path.relpath(os.path.join(place, name), folder)
        for place, _, names in os.walk(folder) for name in names
    }
    for name in sorted(there ^ sealed):
        yield f"{folder}/{name}: sealed and not there, or there and not sealed"
    for entry in documents:
        yield from check_document(folder, entry)
    yield from check_summary(os.path.join(folder, "run-summary.json"))


def check(out):
    versions = os.path.join(out, ".versions")
    periods = sorted(os.listdir(versions))
    if not periods:
        yield f"{out}: nothing was published"
    for period in periods:
        folder = os.path.join(versions, period)
        names = sorted(os.listdir(folder))
        for name in names:
            if not name.isdigit():
                yield f"{folder}/{name}: no version"
            else:
                yield from check_version(os.path.join(folder, name))
        newest = max((int(name) for name in names if name.isdigit()), default=0)
        link = os.path.join(out, period)
        if os.readlink(link) != os.path.join(".versions", period, str(newest)):
            yield f"{link}: points to {os.readlink(link)}, the newest is {newest}"
    yield from check_whole(os.path.join(out, period, "run-summary.json") for period in periods)
    for name in sorted(os.listdir(out)):
        if name != ".versions" and name not in periods:
            yield f"{out}/{name}: no period"


if __name__ == "__main__":
    if sys.argv[1] == "--version":
        found = [fault for folder in sys.argv[2:] for fault in check_version(folder)]
    else:
        found = check(sys.argv[1])
    for fault in found:
        print(fault)
