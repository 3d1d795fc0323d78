"""Results of job J as sorted lines, so that two can be held against each other key by key.

A line is the key's twelve values, cost, amount and count, joined by a unit separator; decimals are in
their shortest form. It is computed with exact decimals only.
"""
import csv
import decimal
import gzip
import heapq
import itertools
import json
import sys
from decimal import Decimal

from job import AMOUNT, COST, KEYS, RESULT, START

decimal.setcontext(decimal.Context(prec=76, traps=[decimal.InvalidOperation, decimal.Inexact]))
SEPARATOR = "\x1f"


def line(key, cost, amount, count):
    shortest = [format(number.normalize(), "f") if number else "0" for number in (cost, amount)]
    return SEPARATOR.join([*key, *shortest, str(count)])


def parts(text):
    *key, cost, amount, count = text.split(SEPARATOR)
    return key, Decimal(cost), Decimal(amount), int(count)


def computed(files):
    """Job J by Python's csv and decimal: slow, and independent of every engine."""
    sums = {}
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            header = next(rows)
            keys = [header.index(START if key == "Day" else key) for key in KEYS]
            day = KEYS.index("Day")
            cost, amount = header.index(COST), header.index(AMOUNT)
            for row in rows:
                key = [row[column] for column in keys]
                key[day] = key[day][:10]
                held = sums.setdefault(tuple(key), [Decimal(0), Decimal(0), 0])
                held[0] += Decimal(row[cost])
                held[1] += Decimal(row[amount])
                held[2] += 1
    return sorted(line(key, *held) for key, held in sums.items())


def printed(file):
    """What an engine wrote as CSV."""
    with open(file, encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        header = next(rows)
        keys = [header.index(key) for key in KEYS]
        cost, amount, count = (header.index(name) for name in RESULT)
        return sorted(
            line([row[column] for column in keys], Decimal(row[cost]), Decimal(row[amount]),
                 int(row[count]))
            for row in rows)


def stored(files, times):
    """References of several sets added up, each key once; all of it read a number of times. Keys have
    the same number of values, so they alone decide the order of lines."""
    opened = [open(file, encoding="utf-8", newline="\n") for file in files]
    lines = heapq.merge(*[(text.rstrip("\n") for text in file) for file in opened])
    if times == 1 and len(files) == 1:
        yield from lines
        return
    for key, same in itertools.groupby(map(parts, lines), key=lambda item: item[0]):
        _, costs, amounts, counts = zip(*same)
        yield line(key, sum(costs) * times, sum(amounts) * times, sum(counts) * times)


def first_difference(found, wanted):
    """None, or the first line that only one side has."""
    for ours, theirs in itertools.zip_longest(found, wanted):
        if ours != theirs:
            shown = [(text or "nothing").replace(SEPARATOR, ", ") for text in (ours, theirs)]
            return f"found {shown[0]}; expected {shown[1]}"
    return None


def main(words):
    """`results.py compute REFERENCE FILE…`, or `results.py compare RESULT TIMES REFERENCE…`."""
    if words[0] == "compute":
        with open(words[1], "w", encoding="utf-8", newline="\n") as out:
            out.writelines(text + "\n" for text in computed(words[2:]))
        return 0
    difference = first_difference(printed(words[1]), stored(words[3:], int(words[2])))
    print(json.dumps(difference))
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
