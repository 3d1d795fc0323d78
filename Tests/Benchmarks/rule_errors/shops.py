"""Shops that send invoices, in two markets: EN 16931 and cXML in dollars, fapiao in yuan."""
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal as D

from .bills import cents
from .einvoices import Invoice, Line


@dataclass(frozen=True)
class Market:
    payer: str
    currency: str
    syntaxes: tuple
    buyer: str
    buyer_tax: str
    # Of a company that another payer stands for, and an order of that payer.
    other_payer: str
    other_buyer: str
    other_tax: str
    other_order: str
    rates: tuple


WEST = Market(
    "100000000011", "USD", ("ubl", "cii", "cxml"), "Example Holding Ltd.", "GB123456789",
    "100000000018", "Example Research Limited", "GB987654321", "PO-46000001", (0, 7, 19, 20))
CHINA = Market(
    "100000000021", "CNY", ("fapiao",), "示例（中国）投资有限公司", "91310000MA1EXAMPL1",
    "100000000028", "示例研发（北京）有限公司", "91110000MA1EXAMPL2", "PO-46000002", (6, 13))


def amount(chance):
    return cents(D(str(round(10 ** chance.uniform(-1.6, 3.2), 2)))) + D("0.02")


def spaced(number):
    return " ".join(number[at:at + 4] for at in range(0, len(number), 4))


def wide(name):
    """Letters, digits and signs in full width, as Chinese input methods write them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


class Shop:
    """A seller as the contract names it."""

    def __init__(self, index, case, market, chance):
        self.index, self.case, self.market = index, case, market
        if market is CHINA:
            word = "".join(chance.sample("云山海星林泉松石江月", 2))
            word += "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"[index]
            self.name = f"上海{word}科技{chance.choice(['有限公司', '股份有限公司'])}"
            self.tax_id = f"91310000MA{chance.randint(10**7, 10**8 - 1)}"
            self.bank = str(chance.randint(10**18, 10**19 - 1))
        else:
            word = chance.choice(["Quartz", "Lantern", "Harbour", "Meadow", "Falcon"])
            letters = chr(65 + index // 20) + chr(65 + index % 20)
            self.name = f"{word} {letters} Software {chance.choice(['GmbH', 'Inc.', 'Ltd', 'S.A.'])}"
            self.tax_id = f"DE{chance.randint(10**8, 10**9 - 1)}"
            self.bank = f"DE{chance.randint(10, 99)}{chance.randint(10**17, 10**18 - 1)}"
        self.rate = chance.choice(market.rates)
        traits = getattr(case, "traits", {})
        self.syntax = chance.choice(traits.get("syntaxes", market.syntaxes))
        self.kind = traits.get("kind", "invoice")
        # Orders of a payer and seller make an order needed.
        self.order = f"PO-45{index:06d}{market.payer[-2:]}" if traits.get("orders") else ""
        self.agrees_bank = traits.get("agrees_bank", True)

    def bill(self, month, chance):
        def odd(text, *spellings):
            return chance.choice([text, *spellings])

        lines = []
        for number in range(1, chance.randint(2, 5)):
            quantity, price = 1 if number == 1 else chance.randint(1, 9), amount(chance)
            lines.append(Line(f"Plan {number}", quantity, price, quantity * price))
        bare = self.name.removesuffix("有限公司").removesuffix("股份")
        if bare == self.name:
            bare = self.name.rsplit(" ", 1)[0]
        charged = f"9{month.first:%y%m}{self.index:03d}{self.market.payer[-2:]}"
        number = f"{month.first:%y}312000{month.first:%m}{charged}" if self.market is CHINA else charged
        bill = Invoice(
            number, month.end + timedelta(days=2), month.first, month.end - timedelta(days=1), self.market.payer,
            odd(self.name, self.name.upper(), bare, wide(self.name)),
            odd(self.tax_id, f"{self.tax_id[:2]} {self.tax_id[2:]}", self.tax_id.lower()),
            odd(self.bank, spaced(self.bank)),
            odd(self.market.buyer, self.market.buyer.lower(), wide(self.market.buyer)),
            odd(self.market.buyer_tax, spaced(self.market.buyer_tax)), self.order, self.rate, lines)
        bill.charged, bill.currency, bill.kind = charged, self.market.currency, self.kind
        bill.taxes_lines = self.market is CHINA
        # Charges tell whose bill it is, where it does not say so itself.
        if chance.random() < 0.3 and not getattr(self.case, "traits", {}).get("states_payer"):
            bill.payer = ""
        if self.syntax in ("ubl", "cii") and chance.random() < 0.4:
            bill.allowance = cents(bill.total().line_total / 10)
        return bill.total()

    def charge(self, month, bill):
        """The rows that the bill is for."""
        where = {
            "seller": self.name, "bill/BillingEntity": "AWS Marketplace", "bill/InvoiceId": bill.charged,
            "lineItem/CurrencyCode": bill.currency}
        account, product = month.accounts[1], f"prod-{self.index}"
        kind, sign = ("Credit", -1) if self.kind == "credit" else ("Fee", 1)
        for line in bill.lines:
            month.row(account, kind, product, "", sign * line.net, **{
                **where, "lineItem/LineItemDescription": line.name})
        if bill.allowance:
            month.row(account, "Credit" if sign == 1 else "Fee", product, "", -sign * bill.allowance, **where)
        if self.rate:
            for tax in [line.tax for line in bill.lines] if bill.taxes_lines else [bill.tax]:
                month.row(account, "Tax", product, "", sign * tax, **where)
