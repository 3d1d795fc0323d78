"""Errors of documents, and what is odd and right.

Each changes the bill of its shop and returns the rule that must find it, what is at stake, and further
documents as (syntax, invoice). What the charges say stays as it was.
"""
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal as D

from .shops import CHINA, WEST, amount


def traits(**what):
    """What a shop must be like for its error."""
    def mark(case):
        case.traits = what
        return case
    return mark


def name_of_seller(shop, bill, chance):
    bill.seller = "Northwind Services"
    return "SellerNameWrong", bill.payable, []


def name_of_unknown_seller(shop, bill, chance):
    bill.seller, bill.seller_tax = f"Southwind {shop.market.currency} Services", ""
    return "SellerNameWrong", bill.payable, []


def tax_id_of_seller(shop, bill, chance):
    bill.seller_tax = shop.tax_id[:-1] + ("1" if shop.tax_id[-1] != "1" else "2")
    return "SellerTaxIDWrong", bill.payable, []


def bank_of_contract(shop, bill, chance):
    bill.bank = shop.bank[:-1] + ("1" if shop.bank[-1] != "1" else "2")
    return "SellerBankAccountChanged", bill.payable, []


@traits(syntaxes=("ubl", "cii", "cxml"))
def second_bank(shop, bill, chance):
    bill.bank = ";".join(chance.sample([bill.bank, f"LT{shop.bank[2:]}"], 2))
    return "SellerBankAccountChanged", bill.payable, []


@traits(agrees_bank=False)
def bank_of_earlier_documents(shop, bill, chance):
    return bank_of_contract(shop, bill, chance)


def name_of_buyer(shop, bill, chance):
    bill.buyer = shop.market.other_buyer
    return "BuyerNameWrong", bill.payable, []


def name_of_buyer_without_tax_id(shop, bill, chance):
    bill.buyer, bill.buyer_tax = "Somebody Else Ltd", ""
    return "BuyerNameWrong", bill.payable, []


def tax_id_of_buyer(shop, bill, chance):
    """That of another payer's company, or of nobody's."""
    bill.buyer_tax = chance.choice([shop.market.other_tax, "GB111111111"])
    return "BuyerTaxIDWrong", bill.payable, []


@traits(kind="credit", syntaxes=("ubl", "cii"))
def tax_id_on_credit_note(shop, bill, chance):
    return tax_id_of_buyer(shop, bill, chance)


@traits(orders=True)
def order_unknown(shop, bill, chance):
    bill.order = "PO-99999999"
    return "PurchaseOrderUnknown", bill.payable, []


@traits(orders=True, syntaxes=("cxml",))
def second_order_unknown(shop, bill, chance):
    bill.order = ";".join(chance.sample([bill.order, "PO-99999999"], 2))
    return "PurchaseOrderUnknown", bill.payable, []


@traits(orders=True)
def order_missing(shop, bill, chance):
    bill.order = ""
    return "PurchaseOrderUnknown", bill.payable, []


@traits(orders=True)
def order_of_another_payer(shop, bill, chance):
    bill.order = shop.market.other_order
    return "PurchaseOrderUnknown", bill.payable, []


def arithmetic(shop, bill, chance):
    """One figure is off; what was charged and its total stay right."""
    off = amount(chance) * chance.choice([1, 1, -1])
    places = {"cxml": ["line", "payable"], "fapiao": ["line", "line tax", "net", "tax"]}
    place = chance.choice(places.get(shop.syntax, ["line", "payable", "tax row", "net", "allowance"]))
    if place == "line":
        bill.lines[0].price += off
        bill.lines[0].net += off
    elif place == "line tax":
        bill.lines[0].tax += off
    elif place == "payable":
        bill.payable += off
    elif place == "tax":
        bill.tax += off
    elif place == "tax row":
        bill.tax_row += off
    elif place == "allowance" and bill.allowance:
        bill.allowance_row += off
    else:
        bill.net += off
    return "InvoiceArithmetic", abs(off), []


