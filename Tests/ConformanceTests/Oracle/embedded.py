"""Cuts the invoices out of test sets and reads them with ElementTree: embedded.py FOLDER TARGET

Writes each `<Invoice>` and `<CreditNote>` below FOLDER as a file of its own into TARGET, and prints as CSV
what stands in it: File, InvoiceId, Net, Gross, Payable, Prepaid.
"""
import csv, decimal, pathlib, re, sys
import xml.etree.ElementTree as tree

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
AMOUNTS = {
    "Net": "TaxExclusiveAmount", "Gross": "TaxInclusiveAmount", "Payable": "PayableAmount",
    "Prepaid": "PrepaidAmount",
}


def amount(root, name):
    text = root.findtext(f"{CAC}LegalMonetaryTotal/{CBC}{name}", "").strip()
    if not text:
        return ""
    whole, _, fraction = format(decimal.Decimal(text), "f").partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


def documents(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.xml")):
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8-sig"), flags=re.S)
        outer = re.search(r"<testSet([^>]*)>", text).group(1)
        for match in re.finditer(r"<(Invoice|CreditNote)(\s[^>]*)?>.*?</\1>", text, re.S):
            # A prefix may be declared on the test set alone.
            own = match.group(2) or ""
            for name, space in re.findall(r'(xmlns:\w+)="([^"]*)"', outer):
                if name + "=" not in own:
                    own += f' {name}="{space}"'
            yield f"<{match.group(1)}{own}>" + match.group(0).split(">", 1)[1]


def main(folder, target):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["File", "InvoiceId", *AMOUNTS])
    for number, text in enumerate(documents(folder), 1):
        name = f"{target}/{number:04}.xml"
        pathlib.Path(name).write_text(text, encoding="utf-8")
        root = tree.fromstring(text)
        row = [root.findtext(f"{CBC}ID", "").strip()] + [amount(root, a) for a in AMOUNTS.values()]
        out.writerow([name, *row])


if __name__ == "__main__":
    main(*sys.argv[1:])
