#!/usr/bin/env python3
"""Writes what ZipTests and ZipFaultTests read: zips.py FOLDER. The writer is Python's zipfile; what it
cannot write is put together here by APPNOTE 6.3.10."""
import io
import pathlib
import random
import struct
import sys
import zipfile
import zlib

folder = pathlib.Path(sys.argv[1])
rng = random.Random(20260506)
rows = "".join(f"{rng.getrandbits(64):016x},{rng.randint(0, 9999)}\n" for _ in range(12)).encode()
large = "".join(f"{rng.getrandbits(128):032x}\n" for _ in range(40_000)).encode()
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


class Pipe(io.RawIOBase):
    """A target that cannot go back: what is known only later is written behind the data."""

    def __init__(self):
        self.bytes = bytearray()

    def writable(self):
        return True

    def seekable(self):
        return False

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


def archive(files, method=DEFLATED, stream=False, zip64=False, comment=b"", extra=b"", folders=()):
    target = Pipe() if stream else io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for name in folders:
            writer.writestr(zipfile.ZipInfo(name + "/", (2026, 5, 6, 7, 8, 10)), b"")
        for name, data in files:
            info = zipfile.ZipInfo(name, (2026, 5, 6, 7, 8, 10))
            info.compress_type = method
            info.extra = extra
            with writer.open(info, "w", force_zip64=zip64) as entry:
                entry.write(data)
        writer.comment = comment
    return bytes(target.bytes) if stream else target.getvalue()


def by_hand(data, descriptor):
    """One deflated entry with the given descriptor; `descriptor` gets checksum and sizes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    name = b"rows.csv"
    sums = (zlib.crc32(data), len(body), len(data))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 8, 8, 0, 0x21, 0, 0, 0, len(name), 0) + name
    front = local + body + descriptor(*sums)
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 8, 8, 0, 0x21, *sums, len(name), 0, 0, 0, 0, 0, 0) + name
    return front + central + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(front), 0)


def ending64(data):
    """The end of an archive as its ZIP64 records, with ones in the old one."""
    whole = archive([("rows.csv", data)])
    at = whole.rindex(b"PK\5\6")
    count, size, offset = struct.unpack("<HII", whole[at + 10 : at + 20])
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<IIQI", 0x07064B50, 0, at, 1)
    ones = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return whole[:at] + record + locator + ones


def listing(whole, entries):
    """The archive with a directory of those of its central records that `entries` names, else consistent."""
    end = whole.rindex(b"PK\5\6")
    count, size, offset = struct.unpack("<HII", whole[end + 10 : end + 20])
    records = [b"PK\1\2" + record for record in whole[offset:end].split(b"PK\1\2")[1:]]
    assert len(records) == count
    central = b"".join(records[n] for n in entries)
    return whole[:offset] + central + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(central), offset, 0)


one = [("rows.csv", rows)]
two = [("a.csv", rows), ("b.csv", rows)]
timestamp = struct.pack("<HHBI", 0x5455, 5, 1, 1_600_000_000)
plain = archive(one)
encrypted = bytearray(plain)
encrypted[6] |= 1
samples = {
    "deflated": plain,
    "stored": archive(one, STORED),
    "descriptor": archive(one, stream=True),
    "zip64": archive(one, zip64=True),
    "zip64-stored": archive(one, STORED, zip64=True),
    "zip64-descriptor": archive(one, stream=True, zip64=True),
    "zip64-end": ending64(rows),
    "no-signature": by_hand(rows, lambda c, p, u: struct.pack("<III", c, p, u)),
    "signature": by_hand(rows, lambda c, p, u: struct.pack("<IIII", 0x08074B50, c, p, u)),
    "wide": by_hand(rows, lambda c, p, u: struct.pack("<IIQQ", 0x08074B50, c, p, u)),
    "wide-no-signature": by_hand(rows, lambda c, p, u: struct.pack("<IQQ", c, p, u)),
    "utf8-name": archive([("2026年账单.csv", rows)]),
    "extra": archive(one, extra=timestamp),
    "extra-zip64": archive(one, extra=timestamp, zip64=True),
    "comment": archive(one, comment=b"made in May PK\3\4"),
    "folders": archive([("a/b/rows.csv", rows)], folders=["a", "a/b"]),
    "deflated-folder": archive([("a/", b""), ("a/rows.csv", rows)], stream=True),
}
files = {f"sound-{name}.zip": data for name, data in samples.items()}
for name, data in files.items():
    with zipfile.ZipFile(io.BytesIO(data)) as reader:
        names = [n for n in reader.namelist() if not n.endswith("/")]
        assert len(names) == 1 and reader.testzip() is None and reader.read(names[0]) == rows, name
files |= {
    "rows": rows,
    # Python looks for the end from behind and is misled; from the front it is plain.
    "comment-with-end.zip": archive(one, comment=b"PK\5\6"),
    "large": large,
    "large.zip": archive([("large.csv", large)], stream=True),
    "large-stored.zip": archive([("large.csv", large)], STORED),
    "empty-file.zip": archive([("empty.csv", b"")]),
    "no-entry.zip": archive([]),
    "only-folders.zip": archive([], folders=["a", "b"]),
    "two.zip": archive(two),
    "two-streamed.zip": archive(two, stream=True),
    "layout.zip": archive([("OFD.xml", rows), ("Doc_0/Document.xml", rows)]),
    "workbook.zip": archive([("docProps/app.xml", rows), ("xl/workbook.xml", rows)]),
    "odd-name.zip": archive([("a\n\u202eb" + "x" * 200, rows), ("b.csv", rows)]),
    "encrypted.zip": bytes(encrypted),
    "bzip2.zip": archive(one, zipfile.ZIP_BZIP2),
    "lzma.zip": archive(one, zipfile.ZIP_LZMA),
    "stored-descriptor.zip": archive(one, STORED, stream=True),
    "split.zip": b"PK\7\x08" + plain,
    "single.zip": b"PK00" + plain,
    "unlisted.zip": listing(plain, []),
    "unlisted-folder.zip": listing(samples["folders"], [2]),
    "unlisted-file.zip": listing(samples["folders"], [0, 1]),
    "listed-twice.zip": listing(plain, [0, 0]),
    "folder-twice.zip": listing(samples["folders"], [0, 0, 1]),
    "bomb.zip": archive([("bomb.csv", b"a" * (64 << 20))]),
    "zip-inside.zip": archive([("inner.zip", plain)]),
    "gzip-inside.zip": archive([("rows.csv.gz", b"\x1f\x8b\x08" + bytes(60))]),
    "pdf-inside.zip": archive([("rows.pdf", b"%PDF-1.7")]),
}
assert listing(samples["folders"], [0, 1, 2]) == samples["folders"]
for name, data in files.items():
    (folder / name).write_bytes(data)
