"""Job J by DuckDB: `duckdb_job.py RESULT FILE…`."""
import sys

import duckdb

from job import AMOUNT, COST, KEYS, START

keys = [f'''substr("{START}", 1, 10) AS "Day"''' if key == "Day"
        else f'''coalesce("{key}", '') AS "{key}"''' for key in KEYS]
files = ", ".join(f"'{file}'" for file in sys.argv[2:])
duckdb.sql(f"""
    COPY (SELECT {", ".join(keys)},
                 sum("{COST}"::DECIMAL(38,18)) AS "BilledCost",
                 sum("{AMOUNT}"::DECIMAL(38,18)) AS "ConsumedQuantity", count(*) AS "LineItems"
          FROM read_csv([{files}], all_varchar = true, header = true) GROUP BY ALL)
    TO '{sys.argv[1]}' (FORMAT csv, HEADER)""")
