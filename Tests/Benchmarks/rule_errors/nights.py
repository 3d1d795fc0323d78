"""Three nights of a company whose documents, versions and exports are judged."""
from . import versions
from .bills import BEFORE, INC, MONTH
from .documents import Documents
from .homes import Home
from .shops import CHINA, WEST

PAYERS = {market.payer: market.currency for market in (WEST, CHINA)}
PAYERS |= {payer: "USD" for payer in versions.PAYERS}


class Nights:
    def __init__(self, seed, faulty):
        self.documents = Documents(seed, faulty)
        self.versions = versions.Versions(seed, faulty)
        self.errors = self.documents.errors + self.versions.errors

    def contract(self):
        shops = self.documents.shops
        names = ", ".join(f'"{name}"' for name in [INC] + [shop.name for shop in shops])
        lines = ["payers:"]
        lines += [f'  - {{account: "{payer}", currency: {currency}}}' for payer, currency in PAYERS.items()]
        lines += ['billingEntities: ["AWS", "AWS Marketplace"]']
        lines += [f"{key}: [{names}]" for key in ("invoiceIssuers", "legalEntities")]
        lines += ["taxRates:", f'  - {{legalEntity: "{INC}", rate: 0}}']
        lines += [f'  - {{legalEntity: "{shop.name}", rate: {shop.rate / 100}}}' for shop in shops]
        lines += ["sellers:", f'  - {{name: "{INC}"}}']
        for shop in shops:
            accounts = f', bankAccounts: ["{shop.bank}"]' if shop.agrees_bank else ""
            lines.append(f'  - {{name: "{shop.name}", taxID: "{shop.tax_id}"{accounts}}}')
        lines.append("buyers:")
        for m in (WEST, CHINA):
            for name, tax, payer in ((m.buyer, m.buyer_tax, m.payer), (m.other_buyer, m.other_tax, m.other_payer)):
                lines.append(f'  - {{name: "{name}", taxID: "{tax}", payers: ["{payer}"]}}')
        lines.append("purchaseOrders:")
        lines += [f'  - {{number: "{m.other_order}", payer: "{m.other_payer}"}}' for m in (WEST, CHINA)]
        lines += [f'  - {{number: "{shop.order}", payer: "{shop.market.payer}", seller: "{shop.name}"}}'
                  for shop in shops if shop.order]
        return "\n".join(lines) + "\n"

    def run(self, program, pipelines):
        """Findings of each month after the last of the three nights."""
        months = self.documents.months + self.versions.months
        with Home(program, pipelines) as home:
            home.write("contract.yaml", self.contract())
            home.name_accounts(sorted({a for month in months for a in [month.payer, *month.accounts]}))
            self.versions.early_night(home.inbox)
            home.run("2026-05-02")
            self.documents.write_rows(home.inbox)
            self.documents.write_documents(home.inbox, 0)
            self.versions.first_night(home.inbox)
            home.run("2026-05-19")
            self.documents.write_documents(home.inbox, 1)
            self.versions.second_night(home.inbox)
            home.run("2026-05-20")
            return {first: home.findings(first) for first in (BEFORE, MONTH)}
