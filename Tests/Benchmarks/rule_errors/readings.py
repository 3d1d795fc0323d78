"""Figures of a bill that must agree with each other: tax and its base, net costs and discounts.

Three sellers bill the company for them alone: one taxes its charges, one taxes what a credit leaves of them,
and one states its discounts twice, in rows and in columns.
"""
import random
from datetime import timedelta
from decimal import Decimal as D

from .bills import AUSTRALIA, CANADA, CREDIT, SINGAPORE, TAX_RATES, text

DISCOUNT = D("0.09")


def clean(month, seed):
    chance = random.Random(f"readings {seed} {month.first}")
    account = month.accounts[1]
    month.fee(account, "AmazonConnect", D(chance.randint(5000, 900000)) / 100, "telephony", seller=CANADA)
    month.fee(account, "AmazonChime", D(chance.randint(2000000, 3000000)) / 100, "meetings", seller=AUSTRALIA)
    take_credit(month, D(chance.randint(100, 9000)) / 100, AUSTRALIA)
    # A credit has no net cost.
    take_credit(month, D(chance.randint(100, 900)) / 100, SINGAPORE)
    for offset in range(0, month.days, 3):
        row = month.usage(
            account, "AmazonSES", "Recipients", D("0.0107"), D(chance.randint(1000, 90000)),
            month.first + timedelta(days=offset), seller=SINGAPORE)
        state_net(row, row["cost"] * DISCOUNT, chance)


def take_credit(month, amount, seller):
    month.row(month.accounts[1], "Credit", "AmazonChime", "", -amount, seller=seller, **{
        "lineItem/LineItemDescription": f"{CREDIT}-TAXED"})


def state_net(row, discount, chance, off=D(0)):
    """Exports write the discount with either sign."""
    sign = chance.choice([1, -1])
    row["lineItem/NetUnblendedCost"] = text(row["cost"] - discount)
    row["discount/TotalDiscount"] = text(sign * (discount + off))


def plant(planting):
    month, chance = planting.month, planting.chance
    # A discount column that is not the step from cost to net cost.
    row, value, token = planting.use("NetCostMismatch")
    off = planting.amount()
    state_net(row, value * DISCOUNT, chance, off)
    planting.add("NetCostMismatch", token, off)
    # A row whose columns agree with each other, but not with the discount rows of its invoice.
    off = planting.amount()
    row = next(r for r in month.rows if r["lineItem/UsageType"] == "Recipients")
    state_net(row, row["cost"] * DISCOUNT + chance.choice([1, -1]) * off, chance)
    planting.add("DiscountReadingsDisagree", month.numbers[SINGAPORE], off)
    # Tax that is not there, and tax where none is due. The discount of nine percent comes off the base.
    planting.closing["tax"][CANADA] = None
    due = month.base(CANADA) * (1 - DISCOUNT) * TAX_RATES[CANADA]
    planting.add("TaxMissing", month.numbers[CANADA], due)
    undue = planting.amount()
    month.row(planting.account, "Tax", "AmazonEC2", "", undue)
    planting.add("TaxMissing", month.invoice, undue)
    # Tax on the charges before the credits.
    excess = planting.amount()
    take_credit(month, excess / TAX_RATES[AUSTRALIA], AUSTRALIA)
    credits = -sum(r["cost"] for r in month.rows if r["lineItem/LegalEntity"] == AUSTRALIA and r["cost"] < 0)
    planting.closing["tax"][AUSTRALIA] = credits * TAX_RATES[AUSTRALIA]
    planting.add("TaxBeforeCredits", month.numbers[AUSTRALIA], planting.closing["tax"][AUSTRALIA])
