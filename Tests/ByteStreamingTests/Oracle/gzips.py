#!/usr/bin/env python3
"""Writes what GzipTests reads: gzips.py FOLDER. The compressor is Python's."""
import gzip
import pathlib
import random
import struct
import sys
import zlib

folder = pathlib.Path(sys.argv[1])
rng = random.Random(20260505)

rows = "".join(f"{rng.getrandbits(64):016x},{rng.randint(0, 9999)}\n" for _ in range(12)).encode()
large = "".join(f"{rng.getrandbits(128):032x}\n" for _ in range(40_000)).encode()


def pack(data, level=9):
    return gzip.compress(data, level, mtime=0)


def member(data, extra, name, comment, checksum):
    """A member with the header fields asked for, by RFC 1952."""
    flags = 2 * checksum | 4 * extra | 8 * name | 16 * comment
    header = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, flags, 1_600_000_000, 2, 3)
    if extra:
        header += struct.pack("<H", 300) + bytes(range(150)) * 2
    if name:
        header += "账单-rows.csv".encode() + b"\0"
    if comment:
        header += b"made by hand\0"
    if checksum:
        header += struct.pack("<H", zlib.crc32(header) & 0xFFFF)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    whole = header + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    assert zlib.decompress(whole, 31) == data
    return whole


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
    **{f"fields-{n}.gz": member(rows, n & 1, n >> 1 & 1, n >> 2 & 1, n >> 3) for n in range(16)},
    "no-extra.gz": pack(rows)[:3] + b"\4" + pack(rows)[4:10] + b"\0\0" + pack(rows)[10:],
    "stored.gz": pack(large, 0),
    "fixed.gz": gzip.compress(b"a", 9, mtime=0),
    "many.gz": b"".join(pack(large[at : at + 997], 1 + at % 9) for at in range(0, 300_000, 997)),
    "many": large[: -(-300_000 // 997) * 997],
    "zip-inside.gz": pack(b"PK\3\4" + bytes(60)),
    "zip-behind-one-byte.gz": pack(b"P") + pack(b"K\3\4" + bytes(60)),
    "bomb.gz": pack(b"a" * (64 << 20)),
}.items():
    (folder / name).write_bytes(data)
