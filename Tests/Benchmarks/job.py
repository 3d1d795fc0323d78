"""Job J, which every engine does: exact sums of cost and amount, and a count, by twelve columns."""

TAGS = [
    "resourceTags/user:" + key
    for key in ("Application", "BusinessUnit", "CostCenter", "Criticality", "Environment", "Owner")
]
START = "lineItem/UsageStartDate"
# In the order of the result; the day is the first ten characters of the usage's start.
KEYS = [
    "bill/InvoiceId", "lineItem/UsageAccountId", "product/ProductName", "lineItem/UsageType", "Day",
    "lineItem/LineItemType", *TAGS,
]
COST = "lineItem/UnblendedCost"
AMOUNT = "lineItem/UsageAmount"
RESULT = ["BilledCost", "ConsumedQuantity", "LineItems"]
