"""Errors that are planted in a bill, one a rule, each with what its rule must find."""
import random
from datetime import date, timedelta
from decimal import Decimal as D

from . import readings
from .bills import BEFORE, CREDIT, TAXED, UNBILLED, cents, stamp, ten, text


class Planting:
    """One error a rule, each on rows of its own."""

    def __init__(self, month, previous, seed):
        self.month, self.previous = month, previous
        self.chance = random.Random(f"errors {seed}")
        self.account = self.chance.choice(month.accounts[1:])
        # A rule, a token that its finding names, and the amount at stake.
        self.errors = []
        # What closes the month otherwise than it should.
        self.closing = {"discount": {}, "support": D(0), "tax": {}, "documents": {}}
        self.rows()
        self.prices()
        self.tags()
        self.commitments()
        self.agreements()
        readings.plant(self)

    def add(self, rule, token, value):
        self.errors.append((rule, token, value))

    def amount(self):
        """Of all sizes; some below one unit."""
        return cents(D(str(round(10 ** self.chance.uniform(-1.6, 3.2), 2)))) + D("0.02")

    def day(self):
        return self.month.first + timedelta(days=self.chance.randint(1, self.month.days - 3))

    def use(self, rule, value=None, quantity=D(10), **more):
        """Ten units whose cost is the amount; the token is their usage type."""
        value = self.amount() if value is None else value
        row = self.month.usage(
            self.account, "AmazonEC2", f"Plant{rule}", value / quantity, quantity, self.day(), **more)
        return row, value, f"Plant{rule}"

    def rows(self):
        """Rows that come twice, or whose figures, type, owner or day cannot be."""
        row, value, token = self.use("DuplicateLineItem")
        self.month.rows.append(dict(row))
        self.add("DuplicateLineItem", token, value)
        row, value, token = self.use("RepeatedUsage")
        self.month.rows.append({**row, "identity/LineItemId": "again"})
        self.add("RepeatedUsage", token, value)
        row, value, token = self.use("CostNotRateTimesUsage")
        off = self.amount()
        row["cost"] += off
        self.add("CostNotRateTimesUsage", token, off)
        row, value, token = self.use("RateAbovePublic")
        excess = self.amount()
        public = value / 10
        row["lineItem/UnblendedRate"], row["cost"] = text(public + excess / 10), value + excess
        self.add("RateAbovePublic", token, excess)
        row, value, token = self.use("RateInconsistent")
        second, _, _ = self.use("RateInconsistent", value)
        higher = self.amount()
        second["lineItem/UnblendedRate"] = second["pricing/publicOnDemandRate"] = text((value + higher) / 10)
        second["cost"] = value + higher
        second["pricing/publicOnDemandCost"] = text(value + higher)
        second["lineItem/LineItemDescription"] = row["lineItem/LineItemDescription"]
        second["lineItem/ResourceId"] = "res-other"
        self.add("RateInconsistent", token, higher)
        value = self.amount()
        self.month.row(self.account, "DiscountedUsage", "AmazonEC2", "PlantReservedUsageCharged", value, self.day())
        self.add("ReservedUsageCharged", "PlantReservedUsageCharged", value)
        value = self.amount()
        self.month.row(self.account, "SavingsPlanCoveredUsage", "AmazonEC2", "PlantNegation", value, self.day(), **{
            "savingsPlan/SavingsPlanARN": "arn:plan"})
        self.add("SavingsPlanNegationMismatch", "PlantNegation", value)
        over = D(self.chance.randint(1, 400))
        rate = D(self.chance.randint(1, 4000)) / 1000
        for part in (D(self.month.hours), over):
            self.month.usage(self.account, "AmazonEC2", "BoxUsage:plant", rate, part, self.day())
        self.add("MoreHoursThanPeriod", "BoxUsage:plant", rate * over)
        row, value, token = self.use("NegativeCharge", -self.amount(), D(-10))
        self.add("NegativeCharge", token, -value)
        value = self.amount()
        self.month.row(self.account, "Credit", "AmazonEC2", "PlantPositiveCredit", value)
        self.add("PositiveCredit", self.account, value)
        value = self.amount()
        self.month.fee("299999999999", "AmazonEC2", value, "stray")
        self.add("UnknownAccount", "299999999999", value)
        value = self.amount()
        self.month.fee(self.account, "AmazonEC2", value, "entity", **{"bill/BillingEntity": "Stranger"})
        self.add("UnknownEntity", "Stranger", value)
        value = self.amount()
        self.month.row(self.account, "OperatorAdjustment", "AmazonEC2", "PlantType", value)
        self.add("UnknownLineItemType", "OperatorAdjustment", value)
        value = self.amount()
        self.month.fee(self.account, "AmazonS3", value, "euro", **{
            "lineItem/CurrencyCode": "EUR", "bill/InvoiceId": ""})
        self.add("CurrencyMismatch", "EUR", value)
        self.add("HalfFinalMonth", "EUR", value)
        row, value, token = self.use("ChargedOutsidePeriod")
        row["lineItem/UsageStartDate"] = stamp(self.month.first - timedelta(days=4))
        self.add("ChargedOutsidePeriod", token, value)

    def prices(self):
        """Rates, units, regions and columns that contradict each other."""
        row, value, token = self.use("ChargeableAtZeroRate")
        row["lineItem/UnblendedRate"], row["cost"] = "0", D(0)
        self.add("ChargeableAtZeroRate", self.account, value)
        row, value, token = self.use("FreeTierCharged", **{
            "lineItem/LineItemDescription": "$1 per request under monthly free tier"})
        self.add("FreeTierCharged", token, value)
        row, value, token = self.use("RateChanged")
        step = min(self.amount(), value)
        old = (value - step / 2) / 10
        self.previous.usage(self.account, "AmazonEC2", token, old, D(5), BEFORE + timedelta(days=3))
        self.add("RateChanged", token, step / 2)
        row, value, token = self.use("UnitMismatch")
        larger, _, _ = self.use("UnitMismatch", value + 1, **{"pricing/unit": "GB"})
        larger["lineItem/LineItemDescription"] += " second tier"
        self.add("UnitMismatch", token, value)
        row, value, token = self.use("RegionNotAllowed", **{"product/regionCode": "ap-south-1"})
        self.add("RegionNotAllowed", "ap-south-1", value)
        row, value, token = self.use("Region")
        row["lineItem/UsageType"] = "USW2-PlantRegion"
        self.add("RegionMismatch", "USW2-PlantRegion", value)
        row, value, token = self.use("PrivateRateNotApplied")
        agreed = ten(value / 20)
        self.add("PrivateRateNotApplied", token, value - agreed * 10)
        self.closing["private"] = (token, agreed)
        row, value, token = self.use("PublicCostMismatch")
        off = self.amount()
        row["pricing/publicOnDemandCost"] = text(value + off)
        self.add("PublicCostMismatch", token, off)
        row, value, token = self.use("IntervalImpossible")
        row["lineItem/UsageEndDate"] = row["lineItem/UsageStartDate"]
        self.add("IntervalImpossible", token, value)
        row, value, token = self.use("IntervalOffGrain")
        first = date.fromisoformat(row["lineItem/UsageStartDate"][:10])
        row["lineItem/UsageEndDate"] = stamp(first + timedelta(days=2))
        self.add("IntervalOffGrain", token, value)
        value = self.amount()
        self.month.row("29999999998", "Fee", "AmazonS3", "", value)
        self.add("AccountIDMalformed", "29999999998", value)
        row, value, token = self.use("SplitCostCounted")
        row["lineItem/Operation"], row["split"] = "EKSPod-EC2", True
        self.add("SplitCostCounted", "split cost", value)
        off = self.amount()
        parent = self.month.usage(self.account, "AmazonEC2", "BoxUsage:pods", self.amount() / 10, D(20), self.day())
        half = ten(parent["cost"] / 2)
        self.month.share(parent, half, D(0))
        self.month.share(parent, parent["cost"] - half, off)
        self.add("SplitCostMismatch", "Split cost in account", off)

    def tags(self):
        """What tags say, and do not say."""
        row, value, token = self.use("Spelling", **{"resourceTags/user:Environment": "Production"})
        self.add("TagSpellingsDiffer", "Environment prod ", value)
        row, value, token = self.use("Unlisted", **{"resourceTags/user:Environment": "moonbase"})
        self.add("TagValueUnknown", "moonbase", value)
        rate, change = self.amount() / 10, self.chance.randint(3, self.month.days - 3)
        moved = [self.month.usage(
            self.account, "PlantMoved", "Moved", rate, D(1), self.month.first + timedelta(days=offset), **{
                "resourceTags/user:Environment": "prod" if offset < change else "test"})
            for offset in range(self.month.days)]
        self.add("TagChangedMidMonth", "PlantMoved", sum(row["cost"] for row in moved[change:]))
        row, value, token = self.use("Silent", **{"resourceTags/user:Environment": ""})
        row["lineItem/UsageAccountId"] = self.month.accounts[0]
        self.add("TagMissing", self.month.accounts[0], value)

    def commitments(self):
        """Reservations, savings plans and Marketplace fees."""
        fee = self.amount() / 10
        over = D(self.chance.randint(2, 100))
        term = {
            "reservation/StartTime": "2026-01-01T00:00:00Z",
            "reservation/EndTime": "2027-01-01T00:00:00Z", "reservation/NumberOfReservations": "1"}
        self.month.row(
            self.account, "RIFee", "AmazonEC2", "HeavyUsage:hours", fee * (self.month.hours + over), **{
                **term, "reservation/ReservationARN": "arn:hours",
                "lineItem/UsageAmount": text(D(self.month.hours) + over)})
        self.add("CommitmentHoursWrong", "arn:hours", fee * over)
        value = self.amount()
        self.month.row(self.account, "RIFee", "AmazonEC2", "HeavyUsage:term", value, **{
            **term, "reservation/ReservationARN": "arn:term",
            "reservation/EndTime": "2026-03-15T00:00:00Z"})
        self.add("CommitmentOutsideTerm", "arn:term", value)
        value = self.amount()
        self.month.row(self.account, "RIFee", "AmazonEC2", "HeavyUsage:idle.large", D(9), **{
            "reservation/ReservationARN": "arn:idle", "reservation/UnusedQuantity": "10",
            "reservation/UnusedRecurringFee": "1"})
        self.month.usage(self.account, "AmazonEC2", "BoxUsage:idle.large", value / 10, D(20), self.day())
        self.month.rows[-2]["product/regionCode"] = "us-east-1"
        self.add("ReservationIdle", "arn:idle", value)
        value = self.amount()
        self.month.row(self.account, "SavingsPlanRecurringFee", "ComputeSavingsPlans", "ComputeSP", D(1), self.day(), **{
            "savingsPlan/SavingsPlanARN": "arn:over", "savingsPlan/TotalCommitmentToDate": "1",
            "savingsPlan/UsedCommitment": text(1 + value)})
        self.add("SavingsPlanOverused", "arn:over", value)
        value = self.amount()
        for where in (self.previous, self.month):
            where.fee(self.account, "AmazonEC2", value, "upfront", **{"reservation/ReservationARN": "arn:upfront"})
        self.add("UpfrontFeeTwice", "arn:upfront", value)
        value = self.amount()
        for invoice in ("MP-1", "MP-2"):
            self.month.fee(self.account, "prod-plant", value, "contract", **{
                "bill/BillingEntity": "AWS Marketplace", "bill/InvoiceId": invoice,
                "lineItem/ResourceId": "agreement"})
        self.add("MarketplaceBilledTwice", "prod-plant", value)
        value = self.amount()
        self.month.row(self.account, "Refund", "PlantRefund", "", -value)
        self.add("RefundWithoutOriginal", "PlantRefund", value)

    def agreements(self):
        """Discounts, credits, support, tax, and documents that differ."""
        for product in ("PlantRate", "PlantMissing"):
            self.month.fee(self.account, product, self.amount() + 1000, "yearly")
        base = self.month.rows[-2]["cost"]
        off = D(self.chance.randint(10, 80)) / 100 * base * D("0.09")
        self.closing["discount"] = {
            "PlantRate": cents(off), "PlantMissing": ten(self.month.rows[-1]["cost"] * D("0.09"))}
        self.add("DiscountRateWrong", "PlantRate", cents(off))
        self.add("DiscountMissing", "PlantMissing", self.closing["discount"]["PlantMissing"])
        value = self.amount()
        for where, share in ((self.previous, D(90)), (self.month, 10 + value)):
            where.row(self.account, "Credit", "AmazonEC2", "", -share, **{
                "lineItem/LineItemDescription": f"{CREDIT}-OVER"})
        self.add("CreditNotAsGranted", f"{CREDIT}-OVER", value)
        self.add("CreditMissing", f"{CREDIT}-UNUSED", D("7.50"))
        self.closing["support"] = self.amount()
        self.add("SupportFeeWrong", "Support costs", self.closing["support"])
        self.closing["tax"][TAXED] = self.amount() + 1
        self.add("TaxRateWrong", TAXED, self.closing["tax"][TAXED])
        self.closing["documents"] = {self.month.invoice: self.amount() + 2, "MP-2": None, "JP-1": None}
        off = self.amount()
        self.closing["documents"]["paid"] = {TAXED: (D("83.12"), off)}
        self.add("PaymentConversionWrong", self.month.taxed_invoice, off)
        value = self.amount()
        self.month.row(self.month.accounts[1], "Fee", "PlantJapan", "", value, seller=UNBILLED)
        self.add("InvoicesNeverArrived", UNBILLED, value - ten(value * D("0.09")))
        self.add("TotalOff", self.month.invoice, self.closing["documents"][self.month.invoice])
        self.add("ChargesWithoutInvoice", "MP-2", next(
            r["cost"] for r in self.month.rows if r["bill/InvoiceId"] == "MP-2"))
