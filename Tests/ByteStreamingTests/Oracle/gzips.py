#!/usr/bin/env python3
"""Writes what GzipTests reads: gzips.py FOLDER. The compressor is Python's."""
import gzip
import pathlib
import random
import sys

folder = pathlib.Path(sys.argv[1])
rng = random.Random(20260505)

rows = "".join(f"{rng.getrandbits(64):016x},{rng.randint(0, 9999)}\n" for _ in range(12)).encode()
large = "".join(f"{rng.getrandbits(128):032x}\n" for _ in range(40_000)).encode()


def pack(data, level=9):
    return gzip.compress(data, level, mtime=0)


cut = len(rows) // 2
nested = pack(rows)
for name, data in {
    "rows": rows,
    "rows.gz": pack(rows),
    "large": large,
    "large.gz": pack(large, 6),
    "first.gz": pack(rows[:cut]),
    "second.gz": pack(rows[cut:]),
    "empty.gz": pack(b""),
    "nested.gz": pack(nested),
    "nested-behind-one-byte.gz": pack(nested[:1]) + pack(nested[1:]),
    "zip-inside.gz": pack(b"PK\3\4" + bytes(60)),
    "zip-behind-one-byte.gz": pack(b"P") + pack(b"K\3\4" + bytes(60)),
    "bomb.gz": pack(b"a" * (64 << 20)),
}.items():
    (folder / name).write_bytes(data)
