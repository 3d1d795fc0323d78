"""Takes CSV documents apart by the declared rule, with regular expressions.

A line in is the number of columns and the document in hex. A line out holds its records, the header left
out, joined by ';': the raw record in hex, its fault, how many fields it has where that is a fault, and the
ends of its fields counted from the start of the record.

The rule: records end at LF, CR LF or a lone CR; a field that begins with a quote ends at the next quote
that is not doubled, which a separator must follow; a quote elsewhere is an ordinary byte; a line without
any byte is no record. A record with a bad quote ends with the line in which the bad field begins.
"""
import re, sys

BLANK = re.compile(rb"[\r\n]*")
PLAIN = re.compile(rb"[^,\r\n]*")
QUOTED = re.compile(rb'"(?:[^"]|"")*"(?!")')
LINE = re.compile(rb"[^\r\n]*")


def record(text, start, columns):
    """Where the record ends, its fault, its number of fields, the ends of its fields."""
    at, ends = start, []
    while True:
        if text[at : at + 1] == b'"':
            field = QUOTED.match(text, at)
            if not field:
                return LINE.match(text, at).end(), "unclosedQuote", 0, []
            if text[field.end() : field.end() + 1] not in (b"", b",", b"\r", b"\n"):
                return LINE.match(text, at).end(), "textAfterQuote", 0, []
        else:
            field = PLAIN.match(text, at)
        at = field.end()
        ends.append(at - start)
        if text[at : at + 1] != b",":
            break
        at += 1
    if b"\0" in text[start:at]:
        return at, "nul", len(ends), []
    if len(ends) != columns:
        return at, "columns", len(ends), []
    return at, "none", 0, ends


def records(text, columns):
    at = BLANK.match(text).end()
    while at < len(text):
        end, fault, fields, ends = record(text, at, columns)
        yield f"{text[at:end].hex()}:{fault}:{fields}:{','.join(map(str, ends))}"
        at = BLANK.match(text, end).end()


for line in sys.stdin:
    columns, document = line.rstrip("\n").split(" ")
    print(";".join(list(records(bytes.fromhex(document), int(columns)))[1:]))
