"""Shops on AWS Marketplace, each with an invoice a month; in faulty months each invoice has an error of its own.

In every month some documents are odd and right: names in capitals and without their legal form, numbers with
blanks, one bill in two formats, one that was taken back and sent again.
"""
import os
import random
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal as D

from .bills import BEFORE, MONTH, Month, cents
from .einvoices import WRITERS, Invoice, Line

BUYING, OTHER_PAYER = "100000000011", "100000000019"
BUYER, BUYER_TAX = "Example Holding Ltd.", "GB123456789"
OTHER_BUYER, OTHER_TAX = "Example Research Limited", "GB987654321"


class Shop:
    """A seller as the contract names it."""

    def __init__(self, index, case, chance):
        self.index, self.case = index, case
        word = chance.choice(["Quartz", "Lantern", "Harbour", "Meadow", "Falcon"])
        self.name = f"{word} {chr(65 + index)}{chr(65 + chance.randint(0, 25))} Software {chance.choice(['GmbH', 'Inc.'])}"
        self.tax_id = f"DE{chance.randint(10**8, 10**9 - 1)}"
        self.bank = f"DE{chance.randint(10, 99)}{chance.randint(10**17, 10**18 - 1)}"
        self.rate = chance.choice([0, 7, 19, 20])
        self.syntax = chance.choice(list(WRITERS))
        # Orders of a payer and seller make an order needed.
        self.order = f"45{index:08d}" if "order" in case.__name__ else ""
        self.agrees_bank = case is not bank_of_earlier_documents

    def bill(self, month, chance):
        def odd(*spellings):
            return chance.choice(spellings)

        bare = self.name.rsplit(" ", 1)[0]
        lines = []
        for number in range(1, chance.randint(2, 5)):
            quantity, price = 1 if number == 1 else chance.randint(1, 9), amount(chance)
            lines.append(Line(f"Plan {number}", quantity, price, quantity * price))
        bill = Invoice(
            f"SH{self.index:02d}-{month.first:%y%m}", month.end + timedelta(days=2), month.first,
            month.end - timedelta(days=1), BUYING, odd(self.name, self.name.upper(), bare),
            odd(self.tax_id, f"{self.tax_id[:2]} {self.tax_id[2:]}"), odd(self.bank, spaced(self.bank)),
            odd(BUYER, BUYER.lower()), odd(BUYER_TAX, f"GB {BUYER_TAX[2:]}"), self.order, self.rate, lines)
        if self.syntax != "cxml" and chance.random() < 0.4:
            bill.allowance = cents(bill.total().line_total / 10)
        return bill.total()

    def charge(self, month, bill):
        """The rows that the bill is for."""
        where = {"seller": self.name, "bill/BillingEntity": "AWS Marketplace", "bill/InvoiceId": bill.number}
        account, product = month.accounts[1], f"prod-{self.index}"
        for line in bill.lines:
            month.fee(account, product, line.net, line.name, **where)
        if bill.allowance:
            month.row(account, "Credit", product, "", -bill.allowance, **where)
        if self.rate:
            month.row(account, "Tax", product, "", bill.tax, **where)


def amount(chance):
    return cents(D(str(round(10 ** chance.uniform(-1.6, 3.2), 2)))) + D("0.02")


def spaced(number):
    return " ".join(number[at:at + 4] for at in range(0, len(number), 4))


# Errors: each changes the bill of its shop and returns the rule, what is at stake, and further documents.

def name_of_seller(shop, bill, chance):
    bill.seller = "Northwind Services"
    return "SellerNameWrong", bill.payable, []


def name_of_unknown_seller(shop, bill, chance):
    bill.seller, bill.seller_tax = "Southwind Services", ""
    return "SellerNameWrong", bill.payable, []


def tax_id_of_seller(shop, bill, chance):
    bill.seller_tax = f"DE{int(shop.tax_id[2:]) + 1}"
    return "SellerTaxIDWrong", bill.payable, []


def bank_of_contract(shop, bill, chance):
    bill.bank = f"LT{shop.bank[2:]}"
    return "SellerBankAccountChanged", bill.payable, []


def bank_of_earlier_documents(shop, bill, chance):
    return bank_of_contract(shop, bill, chance)


def name_of_buyer(shop, bill, chance):
    bill.buyer = OTHER_BUYER
    return "BuyerNameWrong", bill.payable, []


def name_of_buyer_without_tax_id(shop, bill, chance):
    bill.buyer, bill.buyer_tax = "Somebody Else Ltd", ""
    return "BuyerNameWrong", bill.payable, []


def tax_id_of_buyer(shop, bill, chance):
    """That of another payer's company, or of nobody's."""
    bill.buyer_tax = chance.choice([OTHER_TAX, "GB111111111"])
    return "BuyerTaxIDWrong", bill.payable, []


