"""Plants known errors in clean months, runs counterfoil, and counts what it finds, rule by rule.

usage: score_rules.py COUNTERFOIL PIPELINES [--seeds FIRST-LAST]

Each seed makes a company of its own: accounts, usage, a reservation, a savings plan, a discount, support, tax.
Two months of it are run clean, where no ErrorCandidate may arise, and once more with one error for each rule,
of between 0.02 and 2000 units of currency. An error is found if the rule lists one finding that names its
token, with the planted amount at stake to a millionth. Any other ErrorCandidate or Anomaly of a rule is
false, unless CausedBy says that another finding counts its money, or the same row breaks two laws (`echoes`). Sums
are made here, with decimal.
"""
import argparse
import sys
from collections import Counter, defaultdict
from decimal import Decimal as D

from rule_errors import readings
from rule_errors.bills import (
    BEFORE, CREDIT, INC, MONTH, PAYER, SINGAPORE, SUPPORT, TAX_RATES, UNBILLED, Month, clean_month, text)
from rule_errors.homes import Home
from rule_errors.planting import Planting


def contract(private):
    rates = "".join(f', {{legalEntity: "{seller}", rate: {rate}}}' for seller, rate in TAX_RATES.items())
    sellers = ", ".join(f'"{name}"' for name in [INC, UNBILLED, SINGAPORE, *TAX_RATES])
    lines = [
        f'payers: [{{account: "{PAYER}", currency: USD}}]',
        'billingEntities: ["AWS", "AWS Marketplace"]', f"invoiceIssuers: [{sellers}]", f"legalEntities: [{sellers}]",
        f'taxRates: [{{legalEntity: "{INC}", rate: 0}}, {{legalEntity: "{UNBILLED}", rate: 0}}, '
        f'{{legalEntity: "{SINGAPORE}", rate: 0}}{rates}]',
        "requiredTags: [{dimension: Environment, share: 0.5}]",
        f'discounts: [{{type: EdpDiscount, rate: 0.09, except: ["{SUPPORT}"]}}]',
        'regions: ["us-east-1"]',
        f'support: [{{products: ["{SUPPORT}"], minimum: 100, tiers: [{{upTo: 10000, rate: 0.10}}, {{rate: 0.07}}]}}]',
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


def run(program, pipelines, months, closing):
    """Findings of the last month, and of the one before."""
    with Home(program, pipelines) as home:
        home.write("contract.yaml", contract(closing.get("private")))
        home.name_accounts([PAYER] + months[0].accounts)
        for month in months:
            month.write(home.inbox, closing["documents"] if month.first == MONTH else {})
        home.run("2026-05-20")
        return [home.findings(month.first) for month in months]


def build(seed, faulty):
    """Two months of a company, the second with errors or without."""
    accounts = [f"2{seed:05d}{n:06d}" for n in range(1, 8)]
    months = [Month(BEFORE, accounts), Month(MONTH, accounts)]
    for month in months:
        clean_month(month, seed)
        readings.clean(month, seed)
    planting = Planting(months[1], months[0], seed) if faulty else None
    closing = planting.closing if planting else {
        "discount": {}, "support": D(0), "tax": {}, "documents": {}}
    months[0].discount({})
    months[0].support(months[0])
    months[0].tax({})
    months[1].discount(closing["discount"])
    months[1].support(months[0], closing["support"])
    months[1].tax(closing["tax"])
    return months, planting, closing


def names(finding, token):
    columns = ("UsageType", "SubAccountId", "InvoiceId", "ServiceName", "ResourceId", "BillingCurrency",
               "Actual", "Explanation")
    return any(token in finding[column] for column in columns)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("pipelines")
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--show", action="store_true", help="print what was missed or false")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split("-"))
    count = defaultdict(Counter)
    clean = 0
    for seed in range(first, last + 1):
        months, _, closing = build(seed, False)
        for findings in run(options.program, options.pipelines, months, closing):
            for finding in findings:
                if finding["Kind"] == "ErrorCandidate":
                    clean += 1
                    print(f"seed {seed}: clean month: {finding['Rule']}: {finding['Explanation']}")
        months, planted, closing = build(seed, True)
        findings = run(options.program, options.pipelines, months, closing)[1]
        score(seed, planted, findings, count, options.show)
    report(count, clean, last - first + 1)
    missed = sum(c["planted"] - c["found"] for c in count.values())
    return 1 if clean or missed else 0


def score(seed, planted, findings, count, show):
    hit = set()
    for rule, token, value in planted.errors:
        size = "planted" if value >= 1 else "small"
        count[rule][size] += 1
        found = [f for f in findings if f["Rule"] == rule and names(f, token)]
        # Documents are in whole cents.
        margin = D("0.01") if rule in ("TotalOff", "ChargesWithoutInvoice") else D("0.000001")
        right = [f for f in found if abs(D(f["AmountAtStake"]) - value) <= margin]
        hit.update(f["FindingId"] for f in right[:1])
        count[rule]["found" if size == "planted" else "smallFound"] += bool(right)
        if show and not right:
            print(f"seed {seed}: missed {rule} {token} {value}: {[(f['AmountAtStake']) for f in found]}")
    for finding in findings:
        rule = finding["Rule"]
        if finding["FindingId"] in hit or finding["Rule"] == "DailyCostAnomaly":
            continue
        if finding["CausedBy"] or echoes(finding, planted):
            continue
        count[rule]["false"] += 1
        if show:
            print(f"seed {seed}: false {rule} {finding['AmountAtStake']} {finding['Explanation']}")


def echoes(finding, planted):
    """A planted error that another rule rightly sees as well: the same row breaks two laws."""
    pairs = {
        "RateInconsistent": ["RateAbovePublic"],
        "UnknownAccount": ["AccountIDMalformed"], "HalfFinalMonth": ["CurrencyMismatch"],
        "DiscountMissing": ["CurrencyMismatch"],
    }
    others = pairs.get(finding["Rule"], [])
    return any(rule in others and names(finding, token) for rule, token, _ in planted.errors)


def report(count, clean, seeds):
    print(f"{seeds} seeds; ErrorCandidates in clean months: {clean}")
    print(f"{'rule':30} {'>= 1':>6} {'found':>6} {'< 1':>6} {'found':>6} {'false':>6} {'precision':>9} {'recall':>7}")
    for rule, c in sorted(count.items()):
        found = c["found"] + c["smallFound"]
        listed = found + c["false"]
        precision = f"{found / listed:.3f}" if listed else "-"
        recall = f"{c['found'] / c['planted']:.3f}" if c["planted"] else "-"
        print(f"{rule:30} {c['planted']:6} {c['found']:6} {c['small']:6} {c['smallFound']:6} {c['false']:6} "
              f"{precision:>9} {recall:>7}")


if __name__ == "__main__":
    sys.exit(main())
