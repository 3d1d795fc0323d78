"""What stray-documents and unfinished-month plant, told from their files and the contract without the program.

Prints rule, invoice id, line items or document lines, and the amount at stake, a line a fault. Only what the
stories contain is understood here: names are right only if they are spelled as in the contract.
"""
import collections
import csv
import gzip
import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from glob import glob

root = sys.argv[1]
contract = open(f"{root}/pipelines/sample/contract.yaml", encoding="utf-8").read()
SELLERS = dict(re.findall(r'{name: "([^"]+)", taxID: "([^"]+)"}', contract))
BUYERS = dict(re.findall(r'{name: "([^"]+)", taxID: "([^"]+)", payers', contract))
ORDERS = set(re.findall(r'{number: "([^"]+)"', contract))


def amount(value):
    text = f"{value.normalize():f}"
    whole, _, fraction = text.partition(".")
    return whole + "." + fraction.ljust(2, "0")


def rows(story):
    for path in sorted(glob(f"{root}/sample-data/{story}/nights/*/**/*.csv.gz", recursive=True)):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def trees(story):
    for path in sorted(glob(f"{root}/sample-data/{story}/nights/*/invoices/**/*.xml", recursive=True)):
        yield ET.parse(path).getroot()


def first(tree, *names):
    """The text below a path of local names, each anywhere below the one before."""
    for name in names:
        tree = next((e for e in tree.iter() if e.tag.split("}")[-1] == name and e is not tree), None)
        if tree is None:
            return ""
    return tree.text


class Document:
    def __init__(self, tree):
        header = tree.find(".//InvoiceDetailRequestHeader")
        self.isDeletion = header is not None and header.get("operation") == "delete"
        if header is not None:
            self.number, self.issued = header.get("invoiceID"), header.get("invoiceDate")
            self.gross = Decimal(first(tree, "InvoiceDetailSummary", "NetAmount", "Money"))
            self.order = tree.find(".//OrderReference").get("orderID")
            self.seller = self.buyer = None
            return
        self.number, self.issued = first(tree, "ID"), first(tree, "IssueDate")
        self.gross = Decimal(first(tree, "TaxInclusiveAmount"))
        self.order = first(tree, "OrderReference", "ID")
        self.lines = sum(e.tag.endswith("}InvoiceLine") for e in tree)
        self.seller, self.buyer = (
            (first(tree, party, "RegistrationName"), first(tree, party, "CompanyID"))
            for party in ("AccountingSupplierParty", "AccountingCustomerParty"))


def documents():
    charged = {row["bill_invoice_id"] for row in rows("stray-documents")}
    all_ = [Document(tree) for tree in trees("stray-documents")]
    numbers = collections.defaultdict(list)
    for document in all_:
        if not document.isDeletion:
            numbers[document.number].append(document)
    for document in all_:
        if document.isDeletion and document.number not in numbers:
            yield "CancellationUnmet", document.number, 0, Decimal(0)
    for number, same in numbers.items():
        older = sorted(same, key=lambda d: d.issued)[:-1]
        if older:
            yield "DuplicateInvoice", number, 0, sum(d.gross for d in older)
        if number not in charged:
            yield "InvoiceWithoutCharges", number, 0, sum(d.gross for d in same)
    for document in all_:
        for rule in faults(document):
            yield rule, document.number, document.lines, document.gross


def faults(document):
    if document.order and document.order not in ORDERS:
        yield "PurchaseOrderUnknown"
    for party, agreed, names, ids in (
            (document.seller, SELLERS, "SellerNameWrong", "SellerTaxIDWrong"),
            (document.buyer, BUYERS, "BuyerNameWrong", "BuyerTaxIDWrong")):
        if party is None:
            continue
        name, taxID = party
        if taxID not in agreed.values():
            yield ids
        elif agreed.get(name) != taxID:
            yield names


def charges():
    remarks = " ".join(first(tree, "Remark") for tree in trees("unfinished-month"))
    all_ = list(rows("unfinished-month"))

    def found(rule, number, lines):
        return rule, number, len(lines), sum(Decimal(r["lineItem/UnblendedCost"]) for r in lines)

    yield found("HalfFinalMonth", "", [r for r in all_ if not r["bill/InvoiceId"]])
    issuers = collections.defaultdict(list)
    for row in all_:
        issuers[row["bill/InvoicingEntity"]].append(row)
    for lines in issuers.values():
        if not any(r["bill/InvoiceId"] and r["bill/InvoiceId"] in remarks for r in lines):
            yield found("InvoicesNeverArrived", "", lines)
    yield found("ChargedOutsidePeriod", "", [
        r for r in all_ if r["lineItem/LineItemType"] == "Usage"
        and r["lineItem/UsageStartDate"] < r["bill/BillingPeriodStartDate"]])
    for row in all_:
        if row["lineItem/LineItemType"] == "EdpDiscount":
            number = row["bill/InvoiceId"]
            lines = [r for r in all_ if r["bill/InvoiceId"] == number]
            billed = sum(Decimal(r["lineItem/UnblendedCost"]) for r in lines)
            net = sum(Decimal(r["lineItem/NetUnblendedCost"]) for r in lines if r is not row)
            yield "DiscountReadingsDisagree", number, len(lines), abs(billed - net)


for rule, number, lines, stake in sorted([*documents(), *charges()]):
    print(rule, number or "-", lines, amount(stake))
