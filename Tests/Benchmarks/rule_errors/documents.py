"""Two months of payers that buy from shops only: invoices as documents, which may come in either of two nights."""
import os
import random
from decimal import Decimal as D

from .bills import BEFORE, MONTH, Month
from .document_errors import ALWAYS, CASES, unknown_after_sign_off, without_charges
from .einvoices import WRITERS
from .shops import Shop


class Documents:
    def __init__(self, seed, faulty):
        self.months, self.shops = [], []
        # By night, the content of files by name.
        self.files = ({}, {})
        # The month, the rule, what its finding names, the amount at stake.
        self.errors = []
        for market, cases in CASES.items():
            chance = random.Random(f"documents {market.payer} {seed}")
            accounts = [f"3{market.payer[-2:]}{seed:04d}{n:05d}" for n in range(1, 3)]
            months = [Month(first, accounts, market.payer) for first in (BEFORE, MONTH)]
            shops = [Shop(index, case, market, chance) for index, case in enumerate(cases)]
            for month in months:
                for shop in shops:
                    wrong = BEFORE if shop.case is unknown_after_sign_off else MONTH
                    self.deliver(shop, month, faulty and month.first == wrong, chance)
            self.months += months
            self.shops += shops

    def deliver(self, shop, month, faulty, chance):
        bill = shop.bill(month, chance)
        if not (faulty and shop.case is without_charges):
            shop.charge(month, bill)
        further = []
        if faulty or shop.case in ALWAYS:
            rule, value, further = shop.case(shop, bill, chance)
            if rule:
                # Charges have no number but that of their invoice.
                token = bill.charged if rule == "DuplicateInvoice" else bill.number
                if month.first == BEFORE:
                    token = further[0][1].number
                    self.errors.append((BEFORE, "ChangedAfterSignOff", "1 document appeared", D(0)))
                self.errors.append((month.first, rule, token, value))
        for number, (syntax, document) in enumerate([(shop.syntax, bill)] + further):
            # The month before is signed off in the first night; what is wrong in it comes after that.
            night = min(number, 1) if month.first == BEFORE and faulty else 0
            if month.first == MONTH:
                night = chance.randint(0, 1)
            self.files[night][f"{bill.number}-{number}.xml"] = WRITERS[syntax](document)

    def write_rows(self, inbox):
        for month in self.months:
            month.spell()
            month.write_rows(os.path.join(inbox, f"report-{month.payer}", month.span, "report-1.csv"))

    def write_documents(self, inbox, night):
        os.makedirs(inbox, exist_ok=True)
        for name, content in self.files[night].items():
            with open(os.path.join(inbox, name), "w", encoding="utf-8") as file:
                file.write(content)
