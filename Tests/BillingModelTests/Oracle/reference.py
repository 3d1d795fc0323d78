#!/usr/bin/env python3
"""What BillingModelTests compares with, computed by Python's standard library.

reference.py days                 every day of 1600 to 2400: number, date, weekday, last day of month
reference.py moments SEED COUNT   pairs of lines: a timestamp, its seconds since 1970
reference.py texts SEED COUNT     pairs of lines: bytes in hex, the escaped text in hex
"""
import calendar
import codecs
import datetime
import random
import sys

EPOCH = datetime.date(1970, 1, 1).toordinal()


def days():
    first, last = datetime.date(1600, 1, 1), datetime.date(2400, 12, 31)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        length = calendar.monthrange(day.year, day.month)[1]
        print(ordinal - EPOCH, day.isoformat(), day.isoweekday(), length)


def moments(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        hours = rng.choice((0, 0, 8, -5, 14, -12))
        zone = datetime.timezone(datetime.timedelta(hours=hours, minutes=rng.choice((0, 0, 30))))
        moment = datetime.datetime.fromtimestamp(rng.randint(-10**10, 10**10), zone)
        text = moment.strftime("%Y-%m-%dT%H:%M:%S") + rng.choice(("", ".0", ".000", ".999999"))
        offset = moment.utcoffset()
        if offset or rng.random() < 0.3:
            minutes = int(offset.total_seconds()) // 60
            text += f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        elif rng.random() < 0.3:
            text = text.replace("-", "").replace(":", "") + "Z"
        elif rng.random() < 0.5:
            text += "Z"
        else:
            text = text.replace("T", " ")
        print(text)
        print(int(moment.timestamp()))


def texts(seed, count):
    def escape(fault):
        return "".join(f"\\x{byte:02X}" for byte in fault.object[fault.start:fault.end]), fault.end

    codecs.register_error("escape", escape)
    rng = random.Random(seed)
    pieces = ["é", "中", "😀", "e\u0301", "a", "\0", "\u0800", "\uffff"]
    for _ in range(count):
        raw = bytearray("".join(rng.choices(pieces, k=rng.randint(0, 6))).encode())
        for _ in range(rng.randint(0, 3)):
            at = rng.randint(0, len(raw))
            raw[at:at + rng.randint(0, 1)] = rng.choice((b"\xff", b"\x80", b"\xed\xa0\x80", b"\xc0\x80", b""))
        print(raw.hex())
        print(bytes(raw).decode("utf-8", "escape").encode().hex())


if __name__ == "__main__":
    job, *numbers = sys.argv[1:]
    {"days": days, "moments": moments, "texts": texts}[job](*map(int, numbers))
