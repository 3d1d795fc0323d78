"""Job J by chdb (ClickHouse): `chdb_job.py RESULT FILE…`, all files in one folder."""
import sys
from os.path import basename, dirname

import chdb

from job import AMOUNT, COST, KEYS, START

keys = [f'substring("{START}", 1, 10) AS "Day"' if key == "Day" else f'"{key}"' for key in KEYS]
files = dirname(sys.argv[2]) + "/{" + ",".join(map(basename, sys.argv[2:])) + "}"
groups = ", ".join(f'"{key}"' for key in KEYS)
chdb.query(f"""
    SELECT {", ".join(keys)}, sum(toDecimal128("{COST}", 18)) AS "BilledCost",
           sum(toDecimal128("{AMOUNT}", 18)) AS "ConsumedQuantity", count() AS "LineItems"
    FROM file('{files}', 'CSVWithNames') GROUP BY {groups}
    INTO OUTFILE '{sys.argv[1]}' TRUNCATE FORMAT CSVWithNames
    SETTINGS input_format_csv_use_best_effort_in_schema_inference = 0,
             schema_inference_make_columns_nullable = 0,
             input_format_csv_trim_whitespaces = 0""")
