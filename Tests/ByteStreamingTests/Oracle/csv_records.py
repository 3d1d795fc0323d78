"""Reads one CSV document in hex per line; prints its records with Python's csv module.

Fields in hex joined by ',', records joined by ';', a document per line. Blank lines are no records.
"""
import csv, io, sys

csv.field_size_limit(1 << 30)
for line in sys.stdin:
    text = bytes.fromhex(line.strip()).decode("latin-1")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    print(";".join(",".join(field.encode("latin-1").hex() for field in row) for row in rows))
