"""Plants known errors in clean months, runs counterfoil, and counts what it finds, rule by rule.

usage: score_rules.py COUNTERFOIL PIPELINES [--seeds FIRST-LAST]

Each seed makes two data roots of its own. In one, a company with accounts, usage, a reservation, a savings plan, a
discount, support and tax gets its bill (`company.py`). In the other, shops send invoices, and exports come more than
once (`nights.py`). Both are run clean, where no ErrorCandidate may arise, and once more with one error or more for
each rule, of between 0.02 and 2000 units of currency where it has an amount of its own. An error is found if the rule
lists one finding that names its token, with the planted amount at stake to a millionth. Any other finding of a rule is
false, unless CausedBy says that another finding counts its money, or the same row breaks two laws (`echoes`); those of
DailyCostAnomaly are not judged here. Sums are made here, with decimal.
"""
import argparse
import sys
from collections import Counter, defaultdict
from decimal import Decimal as D

from rule_errors.company import Company
from rule_errors.nights import Nights

# Documents are in whole cents.
IN_CENTS = ("TotalOff", "ChargesWithoutInvoice")


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
        for scenario in (Company, Nights):
            clean += errors_in(scenario(seed, False), options)
            planted = scenario(seed, True)
            for month, findings in planted.run(options.program, options.pipelines).items():
                errors = [error[1:] for error in planted.errors if error[0] == month]
                score(f"seed {seed} {month:%Y-%m}", errors, findings, count, options.show)
    report(count, clean, last - first + 1)
    missed = sum(c["planted"] - c["found"] for c in count.values())
    return 1 if clean or missed else 0


def errors_in(clean, options):
    """The number of ErrorCandidates where there is nothing to find."""
    found = [f for findings in clean.run(options.program, options.pipelines).values() for f in findings
             if f["Kind"] == "ErrorCandidate"]
    for finding in found:
        print(f"clean month: {finding['Rule']}: {finding['Explanation']}")
    return len(found)


def names(finding, token):
    columns = ("UsageType", "SubAccountId", "InvoiceId", "ServiceName", "ResourceId", "BillingCurrency",
               "Actual", "Explanation")
    return any(token in finding[column] for column in columns)


def score(where, errors, findings, count, show):
    hit = set()
    for rule, token, value in errors:
        # What has no amount must be found as well.
        size = "small" if 0 < value < 1 else "planted"
        count[rule][size] += 1
        found = [f for f in findings if f["Rule"] == rule and names(f, token)]
        margin = D("0.01") if rule in IN_CENTS else D("0.000001")
        right = [f for f in found if abs(D(f["AmountAtStake"]) - value) <= margin]
        hit.update(f["FindingId"] for f in right[:1])
        count[rule]["found" if size == "planted" else "smallFound"] += bool(right)
        if show and not right:
            print(f"{where}: missed {rule} {token} {value}: {[(f['AmountAtStake']) for f in found]}")
    for finding in findings:
        rule = finding["Rule"]
        if finding["FindingId"] in hit or finding["Rule"] == "DailyCostAnomaly":
            continue
        if finding["CausedBy"] or echoes(finding, errors):
            continue
        count[rule]["false"] += 1
        if show:
            print(f"{where}: false {rule} {finding['AmountAtStake']} {finding['Explanation']}")


def echoes(finding, errors):
    """A planted error that another rule rightly sees as well: the same row breaks two laws."""
    pairs = {
        "RateInconsistent": ["RateAbovePublic"],
        "UnknownAccount": ["AccountIDMalformed"], "HalfFinalMonth": ["CurrencyMismatch"],
        "DiscountMissing": ["CurrencyMismatch"],
    }
    others = pairs.get(finding["Rule"], [])
    return any(rule in others and names(finding, token) for rule, token, _ in errors)


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
