"""Two nights of a company whose documents, versions and exports are judged."""
from .bills import BEFORE, INC, MONTH
from .documents import BUYER, BUYER_TAX, BUYING, OTHER_BUYER, OTHER_PAYER, OTHER_TAX, Documents
from .homes import Home
from .versions import BROKEN, DROPPED, RESTATED, TWICE, UNPROVED, Versions


class Nights:
    def __init__(self, seed, faulty):
        self.documents = Documents(seed, faulty)
        self.versions = Versions(seed, faulty)
        self.errors = self.documents.errors + self.versions.errors

    def contract(self):
        shops = self.documents.shops
        names = ", ".join(f'"{name}"' for name in [INC] + [shop.name for shop in shops])
        lines = ["payers:"]
        lines += [f'  - {{account: "{payer}", currency: USD}}' for payer in (BUYING, RESTATED, DROPPED, TWICE, BROKEN, UNPROVED)]
        lines += ['billingEntities: ["AWS", "AWS Marketplace"]', f"invoiceIssuers: [{names}]", f"legalEntities: [{names}]"]
        lines += ["taxRates:", f'  - {{legalEntity: "{INC}", rate: 0}}']
        lines += [f'  - {{legalEntity: "{shop.name}", rate: {shop.rate / 100}}}' for shop in shops]
        lines += ["sellers:", f'  - {{name: "{INC}"}}']
        for shop in shops:
            accounts = f', bankAccounts: ["{shop.bank}"]' if shop.agrees_bank else ""
            lines.append(f'  - {{name: "{shop.name}", taxID: "{shop.tax_id}"{accounts}}}')
        lines += [
            "buyers:", f'  - {{name: "{BUYER}", taxID: "{BUYER_TAX}", payers: ["{BUYING}"]}}',
            f'  - {{name: "{OTHER_BUYER}", taxID: "{OTHER_TAX}", payers: ["{OTHER_PAYER}"]}}',
            "purchaseOrders:", f'  - {{number: "4600000001", payer: "{OTHER_PAYER}"}}']
        lines += [f'  - {{number: "{shop.order}", payer: "{BUYING}", seller: "{shop.name}"}}' for shop in shops if shop.order]
        return "\n".join(lines) + "\n"

    def run(self, program, pipelines):
        """Findings of each month after the second night."""
        months = self.documents.months + self.versions.months
        with Home(program, pipelines) as home:
            home.write("contract.yaml", self.contract())
            home.name_accounts(sorted({a for month in months for a in [month.payer, *month.accounts]}))
            self.documents.write(home.inbox)
            self.versions.first_night(home.inbox)
            home.run("2026-05-19")
            self.versions.second_night(home.inbox)
            home.run("2026-05-20")
            return {first: home.findings(first) for first in (BEFORE, MONTH)}
