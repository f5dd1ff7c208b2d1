"""What reading an export costs beside what the engine itself needs for the same file.

    python benchmarks/gegevens.py [rows]

It makes a log of so many orders (1.000.000), as CSV and as Parquet, and runs each job three times in a fresh
process; it prints the medians of CPU seconds and peak memory, and the ratio to the floor: DuckDB's own typed
`read_csv` or `read_parquet` with one GROUP BY over the same file.
"""

from __future__ import annotations

import importlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
ROUNDS = 3
TYPES = "{'klant': 'varchar', 'datum': 'date', 'bedrag': 'decimal(18, 2)'}"
FLOOR = "select klant, count(*), sum(bedrag) from {0} group by 1"


def make(folder, rows):
    """The same log as CSV, Dutch dates and decimals, and as Parquet."""
    import duckdb

    con = duckdb.connect()
    con.execute(f"""
        select setseed(0.5);
        create table log as select 'K' || cast(floor(random() * {rows // 10}) as int) as klant,
          date '2021-01-01' + cast(floor(random() * 2000) as int) as datum,
          cast(1 + random() * 200 as decimal(18, 2)) as bedrag from range({rows})""")
    con.execute(f"copy log to '{folder / 'log.parquet'}'")
    con.execute(f"""
        copy (select klant, strftime(datum, '%d-%m-%Y') as datum,
                replace(cast(bedrag as varchar), '.', ',') as bedrag from log)
          to '{folder / "log.csv"}' (delimiter ';')""")


def floor_of_csv(folder):
    """DuckDB alone, told all types."""
    import duckdb

    told = f"delim=';', header=true, decimal_separator=',', dateformat='%d-%m-%Y', columns={TYPES}"
    duckdb.connect().execute(FLOOR.format(f"read_csv('{folder / 'log.csv'}', {told})")).fetchall()


def floor_of_parquet(folder):
    """DuckDB alone."""
    import duckdb

    duckdb.connect().execute(FLOOR.format(f"read_parquet('{folder / 'log.parquet'}')")).fetchall()


def csv(folder):
    """Read and check, told nothing."""
    from klantwaarde_xl import read_transactions

    read_transactions(folder / "log.csv")


def parquet(folder):
    """Read and check."""
    from klantwaarde_xl import read_transactions

    read_transactions(folder / "log.parquet")


def dashboard(folder):
    """From Parquet to a filled workbook, of which the rows that a sheet does not hold are left out."""
    from klantwaarde_xl.cli.commands import main

    book = folder / "dashboard.xlsx"
    book.unlink(missing_ok=True)
    main(["nieuw", "dashboard", "--gegevens", str(folder / "log.parquet"), "--uit", str(book)])


def xlsxwriter(folder):
    """XlsxWriter in constant memory: the cells of the dashboard's large sheets, and nothing else."""
    import duckdb
    import xlsxwriter

    con, log = duckdb.connect(), folder / "log.parquet"
    book = xlsxwriter.Workbook(folder / "floor.xlsx", {"constant_memory": True})
    looks = {
        "d": book.add_format({"num_format": "dd-mm-yyyy"}),
        "b": book.add_format({"num_format": "#,##0.00"}),
    }
    orders = f"select klant, datum, cast(bedrag as double) from '{log}'"
    customers = f"""
        select klant, max(datum), 2000 - date_diff('day', date '2021-01-01', max(datum)), count(*),
          cast(sum(bedrag) as double), 1, 2, 3, 'Kampioenen' from '{log}' group by 1 order by 1"""
    for query, kinds in ((orders, "tdb"), (customers, "tdnnbnnnt")):
        sheet, found, row = book.add_worksheet(), con.execute(query), 5
        write = {
            "t": sheet.write_string,
            "d": sheet.write_datetime,
            "n": sheet.write_number,
            "b": sheet.write_number,
        }
        while part := found.fetchmany(8192):
            for values in part:
                for column, (kind, value) in enumerate(zip(kinds, values, strict=True), 1):
                    write[kind](row, column, value, looks.get(kind))
                row += 1
    book.close()


JOBS = {
    "csv, DuckDB": (floor_of_csv, None),
    "csv": (csv, "csv, DuckDB"),
    "parquet, DuckDB": (floor_of_parquet, None),
    "parquet": (parquet, "parquet, DuckDB"),
    "xlsxwriter": (xlsxwriter, None),
    "dashboard": (dashboard, "xlsxwriter"),
}


def measure(name, folder):
    """Medians of CPU seconds and peak megabytes, each time in a fresh process."""
    runs = [
        subprocess.run(
            [sys.executable, __file__, "--job", name, str(folder)], capture_output=True, text=True, check=True
        ).stdout.split()[-2:]
        for _ in range(ROUNDS)
    ]
    return [statistics.median(float(run[at]) for run in runs) for at in (0, 1)]


def one(name, folder):
    """Do one job; imports are paid before it begins."""
    for module in ("duckdb", "klantwaarde_xl.data.reading.files"):
        importlib.import_module(module)
    begin = time.process_time()
    JOBS[name][0](folder)
    print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def compare(rows):
    """Print a line for each job."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder, rows)
        found = {}
        print(f"{f'{rows:,} orders':<20}{'CPU s':>8}{'MB':>8}{'floor':>8}")
        for name, (_, peer) in JOBS.items():
            found[name] = measure(name, folder)
            ratio = f"{found[name][0] / found[peer][0]:.2f}x" if peer else ""
            print(f"{name:<20}{found[name][0]:>8.2f}{found[name][1]:>8.0f}{ratio:>8}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        compare(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