def changed_copy(bill, off, days, payload):
    other = deepcopy(bill)
    other.lines[0].price += off
    other.lines[0].net += off
    other.issued += timedelta(days=days)
    other.payload = f"{payload}.{bill.number}"
    return other.total()


def sent_again(shop, bill, chance):
    return "DuplicateInvoice", bill.gross, [(shop.syntax, changed_copy(bill, D(0), 1, "again"))]


def sent_twice_again(shop, bill, chance):
    again = [(shop.syntax, changed_copy(bill, D(0), day, f"again{day}")) for day in (1, 2)]
    return "DuplicateInvoice", 2 * bill.gross, again


def sent_again_with_another_total(shop, bill, chance):
    """The one that was issued last holds, and fits the charges."""
    older = changed_copy(bill, amount(chance), -1, "older")
    return "DuplicateInvoice", older.gross, [(shop.syntax, older)]


@traits(syntaxes=("ubl", "cii"))
def in_two_formats_that_differ(shop, bill, chance):
    """With as many lines, the one that was issued last holds."""
    older = changed_copy(bill, amount(chance), -1, "older")
    return "DuplicateInvoice", older.gross, [("cii" if shop.syntax == "ubl" else "ubl", older)]


@traits(states_payer=True)
def unknown_after_sign_off(shop, bill, chance):
    """In the month that is signed off a further invoice, without charges; the shop's other bills are right."""
    further = changed_copy(bill, D(0), 1, "late")
    further.number = f"{bill.number[:5]}999{bill.number[8:]}"
    return "InvoiceWithoutCharges", further.gross, [(shop.syntax, further)]


@traits(states_payer=True)
def without_charges(shop, bill, chance):
    return "InvoiceWithoutCharges", bill.gross, []


@traits(states_payer=True)
def cancelled_unseen(shop, bill, chance):
    """The shop's own bill is right: a cancellation names a document that never came."""
    gone = deepcopy(bill)
    gone.number, gone.operation, gone.takes_back = f"{bill.number}-X", "delete", f"first.{bill.number}-X"
    return "CancellationUnmet", D(0), [("cxml", gone)]


# What is odd and right, in every month.

@traits(syntaxes=("ubl", "cii"))
def in_two_formats(shop, bill, chance):
    return "", D(0), [("cii" if shop.syntax == "ubl" else "ubl", bill)]


@traits(syntaxes=("cxml",))
def taken_back(shop, bill, chance):
    wrong = changed_copy(bill, D(100), 0, "first")
    back = deepcopy(wrong)
    back.payload, back.operation, back.takes_back = f"back.{bill.number}", "delete", wrong.payload
    bill.payload = f"second.{bill.number}"
    return "", D(0), [("cxml", wrong), ("cxml", back)]


@traits(kind="credit", syntaxes=("ubl", "cii"))
def credit_note(shop, bill, chance):
    return "", D(0), []


@traits(orders=True)
def as_ordered(shop, bill, chance):
    return "", D(0), []


def same_file_again(shop, bill, chance):
    return "", D(0), [(shop.syntax, bill)]


ALWAYS = [in_two_formats, taken_back, credit_note, as_ordered, same_file_again]
ANYWHERE = [
    as_ordered, same_file_again, name_of_seller, name_of_unknown_seller, tax_id_of_seller, bank_of_contract,
    bank_of_earlier_documents, name_of_buyer, name_of_buyer_without_tax_id, tax_id_of_buyer, order_unknown,
    order_missing, order_of_another_payer, arithmetic, sent_again, sent_again_with_another_total, without_charges]
CASES = {
    WEST: ANYWHERE + [
        in_two_formats, taken_back, second_bank, second_order_unknown, credit_note, tax_id_on_credit_note, arithmetic, sent_twice_again,
        in_two_formats_that_differ, cancelled_unseen, unknown_after_sign_off],
    CHINA: ANYWHERE,
}
