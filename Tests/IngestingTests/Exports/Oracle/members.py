"""Writes standard input as gzip members, cut at the offsets given."""
import gzip, sys

data = sys.stdin.buffer.read()
offsets = [0, *map(int, sys.argv[1:]), len(data)]
for start, end in zip(offsets, offsets[1:]):
    sys.stdout.buffer.write(gzip.compress(data[start:end], mtime=0))
