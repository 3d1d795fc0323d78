#!/usr/bin/env python3
"""The numbers of ExactNumbersTests, computed with Python's decimal instead.

amounts.py spellings SEED COUNT    pairs of lines: a spelling, what it must be read as
amounts.py texts SEED COUNT        lines: a count of 10^-18, the amount as it must be printed
amounts.py rounding SEED COUNT     lines: amount digits half-away-from-zero half-toward-positive
amounts.py arithmetic SEED COUNT   lines: a b c d a+b a-b a*b a/b sign(ab-cd) rounded(ab-cd)

An amount has at most 20 integer and 18 fraction digits; what leaves that range is "overflow".
"""
import random
import re
import sys
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, setcontext

# Wide enough that nothing but quantize rounds, and a quotient's tie is seen as a tie.
setcontext(Context(prec=1200, Emax=9999, Emin=-9999))
UNIT = Decimal(1).scaleb(-18)
LIMIT = Decimal(10) ** 20
NUMBER = re.compile(rb"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def canonical(value):
    """No exponent, at least two fraction digits, no further trailing zeros, no -0."""
    sign = "-" if value < 0 else ""
    whole, _, fraction = format(abs(value), "f").partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}.{fraction.rstrip('0').ljust(2, '0')}"


def to_unit(value):
    return value.quantize(UNIT, ROUND_HALF_UP)


def in_range(value):
    return canonical(value) if abs(value) < LIMIT else "overflow"


# --- Spellings -----------------------------------------------------------------------------------

def reading(spelling):
    """`=` or `~` (rounded) and the amount, or the name of the fault."""
    if not spelling:
        return "empty"
    if not NUMBER.fullmatch(spelling):
        return "malformed"
    value = Decimal(spelling.decode("ascii"))
    if value and value.adjusted() >= 20:
        return "tooManyIntegerDigits"
    kept = to_unit(value)
    if abs(kept) >= LIMIT:
        return "tooManyIntegerDigits"
    return ("=" if kept == value else "~") + canonical(kept)


ODD = [
    "", " ", ".", "+", "-", "e5", ".e5", "1e", "1e+", "1e-", "1e1000", "1e0001", "1e-000", "0e999",
    "--1", "+-1", "1-", "1+", "1..2", "1.2.3", "..5", "1e5.0", "1e5e5", "NaN", "nan", "inf",
    "-Infinity", "null", "0x10", "1_000", "1,000", "1,000.00", "1 000", " 1", "1 ", "\t1", "1\r",
    "1\0", "\0", "１", "1．5", "١", "−1", "1\u00a0", "\ufeff1", "$1", "1%", "1d", "1f", "1E+5",
    "(1)", "-0", "+0", "-0.0", "-.0", "0.", "-0e-999", "1.e5", "1.E-5", ".5e1", "1e-400",
    "99999999999999999999", "100000000000000000000", "-99999999999999999999.999999999999999999",
    "99999999999999999999.9999999999999999994", "99999999999999999999.9999999999999999995",
    "0.0000000000000000005", "0.0000000000000000004999", "-0.0000000000000000005", "1e19", "1e20",
    "-9.99e19", "0.00000000000000000000000000001e29", "1" + "0" * 60 + "e-60", "0" * 400 + "1",
    "0." + "0" * 400 + "1e401", "5e-19", "4e-19", "5e-20", "50e-20", "0.1e-18", "9" * 20 + "." + "9" * 30,
]
ODD = [text.encode() for text in ODD]


def digits(rng, least, most):
    return str(rng.getrandbits(100)).zfill(32)[-rng.randint(least, most):] if most else ""


def well_formed(rng):
    kind = rng.random()
    if kind < 0.45:  # as bills have them
        return f"{digits(rng, 1, 6)}.{digits(rng, 1, 12)}"
    if kind < 0.60:  # around the last fraction digit
        return f"{digits(rng, 1, 3)}.{digits(rng, 17, 25)}"
    if kind < 0.75:  # around the first integer digit
        return f"{rng.choice('0123456789')}{digits(rng, 17, 22)}{rng.choice(('', '.', '.5', '.999999999999999999'))}"
    if kind < 0.80:
        return f"{'0' * rng.randint(1, 30)}{digits(rng, 1, 20)}.{digits(rng, 1, 18)}"
    if kind < 0.85:
        return "." + digits(rng, 1, 22)
    if kind < 0.90:
        return digits(rng, 1, 20) + "."
    if kind < 0.95:  # ties and the numbers beside them
        tail = rng.choice(("5", "50", "49", "4999", "51", "500001"))
        return f"{digits(rng, 1, 4)}.{digits(rng, 18, 18)}{tail}"
    return digits(rng, 1, 20)


