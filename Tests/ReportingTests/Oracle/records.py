"""Reads CSV from standard input with Python's csv; prints each cell as hex, a record a line."""
import csv
import io
import sys

csv.field_size_limit(1 << 30)
text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
for record in csv.reader(text, strict=True):
    print(",".join(cell.encode("utf-8").hex() for cell in record))
