#!/usr/bin/env python3
"""Documents for JSONTests, read by Python's json: documents.py SEED COUNT

Pairs of lines: a document in hex; what it holds, as `JSONTests.outline` prints it, or `refused`.
"""
import json
import random
import sys

DEEPEST = 64
NUMBERS = ["0", "-0", "7", "-12", "0.10", "1e5", "1E-7", "-1.50e+10", "123456789012345678901234567890"]
NO_NUMBERS = ["01", "-", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-Infinity", "1_0", "１"]
TEXTS = ["", "a", "é", "e\u0301", "中", "😀", "\\", "\"", "/", "\n", "\u0001", "\u007f", "\u2028"]
ESCAPES = ["\\u00e9", "\\ud83d\\ude00", "\\u0000", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"]
NO_ESCAPES = ["\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\u+123", "\\u-000", "\\u 12", "\\u00g0", "\\u00",
              "\\x41", "\\'", "\n", "\t"]


class Number(str):
    pass


def text(rng):
    parts = []
    for _ in range(rng.randint(0, 3)):
        kind = rng.random()
        if kind < 0.7:
            parts.append(json.dumps(rng.choice(TEXTS), ensure_ascii=rng.random() < 0.5)[1:-1])
        else:
            parts.append(rng.choice(ESCAPES if kind < 0.985 else NO_ESCAPES))
    return '"' + "".join(parts) + '"'


def document(rng, depth):
    kind = rng.random()
    space = rng.choice(("", "", " ", "\n\t", "\r\n"))
    if depth == 0 or kind < 0.35:
        word = rng.choice(["true", "false", "null", text(rng), text(rng), *NUMBERS[:4], rng.choice(NUMBERS)])
        if rng.random() < 0.005:
            word = rng.choice(NO_NUMBERS + ["True", "nul", "'a'", ""])
        return space + word + space
    parts = [document(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    if kind < 0.65:
        return f"{space}[{','.join(parts) or space}]"
    names = [json.dumps(f"{rng.choice(TEXTS)}{n if rng.random() < 0.97 else ''}") for n in range(3)]
    return f"{{{space}{','.join(f'{name}{space}:{part}' for name, part in zip(names, parts))}}}{space}"


def nest(rng):
    depth = rng.choice((2, 63, 64, 65, 200))
    inner = rng.choice(("", "1", "{}"))
    return "[" * depth + inner + "]" * depth


def damage(rng, data):
    at = rng.randrange(len(data) + 1)
    put = rng.choice((b"", b"", b",", b"]", b"}", b"{", b'"', b"\\", b":", b"0", b"\0", b"\xff", b"\xc3", b" "))
    return data[:at] + put + data[at + rng.randint(0, 1):]


def members(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def refuse(word):
    raise ValueError(word)


def outline(value, depth=0):
    if depth >= DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, Number):
        return "n" + value
    if isinstance(value, str):
        return "s" + value.encode().hex()
    if isinstance(value, list):
        return "[" + ",".join(outline(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(
            f"{name.encode().hex()}:{outline(item, depth + 1)}" for name, item in value.items()) + "}"
    return {True: "t", False: "f", None: "z"}[value]


def reading(data):
    try:
        return outline(json.loads(
            data.removeprefix(b"\xef\xbb\xbf").decode(), parse_int=Number, parse_float=Number,
            parse_constant=refuse, object_pairs_hook=members))
    except ValueError:  # also malformed JSON, malformed UTF-8, and half surrogate pairs
        return "refused"


if __name__ == "__main__":
    rng = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        data = (nest(rng) if rng.random() < 0.02 else document(rng, 4)).encode()
        if rng.random() < 0.05:
            data = b"\xef\xbb\xbf" + data
        if rng.random() < 0.3:
            data = damage(rng, data)
        print(data.hex())
        print(reading(data))
