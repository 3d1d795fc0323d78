"""Whose the line items of tag-chaos are, and how that is known, told from its rows without the program.

Prints rows as the documents have them: the dimension Owner of tag-coverage.csv, tag-accuracy.csv and
tag-debt.csv. Only what the story contains is understood here.
"""
import csv
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from glob import glob

root = sys.argv[1]
PLACEHOLDERS = {"n/a", "-", "unknown", "tbd"}
STACK = "resourceTags/aws:cloudformation:stack-name"


def half_width(text):
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)


def amount(value):
    text = f"{value.normalize():f}"
    whole, _, fraction = text.partition(".")
    return whole + "." + fraction.ljust(2, "0")


def share(part, total):
    return amount((part / total).quantize(Decimal("1e-6"), ROUND_HALF_UP)) if total else "0.00"


def folded(key):
    return "".join(c for c in half_width(key).lower() if c not in "-_./: ")


class Line:
    def __init__(self, row):
        tags = json.loads(row["tags"])
        self.tags = tuple(sorted((unicodedata.normalize("NFC", k), v) for k, v in tags.items()))
        self.account = row["line_item_usage_account_id"]
        self.service = json.loads(row["product"])["product_name"]
        self.cost = Decimal(row["line_item_unblended_cost"])
        self.gross = abs(self.cost)
        self.stack = tags.get(STACK)
        self.name = tags.get("resourceTags/user:Name")
        self.own, self.tier = None, None
        # What a placeholder stands as, by what it says.
        self.wrong, self.mistyped = {}, False
        for key, value in sorted(tags.items()):
            key = key.removeprefix("resourceTags/user:")
            if folded(key) == "onwer":
                self.mistyped = True
            if folded(key) not in ("owner", "负责人"):
                continue
            said = half_width(value).strip().lower()
            if said in PLACEHOLDERS:
                self.wrong[said] = f"{key}={value}"
                continue
            self.own = said
            self.tier = "value" if said != value else "tag" if key == "Owner" else "alias"


lines = []
for path in glob(root + "/sample-data/tag-chaos/nights/*/*/data/*/*/*.csv.gz"):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        lines += map(Line, csv.DictReader(text))

accounts, units, unit_of = {}, {}, {}
with open(root + "/pipelines/sample/accounts.csv", encoding="utf-8", newline="") as text:
    for row in csv.DictReader(text):
        if row["AccountId"]:
            accounts[row["AccountId"]] = row["Owner"]
            unit_of[row["AccountId"]] = row["OrganizationalUnit"]
        else:
            units[row["OrganizationalUnit"]] = row["Owner"]


def of_account(line):
    return accounts.get(line.account) or None


def of_unit(line):
    path = unit_of.get(line.account, "").split("/")
    for length in range(len(path), 0, -1):
        if units.get("/".join(path[:length])):
            return units["/".join(path[:length])]
    return None


def of_name(line):
    return "edge-platform@meridian.example" if (line.name or "").startswith("edge-") else None


def of_stack(line, hidden=None):
    said = defaultdict(Decimal)
    for other in lines:
        is_same = line.stack and (other.account, other.stack) == (line.account, line.stack)
        if is_same and other.own and other.tags != hidden:
            said[other.own] += other.gross
    total = sum(said.values())
    return next((v for v, part in said.items() if total and part * 10 >= total * 9), None)


def of_majority(line, hidden):
    said, total = defaultdict(Decimal), Decimal(0)
    for other in lines:
        if (other.account, other.service) == (line.account, line.service) and other.tags != hidden:
            total += other.gross
            if other.own:
                said[other.own] += other.gross
    return next((v for v, part in said.items() if part * 2 > total), None)


def memo(ask):
    known = {}

    def asked(line, *rest):
        key = (line.account, line.service, line.tags, rest)
        if key not in known:
            known[key] = ask(line, *rest)
        return known[key]
    return asked


of_stack, of_majority = memo(of_stack), memo(of_majority)
WALK = dict(attached=of_stack, account=of_account, organization=of_unit, name=of_name)


def tier(line):
    if line.own:
        return line.tier
    return next((name for name, ask in WALK.items() if ask(line)), "unknown")


TOTAL = sum(line.gross for line in lines)


def coverage():
    order = ["tag", "alias", "value", "attached", "account", "organization", "name", "unknown"]
    for name in order:
        mine = [line for line in lines if tier(line) == name]
        if mine:
            yield ("coverage", name, len(mine), amount(sum(line.cost for line in mine)),
                   share(Decimal(len(mine)), Decimal(len(lines))),
                   share(sum(line.gross for line in mine), TOTAL))


def accuracy():
    known = [line for line in lines if line.own]
    asks = dict(attached=lambda line: of_stack(line, line.tags), earlier=lambda line: None,
                account=of_account, organization=of_unit,
                majority=lambda line: of_majority(line, line.tags), name=of_name)
    for name, ask in asks.items():
        tested = [(line, ask(line)) for line in known if ask(line)]
        right = [line for line, said in tested if said == line.own]
        gross = sum((line.gross for line, _ in tested), Decimal(0))
        good = sum((line.gross for line in right), Decimal(0))
        yield ("accuracy", name, len(known), amount(sum(line.gross for line in known)), len(tested),
               amount(gross), len(right), amount(good),
               share(Decimal(len(right)), Decimal(len(tested))) if tested else "",
               share(good, gross) if gross else "")


def debt():
    owned = {line.account for line in lines if line.own}
    debts, traced = [], Decimal(0)
    spelled = defaultdict(set)
    for line in lines:
        for said, text in line.wrong.items():
            spelled[said].add(text)
    for line in lines:
        if tier(line) != "unknown":
            traced += line.gross
            continue
        fixes = {(2, line.account + (", " + line.service if line.account in owned else ""))}
        fixes |= {(1, wrong) for wrong in line.wrong}
        fixes |= {(0, "Onwer")} if line.mistyped else set()
        debts.append((fixes, line))
    while debts:
        gains = defaultdict(Decimal)
        for fixes, line in debts:
            for fix in fixes:
                gains[fix] += line.gross
        best = min(gains, key=lambda fix: (-gains[fix], fix))
        if not gains[best]:
            return
        count = sum(best in fixes for fixes, _ in debts)
        debts = [debt for debt in debts if best not in debt[0]]
        traced += gains[best]
        found = min(spelled[best[1]]) if best[0] == 1 else best[1]
        yield ("debt", ["alias", "value", "owner"][best[0]], found, count, amount(gains[best]),
               share(gains[best], TOTAL), share(traced, TOTAL))


for part in (coverage(), accuracy(), debt()):
    for fields in part:
        print("\t".join(map(str, fields)))