def spelling(rng):
    kind = rng.random()
    if kind < 0.03:
        return rng.choice(ODD)
    text = rng.choice(("", "", "", "-", "+")) + well_formed(rng)
    if kind < 0.30:
        reach = rng.choice((3, 8, 25, 45, 400))
        mark = rng.choice("eE") + rng.choice(("", "+", "-", "-"))
        text += mark + str(rng.randint(0, reach)).zfill(rng.randint(1, 3))
    if kind > 0.90:  # one byte put in, changed or taken out
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(" +-.,_eE0１xN") + text[at + rng.randint(0, 1):]
    return text.encode()


def spellings(rng, count, write):
    for text in ODD:
        write(text + b"\n" + reading(text).encode() + b"\n")
    for _ in range(count - len(ODD)):
        text = spelling(rng)
        write(text + b"\n" + reading(text).encode() + b"\n")


# --- Texts ---------------------------------------------------------------------------------------

def count_of_units(rng):
    """Counts of all lengths, with zeros at both ends, and counts beside the places where a printer
    that works in pieces may go wrong."""
    kind = rng.random()
    if kind < 0.5:
        units = int(digits(rng, 1, 20) + digits(rng, 1, 18))
        return units - units % 10 ** rng.randint(0, 18)
    if kind < 0.7:
        return rng.getrandbits(rng.randint(1, 126)) % 10**38
    power = rng.choice((10 ** rng.randint(0, 37), 2 ** rng.randint(0, 126), rng.randint(1, 10**20 - 1) * 10**18))
    return min(max(power * rng.randint(1, 9) + rng.randint(-2, 2), 0), 10**38 - 1)


def texts(rng, count, write):
    for _ in range(count):
        units = rng.choice((1, -1)) * count_of_units(rng)
        write(f"{units} {canonical(Decimal(units).scaleb(-18))}\n".encode())


# --- Arithmetic ----------------------------------------------------------------------------------

def amount(rng):
    """Amounts of all sizes, often with round parts, so that ties happen."""
    units = rng.getrandbits(rng.choice((3, 10, 30, 60, 64, 65, 80, 100, 120, 126))) % 10**38
    units -= units % 10 ** rng.choice((0, 0, 0, 6, 15, 18))
    if rng.random() < 0.03:
        units = rng.choice((0, 1, 5 * 10**17, 10**18, 10**37, 10**38 - 1))
    return Decimal(rng.choice((units, -units))).scaleb(-18)


def half_toward_positive(value, digits):
    """floor(x + ½) at the last digit kept, XPath's round()."""
    shifted = value.scaleb(digits)
    floor = (shifted + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    return floor.scaleb(-digits)


def rounding(rng, count, write):
    for _ in range(count):
        places = rng.randint(0, 18)
        value = amount(rng)
        if rng.random() < 0.4:  # a tie
            floor = value.quantize(Decimal(1).scaleb(-places), ROUND_FLOOR)
            value = to_unit(floor + Decimal(5).scaleb(-places - 1))
        if abs(value) >= LIMIT - 2:
            continue
        away = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        up = half_toward_positive(value, places)
        write(f"{canonical(value)} {places} {canonical(away)} {canonical(up)}\n".encode())


def arithmetic(rng, count, write):
    for _ in range(count):
        a, b, c, d = (amount(rng) for _ in range(4))
        if rng.random() < 0.2:  # two products that differ in the last digits, or not at all
            c, d = b, to_unit(a + rng.choice((0, UNIT, -UNIT)))
            if abs(d) >= LIMIT:
                d = a
        ab, cd = a * b, c * d
        gap = ab - cd
        fields = [
            *map(canonical, (a, b, c, d)),
            in_range(a + b), in_range(a - b), in_range(to_unit(ab)),
            in_range(to_unit(a / b)) if b else "none",
            str((gap > 0) - (gap < 0)), in_range(to_unit(gap)),
        ]
        write((" ".join(fields) + "\n").encode())


if __name__ == "__main__":
    job, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    {"spellings": spellings, "texts": texts, "rounding": rounding, "arithmetic": arithmetic}[job](
        random.Random(seed), count, sys.stdout.buffer.write)
