"""Reads hex lines of gzip members; prints each content in hex, by Python's zlib."""
import gzip
import sys

for line in sys.stdin:
    print(gzip.decompress(bytes.fromhex(line)).hex())