def order_unknown(shop, bill, chance):
    bill.order = "4599999999"
    return "PurchaseOrderUnknown", bill.payable, []


def order_missing(shop, bill, chance):
    bill.order = ""
    return "PurchaseOrderUnknown", bill.payable, []


def order_of_another_payer(shop, bill, chance):
    bill.order = "4600000001"
    return "PurchaseOrderUnknown", bill.payable, []


def arithmetic(shop, bill, chance):
    """One figure is off; what was charged and its total stay right."""
    off = amount(chance)
    places = ["line", "payable"] if shop.syntax == "cxml" else ["line", "payable", "tax", "net", "allowance"]
    place = chance.choice(places)
    if place == "allowance" and not bill.allowance:
        place = "net"
    if place == "line":
        bill.lines[0].price += off
        bill.lines[0].net += off
    elif place == "payable":
        bill.payable += off
    elif place == "tax":
        bill.tax_row += off
    elif place == "net":
        bill.net += off
    else:
        bill.allowance_row += off
    return "InvoiceArithmetic", off, []


def sent_again(shop, bill, chance):
    again = deepcopy(bill)
    again.issued += timedelta(days=1)
    again.payload = f"again.{bill.number}"
    return "DuplicateInvoice", bill.gross, [(shop.syntax, again)]


def sent_again_with_another_total(shop, bill, chance):
    """The one that was issued last holds, and fits the charges."""
    older = deepcopy(bill)
    older.issued -= timedelta(days=1)
    older.payload = f"older.{bill.number}"
    off = amount(chance)
    older.lines[0].price += off
    older.lines[0].net += off
    older.total()
    return "DuplicateInvoice", older.gross, [(shop.syntax, older)]


def without_charges(shop, bill, chance):
    return "InvoiceWithoutCharges", bill.gross, []


def cancelled_unseen(shop, bill, chance):
    """The shop's own bill is right: a cancellation names a document that never came."""
    gone = deepcopy(bill)
    gone.number, gone.operation, gone.takes_back = f"{bill.number}-X", "delete", f"first.{bill.number}-X"
    return "CancellationUnmet", D(0), [("cxml", gone)]


# What is odd and right, in every month.

def in_two_formats(shop, bill, chance):
    return "", D(0), [(next(name for name in ("ubl", "cii") if name != shop.syntax), bill)]


def taken_back(shop, bill, chance):
    shop.syntax = "cxml"
    wrong = deepcopy(bill)
    wrong.lines[0].price += 100
    wrong.lines[0].net += 100
    wrong.total().payload = f"first.{bill.number}"
    back = deepcopy(wrong)
    back.payload, back.operation, back.takes_back = f"back.{bill.number}", "delete", wrong.payload
    bill.payload = f"second.{bill.number}"
    return "", D(0), [("cxml", wrong), ("cxml", back)]


ALWAYS = [in_two_formats, taken_back]
CASES = ALWAYS + [
    name_of_seller, name_of_unknown_seller, tax_id_of_seller, bank_of_contract, bank_of_earlier_documents,
    name_of_buyer, name_of_buyer_without_tax_id, tax_id_of_buyer, order_unknown, order_missing,
    order_of_another_payer, arithmetic, arithmetic, arithmetic, sent_again, sent_again_with_another_total,
    without_charges, cancelled_unseen]


class Documents:
    """Two months of a payer that buys from shops only."""

    def __init__(self, seed, faulty):
        chance = random.Random(f"documents {seed}")
        accounts = [f"3{seed:05d}{n:06d}" for n in range(1, 3)]
        self.months = [Month(first, accounts, BUYING) for first in (BEFORE, MONTH)]
        self.shops = [Shop(index, case, chance) for index, case in enumerate(CASES)]
        self.files = {}
        # The month, the rule, what its finding names, the amount at stake.
        self.errors = []
        for month in self.months:
            for shop in self.shops:
                self.deliver(shop, month, faulty and month.first == MONTH, chance)

    def deliver(self, shop, month, faulty, chance):
        bill = shop.bill(month, chance)
        if not (faulty and shop.case is without_charges):
            shop.charge(month, bill)
        further = []
        if faulty or shop.case in ALWAYS:
            rule, value, further = shop.case(shop, bill, chance)
            if rule:
                self.errors.append((month.first, rule, bill.number, value))
        for number, (syntax, document) in enumerate([(shop.syntax, bill)] + further):
            self.files[f"{bill.number}-{number}.xml"] = WRITERS[syntax](document)

    def write(self, inbox):
        os.makedirs(inbox, exist_ok=True)
        for name, content in self.files.items():
            with open(os.path.join(inbox, name), "w", encoding="utf-8") as file:
                file.write(content)
        for month in self.months:
            month.spell()
            month.write_rows(os.path.join(inbox, f"report-{BUYING}", month.span, "report-1.csv"))
