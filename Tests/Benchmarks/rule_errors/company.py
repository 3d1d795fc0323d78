"""Two months of a company as one legacy report, its bill being clean or with one error for each rule."""
from decimal import Decimal as D

from . import readings
from .bills import (
    BEFORE, CREDIT, INC, MONTH, PAYER, SINGAPORE, SUPPORT, TAX_RATES, UNBILLED, Month, clean_month, text)
from .homes import Home
from .planting import Planting


class Company:
    def __init__(self, seed, faulty):
        self.accounts = [f"2{seed:05d}{n:06d}" for n in range(1, 8)]
        self.months = [Month(first, self.accounts) for first in (BEFORE, MONTH)]
        for month in self.months:
            clean_month(month, seed)
            readings.clean(month, seed)
        planting = Planting(self.months[1], self.months[0], seed) if faulty else None
        self.closing = planting.closing if planting else {
            "discount": {}, "support": D(0), "tax": {}, "documents": {}}
        # The month, the rule, what its finding names, the amount at stake.
        self.errors = [(MONTH, *error) for error in planting.errors] if planting else []
        self.close()

    def close(self):
        before, month = self.months
        before.discount({})
        before.support(before)
        before.tax({})
        month.discount(self.closing["discount"])
        month.support(before, self.closing["support"])
        month.tax(self.closing["tax"])

    def contract(self):
        private = self.closing.get("private")
        rates = "".join(f', {{legalEntity: "{seller}", rate: {rate}}}' for seller, rate in TAX_RATES.items())
        sellers = ", ".join(f'"{name}"' for name in [INC, UNBILLED, SINGAPORE, *TAX_RATES])
        lines = [
            f'payers: [{{account: "{PAYER}", currency: USD}}]',
            'billingEntities: ["AWS", "AWS Marketplace"]',
            f"invoiceIssuers: [{sellers}]", f"legalEntities: [{sellers}]",
            f'taxRates: [{{legalEntity: "{INC}", rate: 0}}, {{legalEntity: "{UNBILLED}", rate: 0}}, '
            f'{{legalEntity: "{SINGAPORE}", rate: 0}}{rates}]',
            "requiredTags: [{dimension: Environment, share: 0.5}]",
            f'discounts: [{{type: EdpDiscount, rate: 0.09, except: ["{SUPPORT}"]}}]',
            'regions: ["us-east-1"]',
            f'support: [{{products: ["{SUPPORT}"], minimum: 100, '
            "tiers: [{upTo: 10000, rate: 0.10}, {rate: 0.07}]}]",
            "credits:",
            f'  - {{name: "{CREDIT}-CLEAN", currency: USD, amount: 1000}}',
            f'  - {{name: "{CREDIT}-TAXED", currency: USD, amount: 100000}}',
            f'  - {{name: "{CREDIT}-OVER", currency: USD, amount: 100, from: 2026-01-01, to: 2026-04-30}}',
        ]
        if private:
            lines += [
                f'  - {{name: "{CREDIT}-UNUSED", currency: USD, amount: 7.50, from: 2026-04-01}}',
                f'privateRates: [{{usageType: "{private[0]}", rate: {text(private[1])}}}]']
        else:
            # Nothing is left of the credit that is planted only in faulty months.
            lines[-1] = lines[-1].replace("amount: 100,", "amount: 100, used: 100,")
            lines.append("privateRates: []")
        return "\n".join(lines) + "\n"

    def run(self, program, pipelines):
        """Findings of each month."""
        with Home(program, pipelines) as home:
            home.write("contract.yaml", self.contract())
            home.name_accounts([PAYER] + self.accounts)
            for month in self.months:
                month.write(home.inbox, self.closing["documents"] if month.first == MONTH else {})
            home.run("2026-05-20")
            return {month.first: home.findings(month.first) for month in self.months}
