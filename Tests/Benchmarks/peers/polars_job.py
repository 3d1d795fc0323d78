"""Job J by polars: `polars_job.py RESULT FILE…`."""
import sys

import polars as pl

from job import AMOUNT, COST, KEYS, START

exact = [pl.col(name).str.to_decimal(scale=18).alias(name) for name in (COST, AMOUNT)]
rows = pl.scan_csv(sys.argv[2:], infer_schema=False, empty_string_is_null=False).select(
    *[pl.col(START).str.slice(0, 10).alias("Day") if key == "Day" else key for key in KEYS], *exact)
groups = rows.group_by(KEYS).agg(
    pl.col(COST).sum().alias("BilledCost"), pl.col(AMOUNT).sum().alias("ConsumedQuantity"),
    pl.len().alias("LineItems"),
    # A text that is no number becomes null, and a sum leaves it out without a word.
    (pl.col(COST).null_count() + pl.col(AMOUNT).null_count()).alias("nulls"))
result = groups.collect(engine="streaming")
if result["nulls"].sum():
    sys.exit(f"{result['nulls'].sum()} amounts could not be read")
result.drop("nulls").write_csv(sys.argv[1])
